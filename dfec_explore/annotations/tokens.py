"""Where a caption stands in the text of its record, and that text with another caption in its place."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dfec_explore.annotations.conversations import FIELD, MEDIA_TAG, MODEL

SPACE = re.compile(r"[ \t\r\n]*")
AROUND = re.compile(r"(?:\s|</?(?:video|image|audio)>)*", re.IGNORECASE)
"""What stands before or behind the words of an answer."""

DECODER = json.JSONDecoder()

Span = tuple[int, int]
Change = tuple[Span, str]
"""A piece of text, from its first character to behind its last, and what comes in its place."""


def with_changes(text: str, changes: Sequence[Change]) -> str:
    """Put new text in the place of old; the rest stays as it is."""
    pieces, place = [], 0
    for (start, end), new in sorted(changes):
        pieces += [text[place:start], new]
        place = end
    return "".join([*pieces, text[place:]])


def json_change(text: str, at: int, caption: str) -> Change:
    """The change that gives a record of JSON another caption.

    Args:
        text: holds the record.
        at: where its value begins.
        caption: the new one.
    """
    start, end = _members(text, at)["caption"]
    return (start, end), _token(caption, like=text[start:end])


def answer_changes(text: str, at: int, captions: Mapping[int, str]) -> list[Change] | None:
    """The changes that give answers of a conversation other words; media tags around the words stay.

    Args:
        text: holds the record.
        at: where its value begins.
        captions: the new words, by the number of the answer from 0.

    Returns:
        None where a media tag stands in the middle of an answer: where it belongs in the new words nobody can tell.
    """
    turns = [_members(text, start) for start, _ in _elements(text, _members(text, at)[FIELD][0])]
    answers = [turn["value"] for turn in turns if json.loads(text[slice(*turn["from"])]) == MODEL]
    changes = []
    for number, caption in captions.items():
        start, end = answers[number]
        said = answer_with(json.loads(text[start:end]), caption)
        if said is None:
            return None
        changes.append(((start, end), _token(said, like=text[start:end])))
    return changes


def answer_with(answer: str, caption: str) -> str | None:
    """An answer with other words between its media tags; None where a tag stands among the words."""
    begin = AROUND.match(answer)
    head = begin[0] if begin else ""
    words = answer[len(head) :]
    tail = ""
    while found := re.search(r"(?:\s|</?(?:video|image|audio)>)\Z", words, re.IGNORECASE):
        words, tail = words[: found.start()], found[0] + tail
    return None if MEDIA_TAG.search(words) else f"{head}{caption}{tail}"


def cell_change(text: str, column: int, caption: str, delimiter: str) -> Change:
    """The change that gives a row of a table another caption.

    Args:
        text: the row with its line end.
        column: place of the caption, from 0.
        caption: the new one.
        delimiter: the character between cells.
    """
    start, end = _cells(text, delimiter)[column]
    plain = text[start : start + 1] != '"' and not any(mark in caption for mark in (delimiter, '"', "\r", "\n"))
    return (start, end), caption if plain else '"{}"'.format(caption.replace('"', '""'))


def _token(caption: str, *, like: str) -> str:
    """A caption as JSON; other letters than ASCII are escaped where they were in the text that it replaces."""
    return json.dumps(caption, ensure_ascii="\\u" in like)


def _members(text: str, at: int) -> dict[str, Span]:
    """Where the values of an object stand, by key; the object is known to be whole."""
    members: dict[str, Span] = {}
    place = _skip(text, at + 1)
    while text[place] != "}":
        key, place = _value(text, place)
        start = _skip(text, _skip(text, place) + 1)
        _, end = _value(text, start)
        members[key] = (start, end)
        place = _skip(text, end)
        if text[place] == ",":
            place = _skip(text, place + 1)
    return members


def _elements(text: str, at: int) -> Iterator[Span]:
    """Where the values of a list stand; the list is known to be whole."""
    place = _skip(text, at + 1)
    while text[place] != "]":
        _, end = _value(text, place)
        yield place, end
        place = _skip(text, end)
        if text[place] == ",":
            place = _skip(text, place + 1)


def _value(text: str, place: int) -> tuple[Any, int]:
    return DECODER.raw_decode(text, place)


def _skip(text: str, place: int) -> int:
    found = SPACE.match(text, place)
    return found.end() if found else place


def _cells(text: str, delimiter: str) -> list[Span]:
    """Where the cells of a row stand, with their quotes; the quotes are known to be whole."""
    spans: list[Span] = []
    end = len(text.rstrip("\r\n"))
    start = 0
    while True:
        place = start
        if text.startswith('"', start):
            place = start + 1
            while text[place] != '"' or text.startswith('"', place + 1):
                place += 2 if text[place] == '"' else 1
            place += 1
        stop = text.find(delimiter, place, end)
        spans.append((start, end if stop < 0 else stop))
        if stop < 0:
            return spans
        start = stop + 1
