"""Pages bring the script of their charts, by an address that Streamlit really has."""

import re
from pathlib import Path

import httpx
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


def answered(path: str, *inner: Middleware) -> httpx.Response:
    return Client(Starlette(routes=[Route("/{path:path}", answer)], middleware=[Middleware(Preload), *inner])).get(path)


@pytest.mark.parametrize("path", ["/", "/vocabulary", "/pieces"])
def test_preload_names_a_script_that_streamlit_has(path: str) -> None:
    page = answered(path)
    added = page.text
    (address,) = re.findall(r'<link rel="modulepreload" crossorigin href="\./static/(.+?)">', added)
    script = Path(streamlit.__file__).parent / "static" / "static" / address
    assert script.stat().st_size > 1_000_000
    assert added.count(f'import("./static/{address}")') == 1
    before, _, after = added.partition("<link")
    assert before + after[after.index("</script>") + len("</script>") :] == PAGE
    # They would name the page without it.
    assert "etag" not in page.headers
    assert int(page.headers["content-length"]) == len(page.content)


@pytest.mark.parametrize("path", ["/review", "/_stcore/health"])
def test_preload_leaves_alone_what_draws_no_charts(path: str) -> None:
    page = answered(path)
    assert page.text == PAGE


def test_preload_leaves_alone_what_is_packed() -> None:
    assert answered("/", Middleware(GZipMiddleware, minimum_size=1)).text == PAGE
