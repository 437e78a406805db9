"""Texts and sentences that stop in the middle."""

import re
from collections.abc import Iterator

from dfec_explore.checks.check import ERROR, WARNING, Check, Family, Finding, Limits
from dfec_explore.checks.subject import Subject, quoted
from dfec_explore.checks.word_lists import word_list

FINAL = ".!?…。！？\"”’')]"
OPEN_WORDS = word_list("open")
"""Words that no English sentence ends with: something has to follow."""
MAY_CLOSE = word_list("may_close")
"""Of those: words that may end a clause before a comma or a line, but not the caption."""
PAIRS = (("(", ")"), ("[", "]"), ("“", "”"))
DOTS = re.compile(r"(?:\.{2,}|…)\s*$")


def find_cut_off(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find a caption that stops before its end."""
    text = subject.text.rstrip()
    if not subject.vocabulary:
        return
    word = subject.sentence_words[-1][-1] if subject.sentence_words[-1] else subject.words[-1][0]
    start = subject.lower.rfind(word)
    end, last = start + len(word), text[-1]
    if word in OPEN_WORDS and not (word in ("her", "that", "this") and last in FINAL):
        yield Finding(ERROR, f"It stops after “{word}”; something has to follow.", start, end)
    elif last in ",;:-–—&/(":
        yield Finding(ERROR, f"It stops with “{last}”, in the middle of a sentence.", len(text) - 1, len(text))
    elif DOTS.search(text):
        yield Finding(WARNING, "It trails off with dots.", start, len(text))
    elif last not in FINAL:
        yield Finding(ERROR, f"It stops without a full stop: {quoted(text[-40:])}.", start, end)


def find_cut_start(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find a caption that starts in the middle of a sentence."""
    text = subject.text.lstrip()
    if not text:
        return
    offset = len(subject.text) - len(text)
    if text[0].islower() or text[0] in ",.;:)":
        end = offset + len(text.split(maxsplit=1)[0])
        yield Finding(WARNING, f"It starts in the middle of a sentence: {quoted(text[:40])}.", offset, end)


def find_open_sentence(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find a sentence inside the caption that stops after a word that needs another."""
    text = subject.text
    for start, end in subject.sentences[:-1]:
        piece = text[start:end].rstrip(FINAL + " ").lower()
        word = piece[piece.rfind(" ") + 1 :]
        if word in OPEN_WORDS and word not in MAY_CLOSE and text[end - 1] in FINAL:
            at = start + len(piece) - len(word)
            yield Finding(ERROR, f"A sentence stops after “{word}”; something has to follow.", at, at + len(word))
            return


def find_unbalanced(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find brackets and quotation marks without their partner."""
    text = subject.text
    for opening, closing in PAIRS:
        if text.count(opening) != text.count(closing):
            at = text.find(opening if text.count(opening) > text.count(closing) else closing)
            yield Finding(WARNING, f"“{text[at]}” has no partner.", at, at + 1)
            return
    if text.count('"') % 2:
        at = text.rfind('"')
        yield Finding(WARNING, "A quotation mark has no partner.", at, at + 1)


CHECKS = (
    Check(
        "cut-off",
        "Cut off at the end",
        "The caption stops in the middle of a sentence: no full stop, a comma, or a word that needs another.",
        "At the end, she turns her head to the",
        Family.TEXT,
        find_cut_off,
    ),
    Check(
        "cut-start",
        "Cut off at the start",
        "The caption starts in the middle of a sentence, with a small letter or a comma.",
        "of the video, his eyes are closed.",
        Family.TEXT,
        find_cut_start,
    ),
    Check(
        "open-sentence",
        "Unfinished sentence",
        "A sentence inside the caption stops after a word that needs another.",
        "He raises the. Then he blinks.",
        Family.TEXT,
        find_open_sentence,
    ),
    Check(
        "unbalanced",
        "Bracket without partner",
        "A bracket or quotation mark that opens and never closes, or the other way round.",
        "She smiles (slightly and blinks.",
        Family.TEXT,
        find_unbalanced,
    ),
)
