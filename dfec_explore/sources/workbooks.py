"""Rows of an Excel workbook (.xlsx), as text; a workbook is a stranger's archive, and is treated as one."""

import warnings
import zlib
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import IO, Any
from zipfile import BadZipFile, ZipFile, ZipInfo

MAX_UNPACKED = 128 * 2**20
"""Bytes of all parts together; the longest published list of labels, of 16,372 clips, unpacks to less than 10 MB."""
MAX_PARTS = 1_000
MAX_ROWS = 1_000_000
MAX_COLUMNS = 100
_COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
"""First bytes of Microsoft's compound files: what Excel wraps a workbook with a password in ([MS-OFFCRYPTO] 2.3)."""
_ENCRYPTED = 0x1


class UnreadWorkbook(Exception):
    """A workbook cannot be read; the text is the end of a sentence that begins with its name."""


def workbook_rows(content: bytes) -> list[tuple[str, ...]]:
    """Read the first sheet of a workbook.

    Formulas are not worked out: a cell has the value that was saved with it, or none.

    Args:
        content: of the file.

    Returns:
        The cells of each row that has any, as text, "" where a cell is empty; whole numbers without a point.

    Raises:
        UnreadWorkbook: it is damaged, has a password, is enormous or is no workbook.
    """
    from openpyxl import load_workbook  # Here, for few datasets have workbooks.

    parts = _repacked(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Of styles and extensions, which do not matter here.
        try:
            workbook = load_workbook(parts, read_only=True, data_only=True, keep_links=False)
            sheet = workbook.worksheets[0]
            sheet.reset_dimensions()  # What a sheet says of its own size is not believed.
            return list(_bounded(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)))
        except UnreadWorkbook:
            raise
        except Exception as error:  # Whatever openpyxl stumbles over in a damaged part: KeyError, TypeError, ...
            raise UnreadWorkbook("is no workbook, or a damaged one; open it in Excel and save it anew") from error


def _bounded(rows: Iterable[Sequence[Any]]) -> Iterator[tuple[str, ...]]:
    for number, row in enumerate(rows):
        if number >= MAX_ROWS:
            raise UnreadWorkbook(f"is no list of labels: its first sheet has more than {MAX_ROWS:,} rows")
        if row.count(None) < len(row):
            yield tuple(_text(value) for value in row)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return str(value)


def _repacked(content: bytes) -> BytesIO:
    """Unpack the XML parts of a workbook within bounds and return them as an archive whose directory can be trusted.

    Raises:
        UnreadWorkbook: it is no archive, has a password, or unpacks to too much.
    """
    if content.startswith(_COMPOUND_FILE):
        raise UnreadWorkbook("has a password or is of an old kind; save it as .xlsx without a password")
    sound, left = BytesIO(), MAX_UNPACKED
    try:
        with ZipFile(BytesIO(content)) as archive, ZipFile(sound, "w") as target:
            for part in _xml_parts(archive):
                with archive.open(part) as packed:
                    data = _within(packed, left)
                left -= len(data)
                target.writestr(part.filename, data)
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise UnreadWorkbook("is no workbook, or a damaged one; open it in Excel and save it anew") from error
    return sound


def _xml_parts(archive: ZipFile) -> list[ZipInfo]:
    """Return the parts that can hold text; pictures and macros are left where they are."""
    parts = {part.filename: part for part in archive.infolist() if part.filename.lower().endswith((".xml", ".rels"))}
    if len(parts) > MAX_PARTS:
        raise UnreadWorkbook(f"is no list of labels: it has more than {MAX_PARTS:,} parts")
    if any(part.flag_bits & _ENCRYPTED for part in parts.values()):
        raise UnreadWorkbook("has a password; save it as .xlsx without one")
    return list(parts.values())


def _within(packed: IO[bytes], left: int) -> bytes:
    """Read a part to its end, or to where it is too long: what the archive says of its length is not believed."""
    data = packed.read(left + 1)
    if len(data) > left:
        raise UnreadWorkbook(f"is no list of labels: it unpacks to more than {MAX_UNPACKED // 2**20} MB")
    if b"<!DOCTYPE" in data.replace(b"\0", b""):  # In UTF-16 as well.
        raise UnreadWorkbook("is no workbook of Excel: it defines entities of its own")
    return data
