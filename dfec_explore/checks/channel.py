"""Speech and song: what the path of a clip says of the voice."""

import re
from collections.abc import Iterator

from dfec_explore.checks.check import INFO, WARNING, Check, Family, Finding, Limits
from dfec_explore.checks.subject import Subject

SINGS = re.compile(r"\b(?:sing|sings|singing|sang|sung|song|songs|hum|hums|humming)\b")
SPEAKS = re.compile(r"\b(?:speak|speaks|speaking|talk|talks|talking|says|speech|sentence)\b")
VOICE = re.compile(r"\b(?:mouth|lips|lip|jaw)\b[^.]{0,60}\b(?:opens? and closes?|opening and closing|moves?|moving)\b")


def find_channel(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find singing in a clip of speech, speech in a clip of song, and silence in either."""
    channel = subject.path.channel
    if channel is None:
        return
    sung, spoken = SINGS.search(subject.lower), SPEAKS.search(subject.lower)
    if channel == "speech" and sung:
        yield Finding(WARNING, f"“{sung.group()}”, yet the path says that the clip is of speech.", *sung.span())
    if channel == "song" and spoken and not sung:
        yield Finding(INFO, f"“{spoken.group()}”; the path says that the clip is of song.", *spoken.span())
    heard = sung or spoken or VOICE.search(subject.lower)
    if not heard and not any(event.action in ("speak", "speak_stop") for event in subject.analysis.events):
        yield Finding(WARNING, f"Nobody speaks or sings in it; every clip of {subject.path.source} has a sentence.")


CHECKS = (
    Check(
        "channel",
        "Speech or song",
        "The path says whether a clip is of speech or of song; the caption tells the other, or a face that is silent.",
        "RAVDESS/.../03-01-...: She sings.",
        Family.PATH,
        find_channel,
    ),
)
