"""Lists of samples: a picture of the clip, the caption with its events marked, and the way to Review."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dfec_explore.model import ClipStatus
from dfec_explore.query import Filters
from dfec_explore.query.samples import Sample, find_sample
from dfec_explore.web.components import caption_view
from dfec_explore.web.labels import event_labels
from dfec_explore.web.links import link_params, media_link
from dfec_explore.web.media import find_clip
from dfec_explore.web.page import origin
from dfec_explore.web.view import View

CARD_HEIGHT = 190


def sample_list(
    view: View, keys: Sequence[tuple[str, str]], *, notes: Mapping[tuple[str, str], str], name: str
) -> None:
    """Samples by (part, id), each with a note."""
    found = [sample for part, id_ in keys if (sample := view.ask_one(find_sample, part, id_)) is not None]
    show_samples(view, found, name=name, notes=notes)


def show_samples(
    view: View,
    samples: Sequence[Sample],
    *,
    name: str,
    notes: Mapping[tuple[str, str], str] | None = None,
    with_verdicts: bool = True,
) -> None:
    """Cards of samples, two or more beside each other where there is room.

    Args:
        view: the page.
        samples: in their order.
        name: names the list on its page.
        notes: a sentence on a sample, by (part, id).
        with_verdicts: whether the verdict on a sample is shown.
    """
    with st.grid(min_column_width=430, gap="medium"):
        for sample in samples:
            with st.container(border=True, key=f"card-{name}-{sample.sample_no}"):
                note = (notes or {}).get((sample.part, sample.id), "")
                _card(view, sample, name=name, note=note, with_verdict=with_verdicts)


def _card(view: View, sample: Sample, *, name: str, note: str, with_verdict: bool) -> None:
    picture, words = st.columns([3, 7], gap="small")
    with picture:
        thumbnail(view, sample)
    with words:
        caption_view(
            sample.caption,
            sample.events,
            labels=event_labels(),
            key=f"caption-{name}-{sample.sample_no}",
            height=CARD_HEIGHT,
            legend=False,
        )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        source = view.explorer.vocabulary.title("source", sample.source)
        facts = [f"{sample.part} / {sample.id}", source, f"{sample.words} words", f"{len(sample.events)} actions"]
        st.text(" · ".join([*facts, *([note] if note else [])]), width="stretch")
        if sample.verdict and with_verdict:
            st.badge(view.explorer.vocabulary.title("verdict", sample.verdict), color="gray")
        st.page_link(
            view.pages["browse"],
            label="Similar",
            icon=":material/join_inner:",
            query_params=link_params(view, Filters()) | {"like": [f"{sample.part}/{sample.id}"]},
            width="content",
            help="Captions with the most alike facial actions or words",
        )
        params = link_params(view, view.filters) | {"in": [sample.part], "sample": [sample.id], "queue": ["all"]}
        st.page_link(
            view.pages["review"], label="Review", icon=":material/play_circle:", query_params=params, width="content"
        )


def thumbnail(view: View, sample: Sample) -> None:
    """A frame of a clip, or the reason why there is none."""
    clip = find_clip(view.services, view.dataset, sample.video)
    if clip.path is None:
        words = {ClipStatus.MISSING: "no clip", ClipStatus.UNREADABLE: "unreadable"}.get(clip.status, str(clip.status))
        st.caption(f":material/videocam_off: {words}", help=clip.reason)
        return
    link = media_link(view.services, view.dataset.name, sample, "thumbnail")
    st.image(f"{origin()}{link}", width="stretch", alt=f"A frame of the clip of {sample.part} {sample.id}")
    if clip.status is ClipStatus.SUBSTITUTE:
        st.caption(":material/warning: substitute", help=clip.reason)
