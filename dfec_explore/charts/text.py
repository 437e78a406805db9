"""Numbers and labels in the words of a reader, and text from files made safe for plotly's markup."""

import html
import textwrap
from collections.abc import Sequence

from dfec_explore.query import NOT_STATED

EMPTY_SENTENCE = "No captions are selected."


def percent(share: float) -> str:
    """A share (0..1) as a percentage with at most one decimal: ``88 %``, ``3.4 %``, ``under 0.1 %``.

    What is not quite all or not quite nothing is never rounded to 100 % or 0 %.
    """
    value = 100 * share
    if 0 < value < 0.1:
        return "under 0.1 %"
    if 99.5 <= value < 100:
        return f"{min(value, 99.9):.1f} %"
    if value >= 10:
        return f"{value:.0f} %"
    return f"{value:.1f}".removesuffix(".0") + " %"


def count(number: float, noun: str = "") -> str:
    """A whole number with thousands separators, and its noun: ``1 caption``, ``12,044 captions``."""
    if not noun:
        return f"{number:,.0f}"
    return f"{number:,.0f} {noun}" if number == 1 else f"{number:,.0f} {noun}s"


def safe(text: object) -> str:
    """Text as plotly must get it: shown letter by letter, never read as markup or as a formula.

    Plotly reads a few HTML tags in labels, and ``$...$`` as TeX where MathJax is loaded.
    """
    return html.escape(str(text), quote=False).replace("$", "&#36;")


def short(text: str, length: int) -> str:
    """The text, or its beginning with an ellipsis; made safe."""
    plain = " ".join(text.split())
    return safe(plain if len(plain) <= length else plain[: length - 1].rstrip() + "…")


def short_name(text: str, length: int) -> str:
    """The name, or its two ends with an ellipsis between: long names often differ in their last letters alone."""
    plain = " ".join(text.split())
    if len(plain) <= length:
        return safe(plain)
    tail = length // 3
    return safe(f"{plain[: length - 1 - tail].rstrip()}…{plain[-tail:].lstrip()}")


def wrapped(text: str, width: int, lines: int) -> str:
    """The text in at most so many lines of so many characters, the rest an ellipsis; made safe."""
    pieces = textwrap.wrap(text, width, max_lines=lines, placeholder="…", break_long_words=True)
    return "<br>".join(safe(piece) for piece in pieces)


def title_of(value: str) -> str:
    """A value that has no title of its own, as it is written on a screen."""
    words = "not stated" if value == NOT_STATED else value.replace("_", " ")
    return words[:1].upper() + words[1:]


def hover(head: str, *lines: str) -> str:
    """The text of a hover label: a bold head (made safe here) and lines (safe already); empty ones are left out."""
    return "<br>".join([f"<b>{wrapped(head, 60, 6)}</b>", *(line for line in lines if line)])


def listed(pieces: Sequence[str]) -> str:
    """Pieces as a list in a sentence: ``a, b and c``."""
    if len(pieces) < 2:
        return "".join(pieces)
    return f"{', '.join(pieces[:-1])} and {pieces[-1]}"
