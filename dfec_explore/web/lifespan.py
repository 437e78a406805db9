"""What happens when the server starts and stops."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.concurrency import run_in_threadpool

from dfec_explore.web.services import close_services


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[dict[str, Any]]:
    """Stop background jobs and close databases when the server stops."""
    try:
        yield {}
    finally:
        await run_in_threadpool(close_services)
