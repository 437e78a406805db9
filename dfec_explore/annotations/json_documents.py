"""Records of one JSON document: a list, objects one after another, an object keyed by id, or a wrapper around a list.

Behind a broken record, reading goes on where the next record begins.
"""

import re
from collections.abc import Iterator

from dfec_explore.annotations.expected import ANNOTATIONS, Expected
from dfec_explore.annotations.json_values import Decoded, JsonValues
from dfec_explore.annotations.raw import MAX_RECORD, Notes, Raw, around
from dfec_explore.annotations.reasons import UNFINISHED, Reason
from dfec_explore.annotations.window import TextWindow

MAX_UNDECIDED = 1000
"""Entries without a record or a list of records after which an object is taken as keyed by id."""

RECORD = r'\{[^{}\[\]]*?"(?:id|video|caption|conversations)"\s*:'
NEXT_IN_LIST = re.compile(rf"[,}}\]]\s*(?P<start>{RECORD})")
NEXT_IN_OBJECT = re.compile(rf',\s*(?P<start>"(?:[^"\\\n]|\\.)*"\s*:\s*{RECORD})')
"""Where a record begins behind a broken one: its first fields are flat and one of them is known."""

TAIL = 1 << 16
"""Characters that a find of these may span, kept when the window moves on."""


def is_record(value: object, expected: Expected = ANNOTATIONS) -> bool:
    """Whether a value looks like one record rather than like a collection of them."""
    return isinstance(value, dict) and (
        any(isinstance(value.get(name), str) for name in expected.texts) or isinstance(value.get("conversations"), list)
    )


class JsonDocument:
    """The records of one JSON document, read as the text comes in."""

    def __init__(self, chunks: Iterator[str], notes: Notes, expected: Expected = ANNOTATIONS) -> None:
        self._window, self._notes, self._values = TextWindow(chunks), notes, JsonValues()
        self._expected = expected
        self._resumed = False
        """Whether the window stands at the record found behind a broken one: no comma is to come."""
        self._lost = False
        """Whether the document ended in a fault that is reported."""

    def list_records(self) -> Iterator[Raw]:
        """Records of a list."""
        self._take()
        yield from self._elements("]")
        yield from self._after_the_end()

    def sequence_records(self) -> Iterator[Raw]:
        """Records that stand one after another, without a list around them."""
        yield from self._elements("")

    def object_records(self) -> Iterator[Raw]:
        """Records of an object keyed by id, or of the lists in a wrapper."""
        self._take()
        yield from self._entries()
        yield from self._after_the_end()

    def _elements(self, closing: str) -> Iterator[Raw]:
        while (character := self._window.peek()) != closing:
            if not character:
                yield from self._cut_off()
                return
            yield self._value(NEXT_IN_LIST)
            self._separator(closing)
        self._take()

    def _entries(self) -> Iterator[Raw]:
        """Entries of an object; the first that is a record, or a list under a known name, tells what the object is."""
        undecided: list[Raw] = []
        keyed = wrapper = False
        while (character := self._window.peek()) not in ("}", ""):
            key = self._key()
            if not keyed and key.fault is None and key.value in self._expected.wrappers and self._window.peek() == "[":
                wrapper = True
                undecided = [entry for entry in undecided if entry.fault]
                self._take()
                yield from self._elements("]")
            else:
                entry = key if key.fault else self._value(NEXT_IN_OBJECT, key)
                # What stands beside the list of a wrapper describes the file; a fault there is still one of the file.
                if not wrapper or entry.fault:
                    undecided.append(entry)
                found = is_record(entry.value, self._expected) or len(undecided) > MAX_UNDECIDED
                keyed = not wrapper and (keyed or found)
            if keyed:
                yield from undecided
                undecided.clear()
            self._separator("}")
        yield from undecided
        yield from () if character else self._cut_off()
        self._take()

    def _key(self) -> Raw:
        """The key of an entry, with its colon."""
        key = self._value(NEXT_IN_OBJECT)
        if key.fault in UNFINISHED:
            return key
        if not isinstance(key.value, str) or self._window.peek() != ":":
            return self._broken(self._window.pos, Reason.BROKEN_JSON, NEXT_IN_OBJECT)
        self._take()
        self._window.peek()
        return key

    def _value(self, resume: re.Pattern[str], key: Raw | None = None) -> Raw:
        """The value at the window's place; behind a broken one, the window moves to what ``resume`` finds."""
        window = self._window
        decoded = self._decoded()
        if decoded.fault in UNFINISHED:
            return self._broken(decoded.end, self._fault(decoded), resume)
        begin, end = window.dropped + window.pos, window.dropped + decoded.end
        start = begin if key is None or key.span is None else key.span[0]
        name = None if key is None else key.value
        raw = Raw(decoded.value, window.line, name, decoded.fault, decoded.what, (start, begin, end))
        window.go_to(decoded.end)
        return raw

    def _decoded(self) -> Decoded:
        window = self._window
        while True:
            decoded = self._values.decode(window.text, window.pos)
            # A number at the very end may go on; everything else shows where it ends.
            open_end = decoded.end == len(window.text) and isinstance(decoded.value, int | float)
            if not (decoded.may_be_cut or open_end) or window.unread() > MAX_RECORD or not window.more():
                return decoded

    def _fault(self, decoded: Decoded) -> Reason:
        assert decoded.fault is not None
        if self._window.unread() > MAX_RECORD:
            return Reason.TOO_LONG
        at_end = decoded.may_be_cut and decoded.end >= len(self._window.text.rstrip())
        return Reason.CUT_OFF if decoded.unterminated or at_end else decoded.fault

    def _broken(self, place: int, fault: Reason, resume: re.Pattern[str]) -> Raw:
        window = self._window
        raw = Raw(None, window.line_at(place), fault=fault, what=around(window.text, window.pos, place))
        self._go_to_next(resume)
        return raw

    def _go_to_next(self, resume: re.Pattern[str]) -> None:
        """Move to the next place where a record begins, or to the end of the text."""
        window = self._window
        while (found := resume.search(window.text, window.pos)) is None:
            window.go_to(max(window.pos, len(window.text) - TAIL))
            if not window.more():
                window.go_to(len(window.text))
                self._lost = True
                return
        window.go_to(found.start("start"))
        self._resumed = True

    def _separator(self, closing: str) -> None:
        """Take the comma behind a value; one too many or too few is noted, as no record is lost by it."""
        if self._resumed:
            self._resumed = False
            return
        character = self._window.peek()
        if character == ",":
            self._take()
            loose = bool(closing) and self._window.peek() == closing
        else:
            loose = character not in ("", closing) and bool(closing)
        if loose:
            self._notes.loose_commas += 1
            self._notes.loose_comma_line = self._notes.loose_comma_line or self._window.line

    def _cut_off(self) -> Iterator[Raw]:
        if not self._lost:
            self._lost = True
            yield Raw(None, self._window.line, fault=Reason.CUT_OFF)

    def _after_the_end(self) -> Iterator[Raw]:
        if self._window.peek():
            text = self._window.text[self._window.pos : self._window.pos + 200]
            yield Raw(None, self._window.line, fault=Reason.AFTER_THE_END, what=text)

    def _take(self) -> None:
        """Step over one character, if there is one."""
        if self._window.peek():
            self._window.go_to(self._window.pos + 1)
