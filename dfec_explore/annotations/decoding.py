"""From a file's bytes to text, chunk by chunk: gzip, byte order marks, UTF-16, and bytes that are no text."""

import codecs
import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from dfec_explore.annotations.raw import Notes

CHUNK = 1 << 18
"""Bytes that are read at once."""

GZIP_MAGIC = b"\x1f\x8b"
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file's bytes become text."""

    name: str
    mark: int = 0
    """Bytes of the byte order mark."""
    classic_mac: bool = False
    """Whether lines end with a carriage return alone."""


def is_gzipped(path: Path) -> bool:
    """Whether a file begins like gzip, whatever its name is."""
    with path.open("rb") as stream:
        return stream.read(2) == GZIP_MAGIC


def byte_chunks(path: Path, notes: Notes) -> Iterator[bytes]:
    """The bytes of a file, unpacked if it is gzipped, up to where the packed data breaks off."""
    with _opened(path) as stream:
        while True:
            try:
                # read1 hands out what was unpacked before a break; read would throw it away.
                chunk = stream.read1(CHUNK)  # type: ignore[attr-defined]
            except (EOFError, zlib.error, gzip.BadGzipFile):
                notes.damaged = True
                return
            if not chunk:
                return
            yield chunk


def head_bytes(path: Path) -> bytes:
    """The first bytes of a file, unpacked: ``CHUNK`` or a little more."""
    pieces: list[bytes] = []
    size = 0
    for chunk in byte_chunks(path, Notes()):
        pieces.append(chunk)
        size += len(chunk)
        if size >= CHUNK:
            break
    return b"".join(pieces)


def find_encoding(head: bytes) -> Encoding | None:
    """Tell the encoding from the first bytes of a file; None where they are no text."""
    for mark, name in BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return _with_newlines(Encoding(name, len(mark)), head)
    sample = head[:4096]
    zeros = sample.count(0)
    if zeros * 100 <= len(sample):
        return _with_newlines(Encoding("utf-8"), head)
    # Latin letters, and the marks of JSON in any language, have a zero as the higher of two bytes.
    first, second = sample[::2].count(0), sample[1::2].count(0)
    if second * 10 > len(sample) and first * 20 < second:
        return _with_newlines(Encoding("utf-16-le"), head)
    if first * 10 > len(sample) and second * 20 < first:
        return _with_newlines(Encoding("utf-16-be"), head)
    return None


def head_text(head: bytes, encoding: Encoding) -> str:
    """The text of a file's first bytes; a character that they cut in two is left out."""
    text = codecs.getincrementaldecoder(encoding.name)("replace").decode(head[encoding.mark :])
    return text.replace("\r", "\n") if encoding.classic_mac else text


def text_chunks(path: Path, encoding: Encoding, notes: Notes) -> Iterator[str]:
    """The text of a file, chunk by chunk; bytes that are no text become U+FFFD and are noted."""
    decoder = _CountingDecoder(encoding.name, notes)
    skip = encoding.mark
    for chunk in byte_chunks(path, notes):
        text = decoder.decode(chunk[skip:])
        skip = max(0, skip - len(chunk))
        yield text.replace("\r", "\n") if encoding.classic_mac else text
    if rest := decoder.decode(b"", final=True):
        yield rest


class _CountingDecoder:
    """Decodes strictly while it can, and counts the places where it cannot."""

    def __init__(self, name: str, notes: Notes) -> None:
        self._name, self._notes, self._line = name, notes, 1
        self._strict = codecs.getincrementaldecoder(name)("strict")
        self._lenient = codecs.getincrementaldecoder(name)("replace")

    def decode(self, data: bytes, *, final: bool = False) -> str:
        state = self._strict.getstate()
        try:
            text = self._strict.decode(data, final)
        except UnicodeDecodeError:
            self._lenient.setstate(state)
            text = self._lenient.decode(data, final)
            self._strict.setstate(self._lenient.getstate())
            self._note(text, state[0] + data)
        self._line += text.count("\n")
        return text

    def _note(self, text: str, data: bytes) -> None:
        written = data.decode(self._name, "ignore").count("\ufffd")
        self._notes.undecodable += text.count("\ufffd") - written
        if self._notes.undecodable_line is None:
            self._notes.undecodable_line = self._line + text.count("\n", 0, text.index("\ufffd"))


def _opened(path: Path) -> BinaryIO:
    return cast(BinaryIO, gzip.open(path, "rb")) if is_gzipped(path) else path.open("rb")


def _with_newlines(encoding: Encoding, head: bytes) -> Encoding:
    text = head_text(head, encoding)
    return Encoding(encoding.name, encoding.mark, classic_mac="\r" in text[:-1] and "\n" not in text)
