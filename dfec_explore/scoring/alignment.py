"""Which event of a prediction stands for which event of its reference."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dfec_explore.language.actions import load_actions
from dfec_explore.model import FacialEvent

LEFT_OUT = "other"
"""Label of the annotation guide for what no action covers; such events are left out on both sides."""


PHASES = ("begin", "progress", "middle", "end", "rest")
"""Phases of a clip in the order of time."""


class PairKind(StrEnum):
    """What became of an event."""

    MATCHED = "matched"
    TURNED = "turned"
    """The same action, but to another side: wrong direction."""
    MISSED = "missed"
    """The reference has it, the prediction does not."""
    EXTRA = "extra"
    """The prediction has it, the reference does not: a hallucinated action."""


@dataclass(frozen=True, slots=True)
class EventPair:
    """An event of the reference beside the one of the prediction that stands for it; one of them may be None."""

    kind: PairKind
    reference: FacialEvent | None
    prediction: FacialEvent | None

    @property
    def action(self) -> str:
        """Label of the action."""
        event = self.reference or self.prediction
        assert event is not None
        return event.action

    @property
    def region(self) -> str:
        """Region of the face that the action belongs to."""
        return load_actions()[1][self.action].region

    @property
    def says_where(self) -> bool:
        """Whether both are there and the reference states a direction or a side."""
        return self._is_pair and any(where(self.reference))

    @property
    def is_there(self) -> bool:
        """Whether the prediction states the same direction and side as the reference."""
        return self._is_pair and where(self.reference) == where(self.prediction)

    @property
    def says_when(self) -> bool:
        """Whether both are there and the reference states a phase."""
        return self._is_pair and self.reference is not None and self.reference.phase is not None

    @property
    def is_then(self) -> bool:
        """Whether the prediction puts it into the same phase of the clip as the reference."""
        return self._is_pair and _phase(self.reference) == _phase(self.prediction)

    @property
    def _is_pair(self) -> bool:
        return self.reference is not None and self.prediction is not None


def where(event: FacialEvent | None) -> tuple[str | None, str | None]:
    """Direction and side that an event states."""
    return (None, None) if event is None else (event.direction, event.side)


def _phase(event: FacialEvent | None) -> str | None:
    return None if event is None else event.phase


def align(reference: Sequence[FacialEvent], prediction: Sequence[FacialEvent]) -> tuple[EventPair, ...]:
    """Pair the events of two captions.

    Of each action as many events are paired as both have. Among them those pair first that agree in direction, side
    and phase, then in direction and side, then in phase, then the others, each in the order of the texts.

    Returns:
        Pairs in the order of the reference; between them, by phase, the missed events that stand there in the reference
        and the extra ones that stand there in the prediction.
    """
    wanted, said = _counted(reference), _counted(prediction)
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for key in (_all, _place, _time, _action):
        waiting: dict[object, list[int]] = defaultdict(list)
        for place, event in enumerate(said):
            if place not in taken:
                waiting[key(event)].append(place)
        for place, event in enumerate(wanted):
            if place not in partner and (found := waiting.get(key(event))):
                partner[place] = found.pop(0)
                taken.add(partner[place])
    return tuple(_in_order(wanted, said, partner))


def out_of_order(pairs: Sequence[EventPair]) -> frozenset[int]:
    """Places of the pairs that the prediction tells at another place than the reference.

    The longest run of pairs that stand in the same order in both texts is in order; the others are not.
    """
    both = [(place, pair.prediction.start) for place, pair in enumerate(pairs) if pair.reference and pair.prediction]
    ends: list[int] = []
    last: list[int] = []
    before: dict[int, int | None] = {}
    for number, (_, start) in enumerate(both):
        length = bisect_left(ends, start)
        before[number] = last[length - 1] if length else None
        ends[length : length + 1] = [start]
        last[length : length + 1] = [number]
    kept: set[int] = set()
    number_ = last[-1] if last else None
    while number_ is not None:
        kept.add(number_)
        number_ = before[number_]
    return frozenset(place for number, (place, _) in enumerate(both) if number not in kept)


def _counted(events: Sequence[FacialEvent]) -> list[FacialEvent]:
    return [event for event in events if event.action != LEFT_OUT]


def _all(event: FacialEvent) -> object:
    return event.action, event.direction, event.side, event.phase


def _place(event: FacialEvent) -> object:
    return event.action, event.direction, event.side


def _time(event: FacialEvent) -> object:
    return event.action, event.phase


def _action(event: FacialEvent) -> object:
    return event.action


Key = Callable[[FacialEvent], object]


def _in_order(
    wanted: Sequence[FacialEvent], said: Sequence[FacialEvent], partner: dict[int, int]
) -> Iterator[EventPair]:
    """Pairs in the order of the reference; between two of them what has no partner, by its phase of the clip."""
    paired = {there: here for here, there in partner.items()}
    alone: dict[int, list[EventPair]] = defaultdict(list)
    last = -1
    for place, event in enumerate(said):
        if place in paired:
            last = paired[place]
        else:
            alone[last].append(EventPair(PairKind.EXTRA, None, event))
    last = -1
    for place, event in enumerate(wanted):
        if place in partner:
            last = place
        else:
            alone[last].append(EventPair(PairKind.MISSED, event, None))
    yield from sorted(alone[-1], key=_when)
    for place in sorted(partner):
        yield _pair(wanted[place], said[partner[place]])
        yield from sorted(alone[place], key=_when)


def _when(pair: EventPair) -> int:
    phase = _phase(pair.reference or pair.prediction)
    return PHASES.index(phase) if phase in PHASES else 0


def _pair(wanted: FacialEvent, said: FacialEvent) -> EventPair:
    return EventPair(PairKind.TURNED if _is_turned(wanted, said) else PairKind.MATCHED, wanted, said)


def _is_turned(wanted: FacialEvent, said: FacialEvent) -> bool:
    """Whether both say where, and not the same; to leave it out is an omission, not an error of direction."""
    return any(a and b and a != b for a, b in zip(where(wanted), where(said), strict=True))
