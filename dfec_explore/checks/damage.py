"""Damage to the text itself: characters of a wrong encoding, replaced ones, control characters."""

import re
from collections.abc import Iterator

from dfec_explore.checks.check import ERROR, WARNING, Check, Family, Finding, Limits
from dfec_explore.checks.subject import Subject, quoted

REPLACED = re.compile("\ufffd+|(?<=[A-Za-z])\\?(?=[a-z])")
"""U+FFFD, or a question mark inside a word: what was there cannot be known any more."""
UTF8_AS_LATIN = re.compile(
    "(?:[\u00c2-\u00c3][\u0080-\u00bf]|\u00e2[\u0080-\u00bf\u20ac\u201a-\u2122]+|[\u00c3\u00c2](?=[\\s\u201a-\u2122A-Z]|$)|\u00ef\u00bb\u00bf)+"
)
"""UTF-8 read as Latin-1 or Windows-1252: the lead byte, then what its followers look like there."""
C1 = re.compile("[\u0080-\u009f]+")
CONTROL = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]+")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")


def find_damage(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find text that was decoded with another encoding than it was written in."""
    text = subject.text
    if ("?" in text or "\ufffd" in text) and (found := REPLACED.search(text)):
        yield Finding(ERROR, f"{quoted(_around(text, found))} has lost a character.", found.start(), found.end())
    if text.isascii():
        return
    # Only now: few captions need it, and every start of the app would wait for it.
    from ftfy import fix_encoding
    from ftfy.badness import BADNESS_RE

    if found := UTF8_AS_LATIN.search(text) or C1.search(text) or BADNESS_RE.search(text):
        fixed = fix_encoding(text)
        meant = f" Probably {quoted(_word(fixed, found.start()))} was meant." if fixed != text else ""
        message = f"{quoted(_around(text, found))} was decoded with a wrong encoding.{meant}"
        yield Finding(ERROR, message, found.start(), found.end())


def find_controls(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find characters that cannot be seen and do not belong into a sentence."""
    if subject.text.isprintable():
        return
    if found := CONTROL.search(subject.text):
        yield Finding(ERROR, f"It has the control character U+{ord(found.group()[0]):04X}.", *found.span())
    if not subject.text.isascii() and (found := INVISIBLE.search(subject.text)):
        yield Finding(WARNING, f"It has the invisible character U+{ord(found.group()[0]):04X}.", *found.span())


def _around(text: str, found: re.Match[str]) -> str:
    """The words that a match stands in."""
    start = text.rfind(" ", 0, found.start()) + 1
    end = text.find(" ", found.end())
    return text[start : end if end >= 0 else len(text)]


def _word(text: str, offset: int) -> str:
    start = text.rfind(" ", 0, offset) + 1
    end = text.find(" ", offset)
    return text[start : end if end >= 0 else len(text)]


CHECKS = (
    Check(
        "encoding",
        "Encoding damage",
        "Characters that come from a wrong decoding (UTF-8 read as Latin-1 or Windows-1252), or that were lost "
        "(U+FFFD). Models learn them as words.",
        "The woman\u00e2\u20ac\u2122s mouth opens slightly.",
        Family.TEXT,
        find_damage,
    ),
    Check(
        "control-characters",
        "Control characters",
        "Characters without a shape: control codes, zero-width spaces, marks of direction. They break searches and "
        "comparisons without being seen.",
        "Her eyes\u200b are closed.",
        Family.TEXT,
        find_controls,
    ),
)
