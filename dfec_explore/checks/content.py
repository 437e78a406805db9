"""Captions that do not say what the set is for: no facial action, no phases."""

from collections.abc import Iterator

from dfec_explore.checks.check import ERROR, WARNING, Check, Family, Finding, Limits
from dfec_explore.checks.subject import Subject


def find_no_action(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find captions in which no face or head does anything, not even nothing."""
    if subject.analysis.events or not subject.vocabulary:
        return
    yield Finding(ERROR, "It names no action or state of the face, the head, the gaze or the voice.")


def find_no_phases(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find long captions that do not say when anything happens."""
    if subject.analysis.words < limits["words"] or len(subject.facial) < limits["events"]:
        return
    if all(clause.phase is None for clause in subject.analysis.clauses):
        count = len(subject.facial)
        yield Finding(WARNING, f"It names {count} actions and never says which part of the clip they are in.")


CHECKS = (
    Check(
        "no-action",
        "No facial action",
        "Nothing in the caption is an action or state of the face, head, gaze or voice.",
        "The video shows a young man with short black hair.",
        Family.CONTENT,
        find_no_action,
    ),
    Check(
        "no-phases",
        "No phase words",
        "A long caption with several actions and no word on when they happen (beginning, middle, end).",
        "His brows rise, his mouth opens, he turns his head, and then forty words more.",
        Family.CONTENT,
        find_no_phases,
        limits={"words": 40, "events": 4},
    ),
)
