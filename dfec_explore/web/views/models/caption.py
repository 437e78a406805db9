"""One caption: the clip, the reference and what models said, their events side by side."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from dfec_explore.charts import OUTCOMES, outcome_colour
from dfec_explore.language import analyse
from dfec_explore.model import FacialEvent
from dfec_explore.query import EMPTY
from dfec_explore.query.samples import Sample, find_sample
from dfec_explore.scoring import EventPair, PairKind, out_of_order, pairs_of
from dfec_explore.scoring.statistics import metrics_of
from dfec_explore.web import page, state
from dfec_explore.web.components import caption_view
from dfec_explore.web.components.marking import phase_title
from dfec_explore.web.errors import literal
from dfec_explore.web.labels import event_labels
from dfec_explore.web.links import link_params
from dfec_explore.web.player import PLAYER, show_player
from dfec_explore.web.samples import clauses_of
from dfec_explore.web.view import View
from dfec_explore.web.views.models.choosing import Scored
from dfec_explore.web.views.models.words import PER_CAPTION, title

SIGNS = {
    PairKind.MATCHED: "=",
    PairKind.TURNED: "↔",
    PairKind.MISSED: "−",
    PairKind.EXTRA: "+",
}
"""Outcomes are told apart by sign and word, not by colour alone."""
HEIGHT = 330


def open_caption(id_: str | None) -> None:
    """Open a caption on this page, or (None) close it. For callbacks."""
    state.set_param("caption", id_)


def panel(view: View, entries: Sequence[Scored]) -> bool:
    """The caption that the address names, with what one or two models said of it; False where it names none.

    Args:
        view: the page.
        entries: the models with their scores, all of the same references.
    """
    name = state.param("caption")
    if not name:
        return False
    model, scores = entries[0]
    if name not in scores.ids:
        st.warning(f"The link names a caption that is not scored: {literal(name)}", icon=":material/link_off:")
        return False
    place = scores.ids.index(name)
    sample = find_sample(view.explorer, model.part.name, name)
    with st.container(key="caption-panel", border=True):
        _head(view, name, scores.sources[place], model.part.name)
        left, right = st.columns([5, 6], gap="medium")
        with left:
            _clip(view, sample)
        with right:
            _texts(sample, scores.references[place], entries, place)
        for entry in entries:
            _aligned(view, entry, place, named=len(entries) > 1)
    return True


def _head(view: View, name: str, source: str, part: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f"##### {literal(view.explorer.vocabulary.title('source', source))} {literal(name)}", width="content"
        )
        st.space("stretch")
        params = link_params(view, EMPTY) | {"in": [part], "sample": [name], "queue": ["all"]}
        st.page_link(
            view.pages["review"], label="Review", icon=":material/rate_review:", query_params=params, width="content"
        )
        st.button(
            "Close", icon=":material/close:", type="tertiary", key="caption.close", on_click=open_caption, args=(None,)
        )


def _clip(view: View, sample: Sample | None) -> None:
    if sample is None:
        st.info("The index does not hold this caption yet; its clip shows here when it does.", icon=":material/movie:")
        return
    show_player(view, sample, sample.events, clauses_of(sample), (), page_keys={})


def _texts(sample: Sample | None, reference: str, entries: Sequence[Scored], place: int) -> None:
    st.caption("Reference")
    (analysis,) = analyse([reference])
    caption_view(
        reference,
        analysis.events,
        clauses=analysis.clauses,
        labels=event_labels(),
        key="caption.reference",
        height=HEIGHT if len(entries) == 1 else 230,
        player=state.widget_key(PLAYER) if sample is not None else None,
        legend=False,
    )
    for number, (model, scores) in enumerate(entries):
        said = scores.predictions[place]
        st.caption(literal(model.name))
        if not said or not said.strip():
            st.text("No prediction: it counts as an empty caption.")
            continue
        (analysis,) = analyse([said])
        caption_view(
            said,
            analysis.events,
            clauses=analysis.clauses,
            labels=event_labels(),
            key=f"caption.prediction.{number}",
            height=HEIGHT if len(entries) == 1 else 230,
            legend=number == len(entries) - 1,
        )


def _aligned(view: View, entry: Scored, place: int, *, named: bool) -> None:
    """The events of both texts, a row for each pair."""
    model, scores = entry
    pairs = pairs_of(scores.references[place], scores.predictions[place])
    counts = {kind: sum(pair.kind is kind for pair in pairs) for kind in PairKind}
    said = ", ".join(f"{number} {OUTCOMES[kind.value]}" for kind, number in counts.items() if number)
    found = metrics_of(scores.rows[place])
    figures = ", ".join(
        f"{title(metric)} {float(found[metric]):.2f}" for metric in PER_CAPTION if float(found[metric]) == found[metric]
    )
    page.head_line(
        f"Events of {literal(model.name)}" if named else "Events side by side", literal(f"{said or 'none'} · {figures}")
    )
    st.html(_table(view, pairs))


def _table(view: View, pairs: Sequence[EventPair]) -> str:
    moved = out_of_order(pairs)
    rows = "".join(_row(view, pair, moved=place in moved) for place, pair in enumerate(pairs))
    head = "<tr><th>Reference</th><th></th><th>Prediction</th></tr>"
    return f'<table class="pairs">{head}{rows}</table>'


def _row(view: View, pair: EventPair, *, moved: bool) -> str:
    hue = outcome_colour(pair.kind.value, view.mode)
    word = OUTCOMES[pair.kind.value]
    notes = [text for text, holds in (("out of order", moved), ("another phase", _is_late(pair))) if holds]
    note = f"<small>{', '.join(notes)}</small>" if notes else ""
    sign = f'<b style="color:{hue}">{SIGNS[pair.kind]}</b> <span style="color:{hue}">{escape(word)}</span> {note}'
    return (
        f'<tr data-kind="{pair.kind.value}"><td>{_event(pair.reference)}</td><td>{sign}</td>'
        f"<td>{_event(pair.prediction)}</td></tr>"
    )


def _is_late(pair: EventPair) -> bool:
    return pair.says_when and not pair.is_then


def _event(event: FacialEvent | None) -> str:
    if event is None:
        return ""
    label = event_labels()[event.action]
    said = [value for value in (event.direction, event.side, event.intensity) if value]
    said += [phase_title(event.phase)] if event.phase else []
    colour = f"light-dark({label.colour_light}, {label.colour_dark})"
    return (
        f'<span class="dot" style="background:{colour}"></span><b>{escape(label.title)}</b> '
        f"<small>{escape(', '.join(said))}</small> <q>{escape(event.quote)}</q>"
    )
