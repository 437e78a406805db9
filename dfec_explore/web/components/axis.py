"""What stands under the time axis: the events of a caption, each in the estimated stretch of its clause."""

from collections.abc import Mapping, Sequence
from typing import Any

from dfec_explore.model import Clause, FacialEvent
from dfec_explore.web.components.marking import EventLabel, bands


def axis_events(
    events: Sequence[FacialEvent], clauses: Sequence[Clause], labels: Mapping[str, EventLabel]
) -> list[dict[str, Any]]:
    """Describe events for the time axis, in the order of the caption.

    A caption says in which part of the clip something happens, never when within it: an event has the stretch of its
    clause, and no place of its own.

    Args:
        events: of one caption.
        clauses: of the same caption.
        labels: names and colours by action; an action without a label has its own name and no colour.

    Returns:
        JSON-ready: ``title`` (with what is said of direction, side and intensity), ``quote``, ``light`` and ``dark``
        (CSS colours, or None), and ``band``: the number of its band in ``bands(clauses)``, None where the caption
        says no time.
    """
    band_of = {number: place for place, band in enumerate(bands(clauses)) for number in band["clauses"]}
    return [
        {
            "title": _title(event, labels.get(event.action)),
            "quote": event.quote,
            "light": labels[event.action].colour_light if event.action in labels else None,
            "dark": labels[event.action].colour_dark if event.action in labels else None,
            "band": band_of.get(_clause(event, clauses)),
        }
        for event in sorted(events, key=lambda event: (event.start, event.end))
    ]


def _clause(event: FacialEvent, clauses: Sequence[Clause]) -> int:
    """Number the clause that an event begins in; -1 where it begins between clauses."""
    return next((number for number, clause in enumerate(clauses) if clause.start <= event.start < clause.end), -1)


def _title(event: FacialEvent, label: EventLabel | None) -> str:
    name = label.title if label else event.action.replace("_", " ").capitalize()
    return ", ".join([name, *(said for said in (event.direction, event.side, event.intensity) if said)])
