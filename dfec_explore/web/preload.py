"""Tell browsers ahead what the first page will need: Streamlit would name its script for charts only with a chart."""

from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SCRIPTS = "static/static/js"
"""Where Streamlit's own scripts lie in its package."""
WITHOUT_CHARTS = ("review", "browse", "data")
"""Pages that have better things to do at first than to read that script."""


class Preload:
    """Adds to pages a header that names the script that draws charts, 5 MB, so that it is loaded while Python works.

    Where Streamlit has no such script any more, nothing is added.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        names = sorted(path.name for path in (Path(streamlit.__file__).parent / SCRIPTS).glob("PlotlyChart.*.js"))
        self._links = ", ".join(f"</static/js/{name}>; rel=modulepreload" for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http" or not self._links or scope["path"].strip("/") in WITHOUT_CHARTS:
            await self._app(scope, receive, send)
            return

        async def send_with_links(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.append("Link", self._links)
            await send(message)

        await self._app(scope, receive, send_with_links)
