"""What happens when the server starts and stops."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.concurrency import run_in_threadpool

from dfec_explore.web.ahead import import_ahead, wait_for_imports


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[dict[str, Any]]:
    """Import what pages need when the server has started; stop jobs and close databases when it stops."""
    import_ahead()
    try:
        yield {}
    finally:
        await run_in_threadpool(_close)


def _close() -> None:
    wait_for_imports()
    from dfec_explore.web.services import close_services  # not before: it takes a second

    close_services()
