"""How one action is worded, which verbs the lexicon does not know, and how varied the words of a source are."""

import pandas as pd
import streamlit as st

from dfec_explore import charts
from dfec_explore.charts.palette import INK
from dfec_explore.query import growth, variants
from dfec_explore.query.concordance import Line
from dfec_explore.web.context import show_lines
from dfec_explore.web.figure import show_chart, show_head
from dfec_explore.web.view import View

VERBS = 12
"""Unknown verbs that are shown; the file has more."""
VERBS_IN_FILE = 500


def one_action(view: View, action: str | None) -> None:
    """The words that captions use for one action."""
    if action is None:
        st.caption("The selected captions mention no facial action.")
        return
    title = view.explorer.vocabulary.title("action", action)
    show_chart(
        view,
        charts.wordings(view.ask(variants.variants, action=action), mode=view.mode),
        name="wordings",
        title=f"Wordings of {title[:1].lower()}{title[1:]}",
        about="What quotes say besides the part of the face, in base form.",
        picks=False,
    )


def unknown(view: View) -> None:
    """Verbs after a part of the face that the lexicon does not know."""
    frame = view.ask(variants.unknown_verbs, limit=VERBS_IN_FILE)
    show_head(
        view,
        name="unknown-verbs",
        title="Verbs the lexicon does not know",
        about="Words right after a part of the face that look like a verb. What names an action can be added to the "
        "lexicon; the parser's page of the documentation says how.",
        table=_table(frame) if len(frame) else None,
    )
    if frame.empty:
        st.caption("None: every verb right after a part of the face is known.")
        return
    shown = frame.head(VERBS)
    if len(frame) > len(shown):
        st.caption(f"The {len(shown)} most frequent; the file has {len(frame)}.")
    lines = [_line(row) for row in shown.itertuples(index=False)]
    counts = [f"{row.captions:,} ×" for row in shown.itertuples(index=False)]
    show_lines(view, lines, name="unknown", colour=INK[view.mode], notes=counts)


def _line(row: object) -> Line:
    values = {name: str(getattr(row, name)) for name in ("part", "id", "source", "left", "quote", "right")}
    return Line(**values)


def _table(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Verb": frame["verb"],
            "Part of the face": [name.replace("_", " ") for name in frame["body_part"]],
            "Captions": frame["captions"],
            "Times": frame["times"],
            "Example": frame["left"] + frame["quote"] + frame["right"],
            "Part": frame["part"],
            "Id": frame["id"],
        }
    )


def growing(view: View) -> None:
    """Different words by captions."""
    show_chart(
        view,
        charts.vocabulary_growth(view.ask(growth.growth), mode=view.mode),
        name="growth",
        title="Growth of the vocabulary",
        about=f"Different content words after so many captions; the first {growth.CURVE_CAPTIONS:,} of each source.",
    )


def varied(view: View) -> None:
    """Different words in 1,000."""
    show_chart(
        view,
        charts.word_diversity(view.ask(growth.diversity), mode=view.mode),
        name="diversity",
        title="Lexical diversity",
        about="Mean segmental type-token ratio: different words in each 1,000 running words, over the first "
        f"{growth.SEGMENT_CAPTIONS:,} captions of each source (segments in brackets).",
    )
