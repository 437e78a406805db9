"""Answers to the browser beside Streamlit's own: clips from disk, their pictures, the player's reports."""

import time
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from dfec_explore.clips import LinkRefused, media_type
from dfec_explore.errors import ClipError
from dfec_explore.model import Dataset
from dfec_explore.web.links import SESSION_COOKIE
from dfec_explore.web.media import find_clip
from dfec_explore.web.reports import viewing_reports
from dfec_explore.web.services import Services, services

UNREADABLE = """<svg xmlns="http://www.w3.org/2000/svg" width="320" height="180" viewBox="0 0 320 180">
<rect width="320" height="180" fill="#10141d"/><text x="160" y="96" fill="#aab3c5" font-size="20" text-anchor="middle"
font-family="system-ui, Helvetica, Arial, sans-serif">can't be read</text></svg>"""
"""The picture of a clip that can't be decoded."""

REPORT_BYTES = 8192
"""A report of the player has some dozen bytes and the name of a clip."""

HEADERS = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}


def routes() -> list[BaseRoute]:
    """The routes of the app."""
    return [
        Route("/clips/{token}", clip),
        Route("/pictures/{token}", picture),
        Route("/viewings/{viewer}", report, methods=["POST"]),
    ]


async def clip(request: Request) -> Response:
    """A clip from disk, whole or in ranges."""
    found = await run_in_threadpool(_find, request)
    if isinstance(found, Response):
        return found
    _, path, kind = found
    if kind != "clip":
        return _refusal(404, "There is no such clip.")
    return FileResponse(path, media_type=media_type(path), headers=HEADERS)


async def picture(request: Request) -> Response:
    """A picture made from a clip: a thumbnail or a filmstrip."""
    found = await run_in_threadpool(_find, request)
    if isinstance(found, Response):
        return found
    shared, path, kind = found
    makers = {"thumbnail": shared.clip_cache.thumbnail, "filmstrip": shared.clip_cache.filmstrip}
    if kind not in makers:
        return _refusal(404, "There is no such picture.")
    try:
        content = await run_in_threadpool(makers[kind], path)
    except ClipError:
        # In the place of a picture an error has no room; Review says what is wrong with the clip.
        return Response(UNREADABLE, media_type="image/svg+xml", headers={"Cache-Control": "no-store"})
    return Response(content, media_type="image/jpeg", headers=HEADERS)


async def report(request: Request) -> Response:
    """How a clip is watched, as the player posts it; only pages of this server may."""
    origin = request.headers.get("origin")
    if origin is not None and origin.partition("://")[2] != request.headers.get("host"):
        return _refusal(403, "Only the app itself reports viewings.")
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > REPORT_BYTES:
            return _refusal(413, "That is no report of a viewing.")
    kept = viewing_reports.put(request.path_params["viewer"], body)
    return Response(status_code=204) if kept else _refusal(400, "That is no report of a viewing.")


def _find(request: Request) -> tuple[Services, Path, str] | Response:
    """The file that a token stands for, resolved anew; or the answer that says why there is none."""
    shared = services()
    try:
        reference = shared.signer.verify(
            request.path_params["token"],
            user="",
            session=request.cookies.get(SESSION_COOKIE, ""),
            now=time.time(),
        )
    except LinkRefused as error:
        return _refusal(403, str(error))
    kind, _, name = reference.kind.partition("/")
    dataset: Dataset | None = shared.dataset(name)
    found = find_clip(shared, dataset, reference.video) if dataset else None
    if found is None or found.path is None:
        return _refusal(404, found.reason if found else "The dataset of this clip is not declared.")
    return shared, found.path, kind


def _refusal(status: int, sentence: str) -> Response:
    return PlainTextResponse(sentence, status_code=status, headers={"Cache-Control": "no-store"})
