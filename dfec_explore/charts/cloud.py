"""The word cloud: the counts of the bar chart beside it, as an image."""

import io
from collections.abc import Mapping
from random import Random
from typing import TYPE_CHECKING

import pandas as pd
from PIL import Image

from dfec_explore.charts.chart import Picture
from dfec_explore.charts.palette import INK, colour
from dfec_explore.charts.text import EMPTY_SENTENCE, count, listed
from dfec_explore.charts.theme import SURFACES, Mode

if TYPE_CHECKING:
    from wordcloud import WordCloud

SEED = 7
MAX_WORDS = 150
MAX_LETTERS = 40
"""Longer terms are cut: one would push all others out."""


def word_cloud(
    frame: pd.DataFrame, *, mode: Mode, size: tuple[int, int] = (1200, 600), colours: Mapping[str, str] | None = None
) -> Picture:
    """Words in sizes by the captions that have them; the same words always lie the same way.

    Args:
        frame: ``query.wording.terms``; a column ``region`` colours the words by region of the face.
        mode: the theme of the page.
        size: width and height in pixels.
        colours: colours by region instead of those of all charts.
    """
    table = pd.DataFrame({"Word": frame["term"], "Captions": frame["captions"], "Times": frame["times"]})
    counts = {
        str(term)[:MAX_LETTERS]: int(n) for term, n in zip(frame["term"], frame["captions"], strict=True) if n > 0
    }
    background = SURFACES[mode].background
    if not counts:
        return Picture(_png(Image.new("RGB", size, background)), "", EMPTY_SENTENCE, table)
    inks = _inks(frame, mode, colours)
    rest = SURFACES[mode].quiet if inks else INK[mode]
    cloud = _lay_out(counts, size, background, {word: inks.get(word, rest) for word in counts})
    pieces = [f"{word} {count(number)}" for word, number in list(counts.items())[:5]]
    return Picture(
        _png(cloud.to_image().crop((0, 0, *size))),
        _svg(cloud),
        f"Word cloud; the words in the most captions: {listed(pieces)}.",
        table,
    )


def _lay_out(counts: Mapping[str, int], size: tuple[int, int], background: str, inks: Mapping[str, str]) -> "WordCloud":
    from wordcloud import WordCloud  # not before: it brings matplotlib, which no other chart has a use for

    # Laid out at half the size: a quarter of the time, and letters are drawn at the full size all the same.
    width, height = -(-size[0] // 2), -(-size[1] // 2)
    return WordCloud(
        width=width,
        height=height,
        scale=2,
        background_color=background,
        random_state=Random(SEED),
        max_words=MAX_WORDS,
        prefer_horizontal=1,
        relative_scaling=0.55,
        margin=2,
        min_font_size=max(5, height // 45),
        max_font_size=height // 4,
        color_func=lambda word, **_: inks[word],
    ).generate_from_frequencies(counts)


def _inks(frame: pd.DataFrame, mode: Mode, colours: Mapping[str, str] | None) -> dict[str, str]:
    if "region" not in frame:
        return {}
    known = frame.dropna(subset=["region"])
    return {
        str(term)[:MAX_LETTERS]: (colours or {}).get(str(region)) or colour("region", str(region), mode)
        for term, region in zip(known["term"], known["region"], strict=True)
    }


def _svg(cloud: "WordCloud") -> str:
    """The cloud with its letters as text: any monospaced font has the width that they were laid out for."""
    text: str = cloud.to_svg()
    return text.replace("font-family:'Droid Sans Mono'", "font-family:'Droid Sans Mono', monospace")


def _png(image: Image.Image) -> bytes:
    data = io.BytesIO()
    image.save(data, format="PNG", optimize=True)
    return data.getvalue()
