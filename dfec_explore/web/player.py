"""The clip player on a page: where the clip comes from, what is beside it, and what it told with a verdict."""

import secrets

from dfec_explore import language
from dfec_explore.clips import DecoderBusy, DecoderLost
from dfec_explore.errors import ClipError
from dfec_explore.model import Clip, ClipFacts, ClipStatus, Verdict
from dfec_explore.query.samples import Sample
from dfec_explore.web import state
from dfec_explore.web.components import ClipSource, NextClip, clip_player
from dfec_explore.web.labels import event_labels
from dfec_explore.web.links import media_link
from dfec_explore.web.media import find_clip
from dfec_explore.web.reports import PlayerReport, viewing_reports
from dfec_explore.web.view import View

PLAYER = "player"


def verdict_key(verdict: Verdict, sample: Sample) -> str:
    """The key of a verdict's button: of its own for each sample, so that a late click judges what was clicked."""
    return f"verdict-{verdict}-{sample.sample_no}"


def show_player(view: View, sample: Sample, following: Sample | None) -> None:
    """Draw the clip beside its caption; where there is no clip, the reason and the places that were searched."""
    clip = find_clip(view.services, view.dataset, sample.video)
    clip_player(
        source=_source(view, sample, clip),
        key=state.widget_key(PLAYER),
        clauses=next(iter(language.analyse([sample.caption]))).clauses,
        caption=sample.caption,
        events=sample.events,
        labels=event_labels(),
        next_clip=_next(view, following),
        autoplay=True,
        report_url=f"/viewings/{_viewer()}",
        verdict_buttons=[verdict_key(verdict, sample) for verdict in Verdict],
    )


def last_report(sample: Sample) -> PlayerReport | None:
    """How this sample was watched so far, as the player tells; None where it has not told."""
    return viewing_reports.get(_viewer(), _clip_id(sample))


def _viewer() -> str:
    """A name for this session that nobody can guess."""
    if state.get("viewer") is None:
        state.put("viewer", secrets.token_urlsafe(16))
    return str(state.get("viewer"))


def _clip_id(sample: Sample) -> str:
    return f"{sample.part}/{sample.id}/{sample.video}"


def clip_facts(view: View, sample: Sample) -> ClipFacts | None:
    """What is known of a sample's clip; None where there is none or it can't be read."""
    clip = find_clip(view.services, view.dataset, sample.video)
    return _facts(view, clip)[0] if clip.path is not None else None


def _source(view: View, sample: Sample, clip: Clip) -> ClipSource:
    if clip.path is None:
        tried = tuple(str(place) for place in clip.tried)
        return ClipSource(id=_clip_id(sample), status=clip.status, reason=clip.reason, tried=tried)
    facts, problem = _facts(view, clip)
    if problem:
        return ClipSource(id=_clip_id(sample), status=ClipStatus.UNREADABLE, reason=problem, tried=(str(clip.path),))
    return ClipSource(
        id=_clip_id(sample),
        status=clip.status,
        reason=clip.reason,
        url=media_link(view.services, view.dataset.name, sample, "clip"),
        filmstrip_url=media_link(view.services, view.dataset.name, sample, "filmstrip") if facts else None,
        facts=facts,
    )


def _facts(view: View, clip: Clip) -> tuple[ClipFacts | None, str]:
    assert clip.path is not None
    try:
        return view.services.clip_cache.facts(clip.path), ""
    except (DecoderBusy, DecoderLost):
        # Our decoder's trouble, perhaps: the browser may well play it.
        return None, ""
    except ClipError as error:
        return None, str(error)


def _next(view: View, following: Sample | None) -> NextClip | None:
    """The next clip, to be loaded ahead; its facts are read ahead too."""
    if following is None:
        return None
    clip = find_clip(view.services, view.dataset, following.video)
    if clip.path is None:
        return None
    view.services.read_ahead(clip.path)
    return NextClip(_clip_id(following), media_link(view.services, view.dataset.name, following, "clip"))
