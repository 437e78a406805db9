"""A caption cut into clauses and marked pieces, ready to be drawn without any arithmetic on text in the browser.

Offsets count code points here and UTF-16 units there; so the text is cut here and travels in pieces.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from dfec_explore.language.comparing import PHASE_TITLES
from dfec_explore.model import Clause, FacialEvent
from dfec_explore.web.parts import clause_part, event_parts


@dataclass(frozen=True, slots=True)
class EventLabel:
    """How events of one action are named and coloured."""

    title: str
    region: str
    region_title: str
    aus: tuple[str, ...]
    """Related action units where no direction is stated."""
    colour_light: str
    """CSS colour of the region on a light ground."""
    colour_dark: str
    directed_aus: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Related action units by the parts of a stated direction (``left``, ``up``, ...), instead of ``aus``."""

    def related_aus(self, direction: str | None) -> tuple[str, ...]:
        """Name the related action units of an event with this direction."""
        directed = [au for part in (direction or "").split("-") for au in self.directed_aus.get(part, ())]
        return tuple(dict.fromkeys(directed)) or self.aus


def lay_out(
    caption: str, events: Sequence[FacialEvent], clauses: Sequence[Clause], labels: Mapping[str, EventLabel]
) -> dict[str, Any]:
    """Describe a caption for drawing: blocks of pieces, what each event says, and the regions that occur.

    Args:
        caption: the text that the offsets of events and clauses count in.
        events: in any order; they may overlap, and cross clauses.
        clauses: blocks of the caption; text between them becomes blocks of its own.
        labels: by action; an action without a label is shown by its own name, uncoloured.

    Returns:
        JSON-ready: ``blocks`` (``clause``, ``band``, ``phase``, ``share``, ``part``, ``pieces``; a piece is its
        ``text``, its ``start``, and the numbers of the ``events`` that cover it), ``events``, ``regions``. ``part`` of
        a block or an event names it in reviews.
    """
    ordered = sorted(events, key=lambda event: (event.start, -event.end))
    parts = event_parts(ordered)
    band_of = {clause: number for number, band in enumerate(bands(clauses)) for clause in band["clauses"]}
    return {
        "blocks": [
            _block(caption, span, clauses[clause] if clause is not None else None, ordered)
            | {"clause": clause, "band": band_of.get(clause)}
            for span, clause in _spans(caption, clauses)
        ],
        "events": [
            _facts(event, labels.get(event.action)) | {"lane": lane, "part": part, "start": event.start}
            for event, lane, part in zip(ordered, lanes(ordered), parts, strict=True)
        ],
        "regions": _regions(ordered, labels),
    }


def bands(clauses: Sequence[Clause]) -> list[dict[str, Any]]:
    """Gather the clauses that share a stretch of the clip into bands of the time axis, in order of time.

    Returns:
        JSON-ready: ``share`` [from, to] in 0..1, ``title`` (the phases' names), ``clauses`` (their numbers) and
        ``lane``, the row in which the band overlaps none before it.
    """
    by_share: dict[tuple[float, float], list[int]] = {}
    for number, clause in enumerate(clauses):
        if clause.share is not None and clause.share[0] < clause.share[1]:
            by_share.setdefault(clause.share, []).append(number)
    shares = sorted(by_share)
    return [
        {
            "share": list(share),
            "title": " / ".join(dict.fromkeys(phase_title(clauses[n].phase) for n in by_share[share])),
            "clauses": by_share[share],
            "lane": lane,
        }
        for share, lane in zip(shares, _free_lanes(shares), strict=True)
    ]


def lanes(events: Sequence[FacialEvent]) -> list[int]:
    """Give each event, in order of its start, the lowest line under the text that no overlapping one has taken."""
    return _free_lanes([(event.start, event.end) for event in events])


def phase_title(phase: str | None) -> str:
    """Name a phase for people."""
    return PHASE_TITLES.get(phase, phase) if phase else "no phase stated"


def _free_lanes(spans: Sequence[tuple[float, float]]) -> list[int]:
    ends: list[float] = []
    taken: list[int] = []
    for start, end in spans:
        lane = next((number for number, last in enumerate(ends) if last <= start), len(ends))
        ends[lane : lane + 1] = [end]
        taken.append(lane)
    return taken


def _spans(caption: str, clauses: Sequence[Clause]) -> Iterator[tuple[tuple[int, int], int | None]]:
    """Cover the caption by clauses and what lies between them, white space at the ends left out."""
    done = 0
    for number in sorted(range(len(clauses)), key=lambda n: clauses[n].start):
        start, end = max(clauses[number].start, done), min(clauses[number].end, len(caption))
        for span, clause in (((done, start), None), ((start, end), number)):
            if stripped := _strip(caption, *span):
                yield stripped, clause
        done = max(done, end)
    if stripped := _strip(caption, done, len(caption)):
        yield stripped, None


def _strip(caption: str, start: int, end: int) -> tuple[int, int] | None:
    text = caption[start:end]
    if not text.strip():
        return None
    return start + len(text) - len(text.lstrip()), start + len(text.rstrip())


def _block(caption: str, span: tuple[int, int], clause: Clause | None, events: Sequence[FacialEvent]) -> dict[str, Any]:
    share = clause.share if clause else None
    return {
        "phase": phase_title(clause.phase) if clause and clause.phase else None,
        "share": list(share) if share else None,
        "isAppearance": bool(clause) and share is None,
        "part": clause_part(clause) if clause else None,
        "pieces": list(_pieces(caption, span, events)),
    }


def _pieces(caption: str, span: tuple[int, int], events: Sequence[FacialEvent]) -> Iterator[dict[str, Any]]:
    """Cut a stretch of the caption wherever an event starts or ends."""
    first, last = span
    inside = [(number, event) for number, event in enumerate(events) if event.start < last and event.end > first]
    cuts = {first, last}.union(*({max(event.start, first), min(event.end, last)} for _, event in inside))
    edges = sorted(cuts)
    for start, end in pairwise(edges):
        covering = [number for number, event in inside if event.start <= start and end <= event.end]
        yield {"text": caption[start:end], "start": start, "events": covering}


def _facts(event: FacialEvent, label: EventLabel | None) -> dict[str, Any]:
    """Say what the tooltip of an event shows, in order."""
    aus = label.related_aus(event.direction) if label else ()
    stated = {
        "Direction": event.direction,
        "Side": event.side,
        "Intensity": event.intensity,
        "Phase": phase_title(event.phase) if event.phase else None,
        "Rule": event.rule,
    }
    return {
        "title": label.title if label else event.action.replace("_", " ").capitalize(),
        "region": label.region if label else None,
        "regionTitle": label.region_title if label else "",
        "aus": ", ".join(aus),
        "facts": [[name, value] for name, value in stated.items() if value],
    }


def _regions(events: Sequence[FacialEvent], labels: Mapping[str, EventLabel]) -> list[dict[str, str]]:
    """List the regions that occur, in the order in which ``labels`` first names them."""
    present = {labels[event.action].region for event in events if event.action in labels}
    by_region: dict[str, EventLabel] = {}
    for label in labels.values():
        by_region.setdefault(label.region, label)
    return [
        {"id": region, "title": label.region_title, "light": label.colour_light, "dark": label.colour_dark}
        for region, label in by_region.items()
        if region in present
    ]
