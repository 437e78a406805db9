"""Tell browsers ahead what the first page will need: Streamlit would name its script for charts only with a chart."""

import json
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SCRIPTS = "static/static/js"
"""Where Streamlit's own scripts lie in its package."""
WITHOUT_CHARTS = ("review", "browse", "data")
"""Pages that have better things to do at first than to read that script."""
RUN_AFTER = 300
"""Milliseconds from the page's own scripts to this one: by then it waits for the server. Measured on the Overview."""
END_OF_HEAD = b"</head>"


class Preload:
    """Adds to pages the script that draws charts, 5 MB: it is loaded, and runs, while Python works.

    Where Streamlit has no such script any more, nothing is added.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        names = sorted(path.name for path in (Path(streamlit.__file__).parent / SCRIPTS).glob("PlotlyChart.*.js"))
        self._head = "".join(_ahead(f"./static/js/{name}") for name in names).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        is_page = (
            scope["type"] == "http" and scope["method"] == "GET" and scope["path"].strip("/") not in WITHOUT_CHARTS
        )
        await self._app(scope, receive, _Page(send, self._head) if is_page and self._head else send)


class _Page:
    """Sends an answer on; of a page, the end of its head is sent with an addition."""

    def __init__(self, send: Send, head: bytes) -> None:
        self._send = send
        self._head = head
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_plain_page(MutableHeaders(scope=message)):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_page(self._start)

    async def _send_page(self, start: Message) -> None:
        body = self._body.replace(END_OF_HEAD, self._head + END_OF_HEAD, 1)
        headers = MutableHeaders(scope=start)
        headers["content-length"] = str(len(body))
        # They name the file without the addition.
        del headers["etag"]
        del headers["last-modified"]
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def _is_plain_page(headers: MutableHeaders) -> bool:
    return headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers


def _ahead(address: str) -> str:
    run = f"setTimeout(() => import({json.dumps(address)}).catch(() => {{}}), {RUN_AFTER})"
    return f'<link rel="modulepreload" crossorigin href="{address}"><script type="module">{run}</script>'
