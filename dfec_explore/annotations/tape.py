"""The exact text of a file, kept while a reader goes over it and until it is written out again."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from dfec_explore.annotations.decoding import BYTE_ORDER_MARKS, Encoding, byte_chunks
from dfec_explore.annotations.raw import Notes
from dfec_explore.errors import AnnotationFileError

ERRORS = {"utf-8": "surrogateescape"}
"""How bytes that are no text are carried through, by encoding; those of the others cannot be told apart again."""


class Tape:
    """Text that comes in as a reader asks for chunks, and goes out piece by piece, nothing left out."""

    def __init__(self, path: Path, encoding: Encoding) -> None:
        self._path, self._encoding = path, encoding
        self._text, self._place = "", 0
        """What has come in, and how much of it has gone out."""
        self.notes = Notes()
        self.taken = 0
        """Characters that have gone out."""
        self._lines = 0
        """Line ends among them."""

    def __iter__(self) -> Iterator[str]:
        """Chunks of the text as readers of records take them."""
        decoder = codecs.getincrementaldecoder(self._encoding.name)(self.errors)
        skip = self._encoding.mark
        for chunk in byte_chunks(self._path, self.notes):
            yield from self._kept(self._decoded(decoder, chunk[skip:]))
            skip = max(0, skip - len(chunk))
        yield from self._kept(self._decoded(decoder, b"", final=True))
        if self.notes.damaged:
            raise AnnotationFileError(self._path, "the file is damaged", "Write or copy it again.")

    @property
    def mark(self) -> bytes:
        """The byte order mark, where there is one."""
        for mark, name in BYTE_ORDER_MARKS:
            if self._encoding.mark and name == self._encoding.name:
                return mark
        return b""

    @property
    def errors(self) -> str:
        """How the text is to be encoded again."""
        return ERRORS.get(self._encoding.name, "surrogatepass")

    def up_to(self, place: int) -> str:
        """Take the text up to a character, counted from the beginning."""
        return self._take(self._place + place - self.taken)

    def lines_up_to(self, number: int) -> str:
        """Take the text up to the end of a line, counted from 1."""
        end = self._place
        for _ in range(number - self._lines):
            newline = self._text.find(self.newline, end)
            end = len(self._text) if newline < 0 else newline + 1
        return self._take(end)

    def rest(self) -> str:
        """Take the text that is left."""
        return self._take(len(self._text))

    @property
    def newline(self) -> str:
        """The character that ends a line."""
        return "\r" if self._encoding.classic_mac else "\n"

    def _kept(self, text: str) -> Iterator[str]:
        if text:
            self._text, self._place = self._text[self._place :] + text, 0
            yield text.replace("\r", "\n") if self._encoding.classic_mac else text

    def _take(self, end: int) -> str:
        piece = self._text[self._place : end]
        self._place += len(piece)
        self.taken += len(piece)
        self._lines += piece.count(self.newline)
        return piece

    def _decoded(self, decoder: codecs.IncrementalDecoder, data: bytes, *, final: bool = False) -> str:
        try:
            return decoder.decode(data, final)
        except UnicodeDecodeError as error:
            problem = f"it has bytes that are no text in {self._encoding.name.upper()}"
            raise AnnotationFileError(
                self._path, problem, "Mend them first: they could not be written back."
            ) from error
