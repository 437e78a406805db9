"""What answers the app's own addresses: clips from disk, their pictures, what a correction changes."""

import time
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response

from dfec_explore.clips import ClipRoots, DecoderBusy, DecoderLost, LinkRefused, media_type
from dfec_explore.errors import ClipError
from dfec_explore.model import Clip, Dataset
from dfec_explore.web.copies import CopyState, CopyStatus, Wanted
from dfec_explore.web.corrections import Correction, compare
from dfec_explore.web.identity import session_of
from dfec_explore.web.labels import event_labels
from dfec_explore.web.media import find_clip
from dfec_explore.web.services import Services, services

UNREADABLE = """<svg xmlns="http://www.w3.org/2000/svg" width="320" height="180" viewBox="0 0 320 180">
<rect width="320" height="180" fill="#10141d"/><text x="160" y="96" fill="#aab3c5" font-size="20" text-anchor="middle"
font-family="system-ui, Helvetica, Arial, sans-serif">can't be read</text></svg>"""
"""The picture of a clip that can't be decoded."""

COMPARISON_BYTES = 200_000
"""A caption and its correction have some thousand."""

HEADERS = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}


COPIES = ("copy", "recoded")


@dataclass(frozen=True, slots=True)
class Found:
    """What a token stands for."""

    services: Services
    clip: Clip
    roots: ClipRoots
    kind: str

    @property
    def path(self) -> Path:
        """The file, or the folder of frames."""
        assert self.clip.path is not None
        return self.clip.path

    @property
    def wanted(self) -> Wanted:
        """The copy that is meant."""
        return Wanted(self.clip, self.roots, encode=self.kind == "recoded")


async def clip(request: Request) -> Response:
    """A clip from disk, or its copy that browsers play; whole or in ranges."""
    found = await run_in_threadpool(_find, request)
    if isinstance(found, Response):
        return found
    path = await run_in_threadpool(_playable, found)
    if path is None:
        return _refusal(404, "There is no such clip, or its copy is not ready.")
    return FileResponse(path, media_type=media_type(path), headers=HEADERS)


def _playable(found: Found) -> Path | None:
    if found.kind == "clip":
        # A folder of frames is no file; its copy is.
        return None if found.clip.frame_rate is not None else found.path
    if found.kind not in COPIES:
        return None
    try:
        return found.services.copies.find(found.wanted)
    except ClipError:
        return None


async def preparing(request: Request) -> Response:
    """How far the copy of a clip is: ``{"state", "percent", "reason"}``.

    Whoever asks waits for it, so it is started where it is not there; ``?ahead=1`` only asks, and POST tries once
    more what has failed.
    """
    found = await run_in_threadpool(_find, request)
    if isinstance(found, Response):
        return found
    if found.kind not in COPIES:
        return _refusal(404, "Nothing is prepared of this clip.")
    try:
        state = await run_in_threadpool(_copy_state, found, request)
    except ClipError as error:
        state = CopyState(CopyStatus.FAILED, reason=str(error))
    body = {"state": state.status.value, "percent": state.percent, "reason": state.reason}
    return JSONResponse(body, headers={"Cache-Control": "no-store"})


def _copy_state(found: Found, request: Request) -> CopyState:
    if "ahead" in request.query_params:
        return found.services.copies.state(found.wanted)
    return found.services.copies.view(found.wanted, again=request.method == "POST")


async def picture(request: Request) -> Response:
    """A picture made from a clip: a thumbnail or a filmstrip."""
    found = await run_in_threadpool(_find, request)
    if isinstance(found, Response):
        return found
    cache = found.services.clip_cache
    makers = {"thumbnail": cache.thumbnail, "filmstrip": cache.filmstrip}
    if found.kind not in makers:
        return _refusal(404, "There is no such picture.")
    try:
        content = await run_in_threadpool(makers[found.kind], found.path)
    except ClipError:
        # In the place of a picture an error has no room; Review says what is wrong with the clip.
        return Response(UNREADABLE, media_type="image/svg+xml", headers={"Cache-Control": "no-store"})
    return Response(content, media_type="image/jpeg", headers=HEADERS)


async def motion(request: Request) -> Response:
    """How much moves in a clip over time, as ``clips.motion.Motion`` in JSON; 503 while others are measured."""
    found = await run_in_threadpool(_find, request)
    if isinstance(found, Response):
        return found
    if found.kind != "motion":
        return _refusal(404, "There is no such signal.")
    try:
        content = await run_in_threadpool(_motion, found)
    except (DecoderBusy, DecoderLost) as error:
        return _refusal(503, str(error))
    except ClipError as error:
        return _refusal(404, str(error))
    return Response(content, media_type="application/json", headers=HEADERS)


def _motion(found: Found) -> bytes:
    return found.services.clip_cache.motion(found.path, frame_rate=found.clip.frame_rate)


async def comparison(request: Request) -> Response:
    """What a correction changes: ``{"before", "after"}`` is posted, ``{"words", "actions"}`` is the answer."""
    body = await _posted(request, COMPARISON_BYTES)
    if isinstance(body, Response):
        return body
    try:
        texts = Correction.model_validate_json(body)
    except ValidationError:
        return _refusal(400, "That is no caption and its correction.")
    titles = {action: (label.title, label.region) for action, label in event_labels().items()}
    answer = await run_in_threadpool(compare, texts.before, texts.after, titles)
    return JSONResponse(answer, headers={"Cache-Control": "no-store"})


async def _posted(request: Request, most: int) -> bytes | Response:
    """What a page of this server posted; the refusal where it is another's, or too long."""
    origin = request.headers.get("origin")
    if origin is not None and origin.partition("://")[2] != request.headers.get("host"):
        return _refusal(403, "Only the app itself posts here.")
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > most:
            return _refusal(413, "That is too long.")
    return body


def _find(request: Request) -> Found | Response:
    """The clip that a token stands for, resolved anew; or the answer that says why there is none."""
    shared = services()
    try:
        reference = shared.signer.verify(
            request.path_params["token"],
            user="",
            session=session_of(request.cookies),
            now=time.time(),
        )
    except LinkRefused as error:
        return _refusal(403, str(error))
    kind, _, name = reference.kind.partition("/")
    kind, _, rate = kind.partition("@")
    dataset: Dataset | None = shared.dataset(name)
    if dataset is None:
        return _refusal(404, "The dataset of this clip is not declared.")
    found = find_clip(shared, dataset, reference.video, rate=float(rate) if rate else None)
    if found.path is None:
        return _refusal(404, found.reason)
    return Found(shared, found, shared.roots(dataset), kind)


def _refusal(status: int, sentence: str) -> Response:
    return PlainTextResponse(sentence, status_code=status, headers={"Cache-Control": "no-store"})
