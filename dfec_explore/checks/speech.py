"""Speech that ends before it begins, and speech through a mouth that is closed."""

import re
from collections.abc import Iterator

from dfec_explore.checks.check import ERROR, WARNING, Check, Family, Finding, Limits
from dfec_explore.checks.subject import Subject, quoted

SPOKEN = re.compile(
    r"\b(?:mouth|lips)\b[^.]*\b(?:opens? and closes?|opening and closing|moves?|moving)\b"
    r"|\b(?:speak|talk|sing|say|speech|word|voice|convers|chat|argu|shout|sound|utter|murmur|mutter|whisper)\w*"
)
"""What may be speech, where the parser found none."""
GOES_ON = re.compile(r"\b(?:(?:continu|resum)\w+ (?:to )?|(?:keeps?|still) (?:on )?)(?:speak|talk|sing|chat|say)\w*\b")
TALK = r"(?:speak|talk|sing)(?:s|ing)?"
CLOSED = re.compile(
    rf"\b(?:mouth|lips) (?:\w+ ){{0,3}}clos(?:es?|ing|ed) (?:\w+ )?(?:as|while|when|to) (?:\w+ ){{0,4}}?{TALK}\b"
    rf"|\bclos(?:es|ing) (?:his|her|the|their|its) (?:mouth|lips) (?:\w+ )?(?:as|while|when|to) "
    rf"(?:\w+ ){{0,4}}?{TALK}\b"
    rf"|\b{TALK} (?:\w+ ){{0,3}}with (?:his|her|the|their|a) (?:(?:mouth|lips) (?:\w+ )?(?:closed|shut)"
    rf"|(?:\w+ )?closed (?:mouth|lips))\b"
)
CLOSING = frozenset(("close", "closes", "closed", "closing", "shut"))
ONSET = re.compile(r"^(?!.* with |.*\bcontinu).*\b(?:to|begin\w*|start\w*)\b")
NOT_CLOSED = re.compile(r"\b(?:open\w*|part\w*|stop\w*|finish\w*|pause\w*|after|before|then)\b")


def find_speech_order(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find an end of speech, or its going on, that nothing before began."""
    for event in subject.analysis.events:
        if event.action == "speak":
            start, _ = subject.sentence_at(event.start)
            words = subject.lower[max(start, event.start - 20) : event.end + 12]
            if GOES_ON.search(words) and event.phase not in (None, "begin") and not _spoken(subject, event.start):
                message = f"{quoted(subject.text[event.start : event.end])} goes on; nothing before says that it began."
                yield Finding(WARNING, message, event.start, event.end)
            return
        if event.action in ("laugh", "cry"):
            return
        if event.action == "speak_stop":
            if not _spoken(subject, event.start):
                message = f"{quoted(event.quote)}: nothing before says that speech began."
                yield Finding(ERROR, message, event.start, event.end)
            return


def _spoken(subject: Subject, offset: int) -> bool:
    return SPOKEN.search(subject.lower, 0, offset) is not None


def find_closed(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find a mouth that closes, or is closed, while its person speaks."""
    if subject.vocabulary.isdisjoint(CLOSING):
        return
    for found in CLOSED.finditer(subject.lower):
        if NOT_CLOSED.search(found.group()) or NOT_CLOSED.search(_clause_before(subject, found.start())):
            continue
        if ONSET.search(found.group()):
            continue  # A mouth may close for a moment and then begin.
        yield Finding(WARNING, f"{quoted(found.group())}: nobody speaks with a closed mouth.", *found.span())
        return


def _clause_before(subject: Subject, offset: int) -> str:
    start = max(subject.lower.rfind(mark, 0, offset) for mark in ",.;\n")
    return subject.lower[start + 1 : offset]


CHECKS = (
    Check(
        "speech-order",
        "Speech ends before it begins",
        "The person stops speaking, or goes on, and nothing before says that anybody spoke: a sentence is missing, or "
        "the phases changed places.",
        "At the beginning, his mouth is closed. At the end, he stops speaking.",
        Family.CONSISTENCY,
        find_speech_order,
    ),
    Check(
        "closed-mouth-speech",
        "Speaks with a closed mouth",
        "The mouth closes, or is closed, at the time of speaking. Often the mouth was closed before, or opens and "
        "closes: the clip tells which.",
        "He speaks with his mouth closed.",
        Family.CONSISTENCY,
        find_closed,
    ),
)
