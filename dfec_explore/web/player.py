"""The clip player on a page: where the clip comes from, what is beside it, and what it told with a verdict."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Literal

from dfec_explore.clips import DecoderBusy, DecoderLost, shown_rate
from dfec_explore.errors import ClipError
from dfec_explore.model import Clause, Clip, ClipFacts, ClipStatus, FacialEvent
from dfec_explore.query.samples import Sample
from dfec_explore.web import state
from dfec_explore.web.components import ClipCopy, ClipSource, clip_player
from dfec_explore.web.copies import Wanted
from dfec_explore.web.labels import event_labels
from dfec_explore.web.links import Kind, media_link, preparing_link
from dfec_explore.web.media import find_clip
from dfec_explore.web.modes import chosen_rate
from dfec_explore.web.view import View

PLAYER = "player"

REVIEW_KEYS: Mapping[str, str] = MappingProxyType(
    {
        "a|f|d|u": "accept, fix, reject, unsure",
        "n|p": "next, previous",
        "b|y": "undo, redo (also Shift+B)",
        "Alt+1 … 0": "reasons",
        "t": "note (Enter leaves it)",
        "e": "correct the caption",
        "Shift+←→↑↓": "choose words; Enter marks them",
        "l": "details: judge the parts",
        "j|k": "next, previous part",
        "r|w": "part is right, wrong",
        "i": "missing action",
        "v": "show the caption (watch first)",
        "h|g": "history, guidelines",
    }
)
"""Keys of Review beside the player's own, for the help."""


def show_player(
    view: View,
    sample: Sample,
    events: Sequence[FacialEvent],
    clauses: Sequence[Clause],
    upcoming: Sequence[Sample],
    page_keys: Mapping[str, str] = REVIEW_KEYS,
) -> None:
    """Draw the clip; where there is none, the reason and the places that were searched.

    Args:
        view: the page.
        sample: whose clip is shown.
        events: of its caption, for the time axis.
        clauses: of its caption, for the same.
        upcoming: samples that most likely come next, in order: the first one's clip is loaded ahead, and the copies
            of all of them that browsers can play are made ahead.
        page_keys: keys of the page and what they do, for the help.
    """
    clip = _clip(view, sample)
    clip_player(
        source=_source(view, sample, clip),
        key=state.widget_key(PLAYER),
        clauses=clauses,
        events=events,
        labels=event_labels(),
        next_clip=_next(view, upcoming),
        autoplay=True,
        page_keys=page_keys,
    )


def _viewer() -> str:
    """A name for this session that nobody can guess."""
    if state.get("viewer") is None:
        state.put("viewer", secrets.token_urlsafe(16))
    return str(state.get("viewer"))


def clip_name(view: View, sample: Sample) -> str:
    """Name a sample's clip for the player: single frames at another rate are another clip."""
    rate = chosen_rate()
    at = f"@{rate:g}" if rate is not None and _clip(view, sample).frame_rate is not None else ""
    return f"{sample.part}/{sample.id}/{sample.video}{at}"


def shown_frames(view: View, sample: Sample) -> float | None:
    """The rate at which the clip of a sample is shown, where it is single frames; None where it is a file."""
    return _clip(view, sample).frame_rate


def _clip(view: View, sample: Sample) -> Clip:
    return find_clip(view.services, view.dataset, sample.video, rate=chosen_rate())


def has_clip(view: View, sample: Sample) -> bool:
    """Whether there is a clip to play."""
    return _clip(view, sample).path is not None


def clip_facts(view: View, sample: Sample) -> ClipFacts | None:
    """What is known of a sample's clip; None where there is none or it can't be read."""
    clip = _clip(view, sample)
    return _facts(view, clip)[0] if clip.path is not None else None


