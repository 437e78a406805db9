"""Clauses: a caption cut where its phase words stand, each piece with its estimated share of the clip."""

from collections.abc import Sequence
from itertools import pairwise

from dfec_explore.model import Clause


def cut_clauses(
    length: int, phases: Sequence[tuple[int, str]], starts: Sequence[int], *, has_events: bool
) -> list[Clause]:
    """Cut a caption into clauses that cover it.

    The stated phases share the clip evenly, in the order in which the caption comes to them; a phase that comes
    again keeps its share. What stands before the first has none: it describes the person.

    Args:
        length: characters of the caption.
        phases: from which token on which phase holds, in order.
        starts: character offset at which each token starts.
        has_events: whether anything moves; a caption without phases then covers the whole clip.
    """
    if not length:
        return []
    if not phases:
        return [Clause(0, length, None, (0.0, 1.0) if has_events else None)]
    order = list(dict.fromkeys(phase for _, phase in phases))
    cuts = [*(starts[token] for token, _ in phases), length]
    clauses = [Clause(0, cuts[0], None, None)] if cuts[0] else []
    for (start, end), (_, phase) in zip(pairwise(cuts), phases, strict=True):
        at = order.index(phase)
        if start < end:
            clauses.append(Clause(start, end, phase or None, (at / len(order), (at + 1) / len(order))))
    return clauses
