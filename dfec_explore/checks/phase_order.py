"""Phases of a caption: their order, and those that are missing."""

import re
from collections.abc import Iterator

from dfec_explore.checks.check import ERROR, INFO, WARNING, Check, Family, Finding, Limits
from dfec_explore.checks.subject import Subject, quoted
from dfec_explore.model import Clause

CLIP = re.compile(r"\b(?:video|clip|footage|recording|sequence|scene)\b")
STRETCH = re.compile(r"\b(?:half|third|part|portion|seconds?|moments?|frames?)\b")
LATE = re.compile(r"\b(?:later|latter|last|end|final\w*|throughout|rest|whole|entire)\b")
RANK = {"begin": 0, "progress": 1, "middle": 2, "end": 3}
WORDS = {"begin": "the beginning", "progress": "its progress", "middle": "the middle", "end": "the end"}


def stated(subject: Subject) -> list[Clause]:
    """The clauses with a phase, but for a phase word in the person's description (a "middle" parting of the hair)."""
    if "phases" not in subject.shared:
        subject.shared["phases"] = _stated(subject)
    kept: list[Clause] = subject.shared["phases"]
    return kept


def _stated(subject: Subject) -> list[Clause]:
    found = [clause for clause in subject.analysis.clauses if clause.phase in RANK and _opens(subject, clause)]
    while len(found) > 1 and found[0].phase != "begin" and any(c.phase == "begin" for c in found[1:]):
        sentence = subject.sentence_at(found[0].start)
        if sentence[0] == found[0].start:
            break
        found.pop(0)
    return found


def find_order(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find a phase that is told after a later one."""
    latest: Clause | None = None
    passed = set[str]()
    for clause in stated(subject):
        assert clause.phase is not None
        if latest is not None and latest.phase is not None and RANK[clause.phase] < RANK[latest.phase]:
            if clause.phase == "progress" and clause.phase in passed:
                continue  # "As it goes on" may be said again at any time.
            severity = WARNING if clause.phase == "progress" and latest.phase == "middle" else ERROR
            start, end = clause.start, clause.start + len(_head(subject.text[clause.start : clause.end]))
            head, told, late = quoted(subject.text[start:end]), WORDS[clause.phase], WORDS[latest.phase]
            message = f"{head} tells of {told} after {late} was told."
            yield Finding(severity, message, start, end)
            return
        latest = clause
        passed.add(clause.phase)


def find_twice(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find two sentences that open the same phase with the same words."""
    seen: dict[str, Clause] = {}
    for clause in stated(subject):
        head = _head(subject.lower[clause.start : clause.end])
        if head in seen and len(head.split()) >= limits["words"]:
            yield Finding(ERROR, f"{quoted(head)} comes twice.", clause.start, clause.start + len(head))
            return
        seen[head] = clause
    begins = [clause for clause in stated(subject) if clause.phase == "begin"]
    if len(begins) > 1 and begins[1].start == subject.sentence_at(begins[1].start)[0]:
        head = _head(subject.text[begins[1].start : begins[1].end])
        if STRETCH.search(head):
            return  # "In the first half" may well follow "at the beginning".
        message = f"{quoted(head)} begins a second time."
        yield Finding(WARNING, message, begins[1].start, begins[1].start + len(head))


def find_missing(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find captions that cut the clip into phases and leave out its beginning or its end."""
    told = {clause.phase for clause in subject.analysis.clauses if clause.phase}
    if len(told) < limits["phases"]:
        return
    if "begin" not in told:
        yield Finding(WARNING, "It tells of later phases and not of the beginning.")
    last = next((clause for clause in reversed(subject.analysis.clauses) if clause.phase), None)
    if last is None or LATE.search(subject.lower, last.start, last.start + 60):
        return  # "In the middle and later part" reaches the end.
    if not told & {"end", "rest"}:
        yield Finding(INFO, "It tells of earlier phases and not of the end.")


def _opens(subject: Subject, clause: Clause) -> bool:
    """Whether the phase words open a sentence or name the clip; "his left eye opens first" is about two eyes."""
    if subject.sentence_at(clause.start)[0] == clause.start:
        return True
    return CLIP.search(subject.lower, clause.start, clause.start + 50) is not None


def _head(clause: str) -> str:
    """The phase words that a clause begins with: up to its first comma, six words at most."""
    head = clause.split(",", 1)[0].split("\n", 1)[0]
    words = head.split(" ")
    return head if len(words) <= 8 else " ".join(words[:6])


CHECKS = (
    Check(
        "phase-order",
        "Phases out of order",
        "A phase is told after a later one: the beginning after the end.",
        "Towards the end, she smiles. At the beginning, her mouth is closed.",
        Family.CONSISTENCY,
        find_order,
    ),
    Check(
        "phase-twice",
        "Phase told twice",
        "Two sentences open the same phase with the same words: pieces of two captions, or a phase word that is wrong.",
        "At the beginning, she blinks. At the beginning, her mouth is closed.",
        Family.CONSISTENCY,
        find_twice,
        limits={"words": 3},
    ),
    Check(
        "missing-phase",
        "Phase left out",
        "The caption goes through the clip by phases and leaves out the beginning or the end.",
        "As the video progresses, she blinks. Towards the end, she smiles.",
        Family.CONSISTENCY,
        find_missing,
        limits={"phases": 2},
    ),
)
