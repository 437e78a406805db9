"""The differences one by one: words that went and came, facial actions, other fields, and the way to Review."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from dfec_explore.charts import safe_csv
from dfec_explore.language.comparing import EventChange
from dfec_explore.release import KIND_TITLES, ChangeKind, RecordChange, change_page, changes
from dfec_explore.web import state
from dfec_explore.web.components import EventLabel
from dfec_explore.web.errors import literal
from dfec_explore.web.figure import export_name
from dfec_explore.web.labels import event_labels
from dfec_explore.web.versions import Comparison, review_params
from dfec_explore.web.view import View
from dfec_explore.web.views.versions.filtering import Listing
from dfec_explore.web.word_diff import word_diff

PAGE = 12
MOST_EXPORTED = 100_000
"""Records of an export from the page; the command line has no limit."""
SIGNS = {"added": "+", "removed": "−", "changed": "~"}
SPOKEN = {"added": "gained", "removed": "lost", "changed": "changed"}


def listed(view: View, found: Comparison, listing: Listing) -> None:
    """One page of the differences, and all of them as files."""
    number = int(state.param("page")) if state.param("page").isdecimal() else 1
    shown = change_page(found.folder, listing.wanted, number=number, size=PAGE)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.text(listing.sentence(view, shown.found), width="stretch")
        if shown.found:
            _exports(view, found, listing, shown.found)
    if not shown.found:
        st.info("Nothing of this kind differs between the two files.", icon=":material/filter_alt_off:")
        return
    for place, change in enumerate(shown.changes):
        with st.container(border=True, key=f"card-change-{place}", gap="small"):
            _card(view, found, change)
    if shown.pages > 1:
        name = f"versions.page.{listing.kind}.{shown.number}"
        st.pagination(
            shown.pages,
            default=shown.number,
            key=state.widget_key(name),
            on_change=lambda: state.set_param("page", str(state.widget_value(name))),
        )


def _card(view: View, found: Comparison, change: RecordChange) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        source = view.explorer.vocabulary.title("source", change.source)
        kinds = ", ".join(KIND_TITLES[kind] for kind in change.kinds)
        st.text(f"{change.id} · {source} · {kinds}", width="stretch")
        params = review_params(
            view, found, change.id, is_in_old=change.old_video is not None, is_in_new=change.new_video is not None
        )
        if params is not None:
            st.page_link(
                view.pages["review"],
                label="Review",
                icon=":material/play_circle:",
                query_params=dict(params),
                width="content",
                help=f"Open {literal(change.id)} in Review",
            )
    st.html(change_html(change, event_labels()))


def change_html(change: RecordChange, labels: Mapping[str, EventLabel]) -> str:
    """A change as HTML, every text of the files escaped.

    Words that went are struck out, words that came are underlined: colour is not all that tells them apart.
    """
    pieces = [f'<div class="diff-words">{_words(change)}</div>']
    facts = [*_moves(change), *(_event(event, labels) for event in change.events), *_flags(change)]
    if facts:
        pieces.append(f'<ul class="diff-facts">{"".join(f"<li>{fact}</li>" for fact in facts)}</ul>')
    return f'<div class="diff">{"".join(pieces)}</div>'


def _words(change: RecordChange) -> str:
    if not change.is_caption_changed:
        return escape(change.new_caption if change.new_caption is not None else change.old_caption or "")
    return word_diff(change.old_caption or "", change.new_caption or "")


def _moves(change: RecordChange) -> Iterator[str]:
    if ChangeKind.VIDEO in change.kinds:
        yield f"Clip: <del>{escape(change.old_video or '')}</del> → <ins>{escape(change.new_video or '')}</ins>"
    for field in change.fields:
        before, after = (escape(text) or "<em>empty</em>" for text in (field.before, field.after))
        yield f"{escape(field.name)}: <del>{before}</del> → <ins>{after}</ins>"


def _event(event: EventChange, labels: Mapping[str, EventLabel]) -> str:
    title = escape(labels[event.action].title if event.action in labels else event.action)
    said = f"{event.before} → {event.after}" if event.kind == "changed" else event.after or event.before
    sign = f'<b class="diff-{event.kind}">{SIGNS[event.kind]} {SPOKEN[event.kind]}</b>'
    return f"{sign} {title} <small>{escape(said)}</small>"


def _flags(change: RecordChange) -> Iterator[str]:
    for flag in change.flags:
        word = "new" if flag.is_new else "fixed"
        yield f"<b>{word} {escape(flag.severity)}</b> {escape(flag.check)} <small>{escape(flag.message)}</small>"


# ---- files


def _exports(view: View, found: Comparison, listing: Listing, number: int) -> None:
    if number > MOST_EXPORTED:
        st.caption(f"More than {MOST_EXPORTED:,} records: take them from the command line.")
        return
    name = export_name(view, listing.kind)
    for title, kind, make in (("CSV", "text/csv", _csv), ("JSON", "application/json", _json)):
        st.download_button(
            title,
            partial(make, found, listing),
            file_name=f"{name}.{title.lower()}",
            mime=kind,
            key=f"versions.{title}",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
        )


def _csv(found: Comparison, listing: Listing) -> bytes:
    rows = [
        {
            "Id": change.id,
            "Source id": change.source,
            "Change": ", ".join(KIND_TITLES[kind] for kind in change.kinds),
            "Video before": change.old_video,
            "Video after": change.new_video,
            "Caption before": change.old_caption,
            "Caption after": change.new_caption,
            "Other fields": "; ".join(f"{field.name}: {field.before} -> {field.after}" for field in change.fields),
            "Facial actions": "; ".join(f"{SPOKEN[one.kind]} {one.action}" for one in change.events),
            "Flags": "; ".join(f"{'new' if flag.is_new else 'fixed'} {flag.check}" for flag in change.flags),
        }
        for change in changes(found.folder, listing.wanted)
    ]
    return safe_csv(pd.DataFrame(rows))


def _json(found: Comparison, listing: Listing) -> bytes:
    rows = [json.dumps(asdict(change), ensure_ascii=False) for change in changes(found.folder, listing.wanted)]
    return ("[" + ",\n".join(rows) + "]\n").encode()
