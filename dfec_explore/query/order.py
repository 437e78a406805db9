"""In which order captions mention facial actions, and which ones they mention together."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from dfec_explore.index.schema import PHASES
from dfec_explore.language import load_lexicon
from dfec_explore.query.database import selection
from dfec_explore.query.explorer import Explorer
from dfec_explore.query.filters import Filters
from dfec_explore.query.mentions import LAST, NO_PHASE, mention_counts

__all__ = ["LAST", "cooccurrence", "phase_profile", "transitions"]

BLOCK = 100_000
"""Captions whose sets are turned into columns at a time: 6 MB while it happens."""


def transitions(explorer: Explorer, filters: Filters) -> pd.DataFrame:
    """Which action captions mention next.

    Returns:
        ``action, title, region, next_action, next_title, next_region, events, of, share``: how many mentions of the
        action are followed by the next one in the same caption, and their share of the action's mentions (``of``);
        ``next_action`` is ``last`` where none follows. Most frequent first.
    """
    frame = mention_counts(explorer, filters, "action", "next_action")
    frame = frame.sort_values(["events", "action", "next_action"], ascending=[False, True, True], ignore_index=True)
    known = load_lexicon().actions
    for kind, place in (("", 1), ("next_", 4)):
        actions = [known.get(action) for action in frame[f"{kind}action"]]
        frame.insert(place, f"{kind}title", [action.title if action else "Nothing more" for action in actions])
        frame.insert(place + 1, f"{kind}region", [action.region if action else "" for action in actions])
    frame["of"] = frame.groupby("action")["events"].transform("sum")
    frame["share"] = frame["events"] / frame["of"]
    return frame


def cooccurrence(explorer: Explorer, filters: Filters) -> pd.DataFrame:
    """Which actions captions mention together, and how much more often than chance would have it.

    Lift is the share of captions with both over the product of the shares with each (Brin et al. 1997, SIGMOD 26:255,
    who call it interest): 1 where the two have nothing to do with each other.

    Returns:
        ``first, first_title, second, second_title`` (each pair once, in the order of their captions), ``captions``
        (all that are selected), ``with_first, with_second, both, expected, lift``.
    """
    table, condition = selection(filters, explorer.vocabulary)
    sets = explorer.database.frame(f"SELECT actions FROM {table} WHERE {condition.sql}", condition.values)  # noqa: S608
    together = _together(sets["actions"].to_numpy(dtype=np.uint64))
    bits, titles = explorer.vocabulary.action_bits, explorer.vocabulary.titles["action"]
    used = [label for label, bit in bits.items() if together[bit, bit] > 0]
    used.sort(key=lambda label: (-together[bits[label], bits[label]], label))
    rows = [
        (first, titles[first], second, titles[second], len(sets), *_counts(together, bits[first], bits[second]))
        for place, first in enumerate(used)
        for second in used[place + 1 :]
    ]
    names = ["first", "first_title", "second", "second_title", "captions", "with_first", "with_second", "both"]
    frame = pd.DataFrame(rows, columns=names)
    frame["expected"] = frame["with_first"] * frame["with_second"] / max(len(sets), 1)
    frame["lift"] = frame["both"] / frame["expected"]
    return frame


def _counts(together: npt.NDArray[np.int64], first: int, second: int) -> tuple[int, int, int]:
    return int(together[first, first]), int(together[second, second]), int(together[first, second])


def _together(sets: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """How many of the 64-bit sets hold each pair of bits; the diagonal counts single bits."""
    counts = np.zeros((64, 64), dtype=np.int64)
    for start in range(0, len(sets), BLOCK):
        columns = _columns(sets[start : start + BLOCK])
        for bit, column in enumerate(columns):
            counts[bit] += np.bitwise_count(columns & column).sum(axis=1, dtype=np.int64)
    return counts


def _columns(sets: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The sets turned round: 64 rows, one for each bit, which hold that bit of all sets as one long word."""
    padded = np.zeros(-(-len(sets) // 64) * 64, dtype="<u8")
    padded[: len(sets)] = sets
    bits = np.unpackbits(padded.view(np.uint8).reshape(-1, 8), axis=1, bitorder="little")
    return np.ascontiguousarray(np.packbits(bits, axis=0, bitorder="little").T).view(np.uint64)


def phase_profile(explorer: Explorer, filters: Filters) -> pd.DataFrame:
    """In which phase of the clip captions place each action.

    Returns:
        ``action, title, phase, events, of, share``: mentions in the phase and their share of the action's mentions
        (``of``); ``none`` where no phase is stated. Actions with the most mentions first, phases in order.
    """
    frame = mention_counts(explorer, filters, "action", "phase")
    titles = explorer.vocabulary.titles["action"]
    frame.insert(1, "title", [titles[action] for action in frame["action"]])
    frame["of"] = frame.groupby("action")["events"].transform("sum")
    frame["share"] = frame["events"] / frame["of"]
    places = {phase: place for place, phase in enumerate((*PHASES, NO_PHASE))}
    frame["place"] = frame["phase"].map(places)
    ordered = frame.sort_values(["of", "action", "place"], ascending=[False, True, True])
    return ordered.drop(columns="place").reset_index(drop=True)
