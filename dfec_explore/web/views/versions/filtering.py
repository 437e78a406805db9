"""Which differences are listed: by kind, source and text, in the address and as a sentence."""

from dataclasses import dataclass

import streamlit as st

from dfec_explore.release import KIND_TITLES, DiffSummary, Wanted
from dfec_explore.web import state
from dfec_explore.web.versions import Comparison
from dfec_explore.web.view import View

VERDICTS = "verdicts"
TITLES = {
    "caption": "Changed captions",
    "added": "Added",
    "removed": "Removed",
    "video": "Moved videos",
    "fields": "Other fields",
    VERDICTS: "Verdicts",
}
FLAGS = {"": "With or without flags", "fixed": "With a fixed flag", "new": "With a new flag"}


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed."""

    kind: str
    """A kind of change, or ``verdicts``."""
    wanted: Wanted

    @property
    def shows_verdicts(self) -> bool:
        """Whether verdicts are listed, not changes."""
        return self.kind == VERDICTS

    def sentence(self, view: View, found: int) -> str:
        """What is listed, in English, with its number."""
        pieces = [TITLES[self.kind] if not self.shows_verdicts else "Verdicts on older captions"]
        if self.wanted.sources:
            names = [view.explorer.vocabulary.title("source", source) for source in self.wanted.sources]
            pieces.append(f"of {' or '.join(names)}")
        if self.wanted.flags:
            pieces.append(FLAGS[self.wanted.flags].lower())
        if self.wanted.text:
            pieces.append(f"that contain “{self.wanted.text}”")
        return f"{' '.join(pieces)}: {found:,}"


def filters(view: View, found: Comparison, summary: DiffSummary) -> Listing:
    """Draw the filters; what they are set to stands in the address."""
    kind = _kind(summary)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        sources = _sources(view, summary)
        text = "" if kind == VERDICTS else _text()
        flags = _flags() if summary.is_checked and kind != VERDICTS else ""
    kinds = () if kind == VERDICTS else (kind,)
    return Listing(kind, Wanted(kinds, sources, text, flags))


def _kind(summary: DiffSummary) -> str:
    first = next((kind for kind in KIND_TITLES if summary.counts[kind]), "caption")
    kind = state.param("kind") if state.param("kind") in TITLES else first
    state.set_widget("versions.kind", kind)
    st.segmented_control(
        "What",
        list(TITLES),
        format_func=lambda name: TITLES[name] + (f" {summary.counts[name]:,}" if name in summary.counts else ""),
        required=True,
        key=state.widget_key("versions.kind"),
        on_change=_changed,
        args=("kind",),
        label_visibility="collapsed",
    )
    return kind


def _sources(view: View, summary: DiffSummary) -> tuple[str, ...]:
    chosen = [source for source in state.params().get("of", []) if source in summary.by_source]
    state.set_widget("versions.of", chosen)
    st.multiselect(
        "Source",
        list(summary.by_source),
        format_func=lambda source: view.explorer.vocabulary.title("source", source),
        key=state.widget_key("versions.of"),
        placeholder="Any",
        on_change=_sources_changed,
        width=300,
    )
    return tuple(chosen)


def _text() -> str:
    text = state.param("find")[:200]
    state.set_widget("versions.find", text)
    st.text_input(
        "Search captions and ids",
        key=state.widget_key("versions.find"),
        placeholder="e.g. corners of his mouth",
        max_chars=200,
        on_change=_changed,
        args=("find",),
        width=280,
    )
    return text


def _flags() -> str:
    chosen = state.param("flags") if state.param("flags") in FLAGS else ""
    state.set_widget("versions.flags", chosen)
    st.selectbox(
        "Flags",
        list(FLAGS),
        format_func=lambda name: FLAGS[name],
        key=state.widget_key("versions.flags"),
        on_change=_changed,
        args=("flags",),
        width=220,
    )
    return chosen


def _changed(name: str) -> None:
    state.set_param(name, str(state.widget_value(f"versions.{name}") or "").strip() or None)
    state.set_param("page", None)


def _sources_changed() -> None:
    state.replace_params(
        {name: values for name, values in state.params().items() if name not in ("of", "page")}
        | {"of": list(state.widget_value("versions.of", ()))}
    )