def _source(view: View, sample: Sample, clip: Clip) -> ClipSource:
    if clip.path is None:
        tried = tuple(str(place) for place in clip.tried)
        return ClipSource(id=clip_name(view, sample), status=clip.status, reason=clip.reason, tried=tried)
    facts, problem = _facts(view, clip)
    if problem:
        return ClipSource(
            id=clip_name(view, sample), status=ClipStatus.UNREADABLE, reason=problem, tried=(str(clip.path),)
        )
    return _found(view, sample, clip, facts)


def _found(view: View, sample: Sample, clip: Clip, facts: ClipFacts | None) -> ClipSource:
    """A clip that is there; ``facts`` is None where they are not known, or not yet."""
    url, copy = _addresses(view, sample, clip, facts)
    return ClipSource(
        id=clip_name(view, sample),
        status=clip.status,
        reason=clip.reason,
        url=url,
        copy=copy,
        note=_note(clip),
        poster_url=None if url else media_link(view.services, view.dataset.name, sample, "thumbnail"),
        filmstrip_url=media_link(view.services, view.dataset.name, sample, "filmstrip") if facts else None,
        motion_url=_link(view, sample, "motion", clip) if facts else None,
        facts=facts,
    )


def _addresses(view: View, sample: Sample, clip: Clip, facts: ClipFacts | None) -> tuple[str | None, ClipCopy]:
    """Where a clip is served (None where a copy must be made first), and its copy."""
    if clip.frame_rate is None and (facts is None or facts.plays_in_browser):
        return media_link(view.services, view.dataset.name, sample, "clip"), _copy(view, sample, "recoded", clip)
    copy = _copy(view, sample, "copy", clip)
    try:
        is_ready = view.services.copies.find(Wanted(clip, view.services.roots(view.dataset))) is not None
    except ClipError:  # Gone since it was found: the player is told when it asks.
        is_ready = False
    return copy.url if is_ready else None, copy


def _link(view: View, sample: Sample, kind: Kind, clip: Clip) -> str:
    return media_link(view.services, view.dataset.name, sample, kind, rate=clip.frame_rate and chosen_rate())


def _copy(view: View, sample: Sample, kind: Literal["copy", "recoded"], clip: Clip) -> ClipCopy:
    link = _link(view, sample, kind, clip)
    return ClipCopy(link, preparing_link(link))


def _note(clip: Clip) -> str:
    if clip.frame_rate is None:
        return ""
    chosen = ", as you chose" if chosen_rate() is not None else ""
    return f"Single frames, shown at {clip.frame_rate:g} a second{chosen}: their timing is not known"


def _facts(view: View, clip: Clip) -> tuple[ClipFacts | None, str]:
    assert clip.path is not None
    try:
        return _as_shown(view.services.clip_cache.facts(clip.path, frame_rate=clip.frame_rate)), ""
    except (DecoderBusy, DecoderLost):
        # Our decoder's trouble, perhaps: the browser may well play it.
        return None, ""
    except ClipError as error:
        return None, str(error)


def _as_shown(facts: ClipFacts) -> ClipFacts:
    return replace(facts, frame_rate=shown_rate(facts.frame_rate))


def _next(view: View, upcoming: Sequence[Sample]) -> ClipSource | None:
    """The next clip, to be loaded ahead; what is shown of it and of those after it is made ahead."""
    clips = [_clip(view, sample) for sample in upcoming]
    view.services.read_ahead(_viewer(), clips, view.services.roots(view.dataset))
    if not clips or clips[0].path is None:
        return None
    # What is not known yet is found out in the background, not while the page waits: until then nobody knows whether
    # it takes a copy, and the player asks for what will play.
    facts = view.services.clip_cache.known_facts(clips[0].path, frame_rate=clips[0].frame_rate)
    if facts is None:
        found = _found(view, upcoming[0], clips[0], None)
        return replace(found, url=None, copy=_copy(view, upcoming[0], "copy", clips[0]))
    return _found(view, upcoming[0], clips[0], _as_shown(facts))
