"""Key word in context: each mention of a facial action with the words around it."""

from collections.abc import Sequence
from dataclasses import dataclass

from dfec_explore.query.database import selected_numbers
from dfec_explore.query.explorer import Explorer
from dfec_explore.query.filters import NOT_STATED, Condition, Filters

CONTEXT = 45
"""Characters on each side."""


@dataclass(frozen=True, slots=True)
class Line:
    """One mention in its caption; ``left + quote + right`` is a piece of the caption with single spaces."""

    part: str
    id: str
    source: str
    left: str
    quote: str
    right: str


@dataclass(frozen=True, slots=True)
class Concordance:
    """A page of mentions and how many there are in all."""

    lines: tuple[Line, ...]
    found: int


def concordance(
    explorer: Explorer, filters: Filters, *, action: str, direction: str = "", limit: int = 20, offset: int = 0
) -> Concordance:
    """Mentions of an action in the selected captions, in the order of the samples.

    Args:
        explorer: the dataset.
        filters: which captions.
        action: label of the action.
        direction: only mentions with this direction; ``not-stated`` for those without; empty for all.
        limit: lines of the page.
        offset: mentions before it.
    """
    condition = _mentions(explorer, filters, action, direction)
    found = explorer.database.row(f"SELECT count(*) FROM events WHERE {condition.sql}", condition.values)[0]  # noqa: S608
    hits = explorer.database.rows(
        f"""SELECT sample_no, start, "end" FROM events WHERE {condition.sql}
        ORDER BY sample_no, ordinal LIMIT ? OFFSET ?""",  # noqa: S608
        [*condition.values, limit, offset],
    )
    samples = captions_of(explorer, [number for number, _, _ in hits])
    return Concordance(tuple(context_line(*samples[number], start, end) for number, start, end in hits), int(found))


def directions(explorer: Explorer, filters: Filters, *, action: str) -> dict[str, int]:
    """How often each direction is stated of an action, most frequent first; ``not-stated`` where none is."""
    condition = _mentions(explorer, filters, action, "")
    rows = explorer.database.rows(
        f"SELECT coalesce(direction, ?) AS way, count(*) AS n FROM events WHERE {condition.sql} "  # noqa: S608
        "GROUP BY way ORDER BY n DESC, way",
        [NOT_STATED, *condition.values],
    )
    return {str(way): int(mentions) for way, mentions in rows}


def _mentions(explorer: Explorer, filters: Filters, action: str, direction: str) -> Condition:
    chosen = selected_numbers(filters, explorer.vocabulary)
    sql, values = f"action = ? AND {chosen.sql}", (action, *chosen.values)
    if direction == NOT_STATED:
        return Condition(f"{sql} AND direction IS NULL", values)
    return Condition(f"{sql} AND direction = ?", (*values, direction)) if direction else Condition(sql, values)


def captions_of(explorer: Explorer, numbers: Sequence[int]) -> dict[int, tuple[str, str, str, str]]:
    """By sample number: part, id, source and caption."""
    rows = explorer.database.rows(
        "SELECT sample_no, part, id, source, caption FROM samples WHERE sample_no IN (SELECT unnest(?::INTEGER[]))",
        [sorted(set(numbers))],
    )
    return {number: (part, id_, source, caption) for number, part, id_, source, caption in rows}


def context_line(part: str, id_: str, source: str, caption: str, start: int, end: int) -> Line:
    """A piece of a caption with the words around it, cut at whole words; line breaks become spaces.

    Args:
        part: part of the dataset.
        id_: the sample's id there.
        source: its source.
        caption: its text.
        start: character offset of the piece.
        end: offset after it.
    """
    left, right = caption[max(0, start - CONTEXT) : start], caption[end : end + CONTEXT]
    if start > CONTEXT and not caption[start - CONTEXT - 1].isspace():
        left = left.partition(" ")[2] or left
    if end + CONTEXT < len(caption) and not caption[end + CONTEXT].isspace():
        right = right.rpartition(" ")[0] or right
    return Line(part, id_, source, *(" ".join(piece.splitlines()) for piece in (left, caption[start:end], right)))
