"""Single samples: pages of them, and one of them with its events."""

from collections.abc import Sequence
from dataclasses import dataclass

from dfec_explore.model import FacialEvent
from dfec_explore.query.database import selection
from dfec_explore.query.explorer import Explorer
from dfec_explore.query.filters import Filters

ORDERS = {
    "file": "sample_no",
    "shortest": "words, sample_no",
    "longest": "words DESC, sample_no",
    "most-events": "events DESC, sample_no",
    "fewest-events": "events, sample_no",
}
"""Orders of a list of samples, by their name in the URL."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample as pages show it."""

    sample_no: int
    part: str
    id: str
    video: str
    caption: str
    caption_hash: str
    source: str
    source_split: str | None
    emotion: str | None
    actor: str | None
    scenario: str | None
    words: int
    events: tuple[FacialEvent, ...]
    verdict: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: its samples, how many there are in all, and which page it is (from 1)."""

    samples: tuple[Sample, ...]
    found: int
    number: int
    pages: int


COLUMNS = (
    "sample_no",
    "part",
    "id",
    "video",
    "caption",
    "caption_hash",
    "source",
    "source_split",
    "emotion",
    "actor",
    "scenario",
    "words",
    "verdict",
)
"""Fields of ``Sample`` that stand in the table."""


def page(explorer: Explorer, filters: Filters, *, number: int, size: int, order: str = "file") -> Page:
    """A page of the selected samples; a number past the last page gives the last."""
    found = explorer.count(filters)
    pages = max(-(-found // size), 1)
    number = min(max(number, 1), pages)
    condition = selection(filters, explorer.vocabulary)[1]
    numbers = explorer.database.rows(
        f"SELECT sample_no FROM {'judged' if filters.verdict else 'samples'} WHERE {condition.sql} "  # noqa: S608
        f"ORDER BY {ORDERS[order]} LIMIT ? OFFSET ?",
        [*condition.values, size, (number - 1) * size],
    )
    return Page(samples(explorer, [row[0] for row in numbers]), found, number, pages)


def samples(explorer: Explorer, numbers: Sequence[int]) -> tuple[Sample, ...]:
    """The samples with these numbers, in this order; numbers that do not exist are left out."""
    if not numbers:
        return ()
    wanted = list(numbers)
    rows = explorer.database.rows(
        f"SELECT {', '.join(COLUMNS)} FROM judged WHERE sample_no IN (SELECT unnest(?::INTEGER[]))",  # noqa: S608
        [wanted],
    )
    events = _events(explorer, wanted)
    found = {row[0]: Sample(**dict(zip(COLUMNS, row, strict=True)), events=events.get(row[0], ())) for row in rows}
    return tuple(found[number] for number in wanted if number in found)


def read_sample(explorer: Explorer, number: int) -> Sample | None:
    """One sample without its verdict, which is all of it that can change; None where there is no such number."""
    columns = ", ".join("NULL" if column == "verdict" else column for column in COLUMNS)
    rows = explorer.database.rows(f"SELECT {columns} FROM samples WHERE sample_no = ?", [number])  # noqa: S608
    if not rows:
        return None
    events = _events(explorer, [number]).get(number, ())
    return Sample(**dict(zip(COLUMNS, rows[0], strict=True)), events=events)


def sample_number(explorer: Explorer, part: str, id_: str) -> int | None:
    """The number of the sample with this id in this part, or None."""
    rows = explorer.database.rows("SELECT sample_no FROM samples WHERE part = ? AND id = ?", [part, id_])
    return int(rows[0][0]) if rows else None


def find_sample(explorer: Explorer, part: str, id_: str) -> Sample | None:
    """The sample with this id in this part, or None."""
    number = sample_number(explorer, part, id_)
    return None if number is None else samples(explorer, [number])[0]


def _events(explorer: Explorer, numbers: Sequence[int]) -> dict[int, tuple[FacialEvent, ...]]:
    # A comparison, unlike a list, lets the reader skip what does not hold the number.
    which, value = ("= ?", numbers[0]) if len(numbers) == 1 else ("IN (SELECT unnest(?::INTEGER[]))", list(numbers))
    rows = explorer.database.rows(
        'SELECT sample_no, action, direction, side, intensity, phase, start, "end", quote, rule FROM events '  # noqa: S608
        f"WHERE sample_no {which} ORDER BY sample_no, ordinal",
        [value],
    )
    events: dict[int, list[FacialEvent]] = {}
    for number, *values in rows:
        events.setdefault(number, []).append(FacialEvent(*values))
    return {number: tuple(found) for number, found in events.items()}
