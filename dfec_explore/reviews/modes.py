"""How a verdict was given, as tokens in one text: sorted and joined by commas."""

from collections.abc import Iterable

ADJUDICATION = "adjudication"
"""A final verdict: it settles the sample, whatever its reviewers said."""
BLIND = "blind"
"""Others' verdicts were hidden."""
MIRRORED = "mirrored"
"""The clip was shown mirrored."""
WATCH_FIRST = "watch-first"
"""The caption appeared after the clip had been played."""

MODES = (ADJUDICATION, BLIND, MIRRORED, WATCH_FIRST)
"""Every token, in the order in which they are written."""


def joined(tokens: Iterable[str]) -> str:
    """Write tokens as a mode; each is there once.

    Raises:
        ValueError: one of them is none of `MODES`.
    """
    wanted = set(tokens)
    if unknown := wanted.difference(MODES):
        raise ValueError(f"{min(unknown)!r} is none of {', '.join(MODES)}")
    return ",".join(token for token in MODES if token in wanted)


def tokens(mode: str) -> frozenset[str]:
    """Return the tokens of a mode."""
    return frozenset(mode.split(",")) if mode else frozenset()


def is_adjudication(mode: str) -> bool:
    """Whether a verdict in this mode is final."""
    return ADJUDICATION in tokens(mode)
