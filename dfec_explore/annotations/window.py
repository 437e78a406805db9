"""A window on a long text that moves forward: what was read is dropped, more is fetched when it is needed."""

import re
from collections.abc import Iterator

from dfec_explore.annotations.decoding import CHUNK

SPACE = re.compile(r"[ \t\r\n]*")


class TextWindow:
    """The part of a text that is being read.

    ``pos`` is the place in ``text``, ``line`` its line from 1, ``dropped`` the characters that stood before ``text``.
    """

    def __init__(self, chunks: Iterator[str]) -> None:
        self._chunks = chunks
        self.text, self.pos, self.line, self.dropped = "", 0, 1, 0

    def more(self) -> bool:
        """Fetch text, at least as much as is left unread, so that reading a long value again costs little.

        Places in ``text`` change by it. Nothing changes, and the answer is False, at the end of the text.
        """
        pieces = [self.text[self.pos :]]
        wanted = max(CHUNK, len(pieces[0]))
        fetched = 0
        for chunk in self._chunks:
            pieces.append(chunk)
            fetched += len(chunk)
            if fetched >= wanted:
                break
        if not fetched:
            return False
        self.dropped += self.pos
        self.text, self.pos = "".join(pieces), 0
        return True

    def go_to(self, pos: int) -> None:
        """Move forward to a place in ``text``."""
        self.line += self.text.count("\n", self.pos, pos)
        self.pos = pos

    def line_at(self, pos: int) -> int:
        """Line of a place ahead in ``text``."""
        return self.line + self.text.count("\n", self.pos, pos)

    def peek(self) -> str:
        """Skip white space and look at the next character; empty at the end of the text."""
        character = self.text[self.pos : self.pos + 1]
        if character > " ":
            return character
        while True:
            found = SPACE.match(self.text, self.pos)
            self.go_to(found.end() if found else self.pos)
            if self.pos < len(self.text):
                return self.text[self.pos]
            if not self.more():
                return ""

    def unread(self) -> int:
        """How many characters are in the window."""
        return len(self.text) - self.pos
