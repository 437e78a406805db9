"""The addresses of the app beside Streamlit's own.

What answers them is imported after the server has started: until then nobody asks, and the browser has its own scripts
to load first.
"""

from collections.abc import Awaitable, Callable
from importlib import import_module

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dfec_explore.web.ahead import wait_for_imports

Endpoint = Callable[[Request], Awaitable[Response]]


def routes() -> list[BaseRoute]:
    """The routes of the app."""
    return [
        Route("/clips/{token}", _later("clip")),
        Route("/preparing/{token}", _later("preparing"), methods=["GET", "POST"]),
        Route("/pictures/{token}", _later("picture")),
        Route("/motion/{token}", _later("motion")),
        Route("/comparisons", _later("comparison"), methods=["POST"]),
        *component_routes(),
    ]


def component_routes() -> list[BaseRoute]:
    """The routes from which browsers fetch the components; an app that draws one of them has these."""
    return [Route("/components/{module}", _later("component_module", "dfec_explore.web.components.bundle"))]


def _later(name: str, module: str = "dfec_explore.web.answers") -> Endpoint:
    def find() -> Endpoint:
        wait_for_imports()
        found: Endpoint = getattr(import_module(module), name)
        return found

    async def endpoint(request: Request) -> Response:
        answer = await run_in_threadpool(find)
        return await answer(request)

    return endpoint
