"""Pages bring the script of their charts, by an address that Streamlit really has."""

import re
from pathlib import Path

import pytest
import streamlit
from asking import Client
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from dfec_explore.web.preload import Preload

PAGE = "<html><head><title>page</title></head><body>ä</body></html>"


async def answer(request: Request) -> Response:
    if "_stcore" in request.url.path:
        return PlainTextResponse(PAGE)
    if "pieces" in request.url.path:
        return StreamingResponse((PAGE[at : at + 5] for at in range(0, len(PAGE), 5)), media_type="text/html")
    return HTMLResponse(PAGE, headers={"etag": '"1"'})


def page(path: str, *inner: Middleware) -> str:
    app = Starlette(routes=[Route("/{path:path}", answer)], middleware=[Middleware(Preload), *inner])
    answered = Client(app).get(path)
    assert "etag" not in answered.headers or answered.text == PAGE
    assert answered.headers.get("content-length", str(len(answered.content))) == str(len(answered.content)) or inner
    return answered.text


@pytest.mark.parametrize("path", ["/", "/vocabulary", "/pieces"])
def test_preload_names_a_script_that_streamlit_has(path: str) -> None:
    added = page(path)
    (address,) = re.findall(r'<link rel="modulepreload" crossorigin href="\./static/(.+?)">', added)
    script = Path(streamlit.__file__).parent / "static" / "static" / address
    assert script.stat().st_size > 1_000_000
    assert added.count(f'import("./static/{address}")') == 1
    before, _, after = added.partition("<link")
    assert before + after[after.index("</script>") + len("</script>") :] == PAGE


@pytest.mark.parametrize("path", ["/review", "/_stcore/health"])
def test_preload_leaves_alone_what_draws_no_charts(path: str) -> None:
    assert page(path) == PAGE


def test_preload_leaves_alone_what_is_packed() -> None:
    assert page("/", Middleware(GZipMiddleware, minimum_size=1)) == PAGE
