"""Requests to an app without a network."""

from typing import Any

import httpx
from anyio.from_thread import start_blocking_portal
from starlette.applications import Starlette


class Client:
    """Asks an app, from an event loop in a thread of its own: the browser tests leave one running in this one.

    Sends no cookie.
    """

    def __init__(self, app: Starlette) -> None:
        self._app = app

    def get(self, address: str, **options: Any) -> httpx.Response:
        return self._ask("GET", address, **options)

    def post(self, address: str) -> httpx.Response:
        return self._ask("POST", address)

    def _ask(self, method: str, address: str, **options: Any) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._app)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                return await client.request(method, address, **options)

        with start_blocking_portal() as portal:
            return portal.call(send)
