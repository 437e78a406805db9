"""Pages name the script of their charts ahead, by an address that Streamlit really has."""

import re
from pathlib import Path

import pytest
import streamlit
from asking import Client
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from dfec_explore.web.preload import Preload


async def answer(request: Request) -> Response:
    return PlainTextResponse("ok") if "_stcore" in request.url.path else HTMLResponse("<p>page</p>")


def links(path: str) -> str | None:
    app = Starlette(routes=[Route("/{path:path}", answer)], middleware=[Middleware(Preload)])

    return Client(app).get(path).headers.get("link")


def test_preload_names_a_script_that_streamlit_has() -> None:
    (address,) = re.findall(r"^</static/(.+)>; rel=modulepreload$", links("/vocabulary") or "")
    script = Path(streamlit.__file__).parent / "static" / "static" / address
    assert script.stat().st_size > 1_000_000


@pytest.mark.parametrize("path", ["/review", "/_stcore/health"])
def test_preload_leaves_alone_what_draws_no_charts(path: str) -> None:
    assert links(path) is None
