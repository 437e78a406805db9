"""Label files in Excel workbooks: read as the datasets lay them out, within bounds, and never worked out."""

import random
import struct
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from dfec_explore.sources import Labels, read_labels, workbooks

MAFW_EMOTIONS = [
    "anger",
    "disgust",
    "fear",
    "happiness",
    "neutral",
    "sadness",
    "surprise",
    "contempt",
    "anxiety",
    "helplessness",
    "disappointment",
]
DFEW_HEADER = ["1happy", "2sad", "3neutral", "4angry", "5surprise", "6disgust", "7fear", "clip name", "annotation"]


def workbook(path: Path, rows: Iterable[Sequence[Any]], *, others: Iterable[str] = ()) -> Path:
    """Write a workbook, as Excel would, with these rows on its first sheet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for title in others:
        made.create_sheet(title)
    made.save(path)
    return path


def with_part(path: Path, name: str, data: bytes) -> Path:
    """Put another content in the place of one part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in (parts | {name: data}).items():
            archive.writestr(part, content)
    return path


def emotions(labels: Labels) -> dict[str, tuple[str, ...]]:
    return {clip: label.emotions for clip, label in labels.by_clip.items()}


def problem(root: Path) -> str:
    labels = read_labels("MAFW", root)
    assert (labels.by_clip, labels.files) == ({}, [])
    (found,) = labels.problems
    return found


@pytest.fixture
def single(tmp_path: Path) -> Path:
    """The single labels of MAFW, of two clips."""
    rows = [["clip", *MAFW_EMOTIONS, "single_label"]]
    rows += [["00246.mp4", *[0.5] * 11, 1], ["00019.mp4", *[0.5] * 11, 11]]  # type: ignore[list-item]
    return workbook(tmp_path / "Labels" / "single-set.xlsx", rows)


def test_workbooks_of_dfew_leave_clips_without_a_single_label_out(tmp_path: Path) -> None:
    rows = [[9, 1, 0, 0, 0, 0, 0, 1, 1], [3, 3, 4, 0, 0, 0, 0, 2, 0], [0, 0, 0, 0, 0, 0, 10, "00900.mp4", 7]]
    file = workbook(tmp_path / "Annotation" / "annotation.xlsx", [DFEW_HEADER, *rows])
    labels = read_labels("DFEW", tmp_path)
    assert emotions(labels) == {"1": ("happiness",), "900": ("fear",)}
    label = labels.of("DFEW/videos/900.mp4")
    assert label is not None
    assert (label.emotion, label.file) == ("fear", file)


def test_workbooks_of_mafw_are_single_or_compound(tmp_path: Path, single: Path) -> None:
    rows = [["clip", *MAFW_EMOTIONS, "multi_label"], ["00246.mp4", *[0.5] * 11, "1,2"], [19, *[0.5] * 11, " 6, 11 "]]
    multi = workbook(tmp_path / "Labels" / "multi-set.xlsx", rows)
    labels = read_labels("MAFW", tmp_path)
    assert labels.files == [single, multi]
    assert emotions(labels) == {"00246": ("anger",), "00019": ("disappointment",)}
    assert labels.compounds["00246"].emotions == ("anger", "disgust")
    assert labels.compounds["00019"].emotions == ("disappointment", "sadness")


def test_workbooks_say_the_same_as_the_tables_saved_from_them(tmp_path: Path) -> None:
    chance = random.Random(5)
    rows = [[*[chance.randrange(4) for _ in range(7)], f"{clip}.mp4", chance.randrange(8)] for clip in range(1, 300)]
    workbook(tmp_path / "a" / "Annotation" / "annotation.xlsx", [DFEW_HEADER, *rows])
    table = tmp_path / "b" / "Annotation" / "annotation.csv"
    table.parent.mkdir(parents=True)
    table.write_text("\n".join(",".join(map(str, row)) for row in [DFEW_HEADER, *rows]))
    found = emotions(read_labels("DFEW", tmp_path / "a"))
    assert len(found) == sum(row[-1] > 0 for row in rows)
    assert found == emotions(read_labels("DFEW", tmp_path / "b"))


def test_workbooks_are_read_from_their_first_sheet_past_empty_rows_and_columns(tmp_path: Path) -> None:
    rows = [
        [],
        [None, "clip", None, "single_label"],
        [],
        [None, 246.0, None, 1.0],
        [None, "00247"],
        [None, None, None, 2],
    ]
    workbook(tmp_path / "Labels" / "single-set.xlsx", rows, others=["Notes"])
    assert emotions(read_labels("MAFW", tmp_path)) == {"00246": ("anger",)}


def test_workbooks_are_not_worked_out(tmp_path: Path) -> None:
    rows = [["clip", "single_label"], ["00246.mp4", "=1+1"], ["00247.mp4", 2], ['=HYPERLINK("x","00248")', 3]]
    path = workbook(tmp_path / "Labels" / "single-set.xlsx", rows)
    assert emotions(read_labels("MAFW", tmp_path)) == {"00247": ("disgust",)}
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    # A value that Excel saved beside its formula counts.
    assert b"<f>1+1</f><v />" in sheet or b"<f>1+1</f><v></v>" in sheet or b"<f>1+1</f><v/>" in sheet
    for empty in (b"<v />", b"<v></v>", b"<v/>"):
        sheet = sheet.replace(b"<f>1+1</f>" + empty, b"<f>1+1</f><v>7</v>")
    with_part(path, "xl/worksheets/sheet1.xml", sheet)
    assert emotions(read_labels("MAFW", tmp_path)) == {"00246": ("surprise",), "00247": ("disgust",)}


def test_workbooks_without_the_columns_are_told_of(tmp_path: Path) -> None:
    workbook(tmp_path / "Labels" / "single-set.xlsx", [["A", "B"], [1, 2]])
    assert problem(tmp_path) == "single-set.xlsx has no columns of a clip and its label; it has a, b."


@pytest.mark.parametrize("content", [b"", b"PK", b"clip,single_label\n00246.mp4,1\n", b"PK\3\4" + bytes(100)])
def test_workbooks_that_are_none_are_told_of(tmp_path: Path, single: Path, content: bytes) -> None:
    single.write_bytes(content)
    assert problem(tmp_path) == "single-set.xlsx is no workbook, or a damaged one; open it in Excel and save it anew."


def test_workbooks_with_a_password_are_told_of(tmp_path: Path, single: Path) -> None:
    single.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1000))
    assert problem(tmp_path) == (
        "single-set.xlsx has a password or is of an old kind; save it as .xlsx without a password."
    )


def test_workbooks_in_an_archive_with_a_password_are_told_of(tmp_path: Path, single: Path) -> None:
    content = bytearray(single.read_bytes())
    for start, place in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        at = content.find(start)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(start, at + 4)
    single.write_bytes(bytes(content))
    assert problem(tmp_path) == "single-set.xlsx has a password; save it as .xlsx without one."


def test_workbooks_that_unpack_to_too_much_are_told_of(
    tmp_path: Path, single: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "MAX_UNPACKED", 2 * 2**20)
    with_part(single, "xl/sharedStrings.xml", bytes(3 * 2**20))
    assert single.stat().st_size < 20_000
    assert problem(tmp_path) == "single-set.xlsx is no list of labels: it unpacks to more than 2 MB."


def test_workbooks_whose_directory_understates_a_part_are_not_believed(tmp_path: Path, single: Path) -> None:
    name, bomb = "xl/worksheets/sheet1.xml", b"<a>" + bytes(30 * 2**20)
    with_part(single, name, bomb)
    content = bytearray(single.read_bytes())
    at = content.rfind(b"PK\1\2", 0, content.rfind(name.encode()))
    struct.pack_into("<I", content, at + 24, 3)
    struct.pack_into("<I", content, at + 16, zipfile.crc32(bomb[:3]))
    single.write_bytes(bytes(content))
    assert problem(tmp_path) == "single-set.xlsx is no workbook, or a damaged one; open it in Excel and save it anew."


def test_workbooks_with_too_many_rows_or_parts_are_told_of(
    tmp_path: Path, single: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "MAX_ROWS", 2)
    assert problem(tmp_path) == "single-set.xlsx is no list of labels: its first sheet has more than 2 rows."
    monkeypatch.setattr(workbooks, "MAX_PARTS", 3)
    assert problem(tmp_path) == "single-set.xlsx is no list of labels: it has more than 3 parts."


def test_workbooks_that_claim_a_row_far_below_end(tmp_path: Path, single: Path) -> None:
    with zipfile.ZipFile(single) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    with_part(single, "xl/worksheets/sheet1.xml", sheet.replace(b'<row r="3"', b'<row r="99999999999"'))
    assert problem(tmp_path) == "single-set.xlsx is no list of labels: its first sheet has more than 1,000,000 rows."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_workbooks_with_entities_of_their_own_are_refused(tmp_path: Path, single: Path, encoding: str) -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]><x>&a8;</x>'
    with_part(single, "xl/sharedStrings.xml", text.encode(encoding))
    assert problem(tmp_path) == "single-set.xlsx is no workbook of Excel: it defines entities of its own."


def test_workbooks_that_are_damaged_are_read_or_told_of_but_never_raise(tmp_path: Path, single: Path) -> None:
    with zipfile.ZipFile(single) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    whole, chance, read = single.read_bytes(), random.Random(11), 0
    for number in range(200):
        # Every other one is damaged before it is packed: else its checksum tells at once.
        name = chance.choice(list(parts)) if number % 2 else None
        damaged = bytearray(parts[name] if name else whole)
        for _ in range(chance.randrange(1, 4)):
            start = chance.randrange(len(damaged) + 1)
            damaged[start : start + chance.randrange(9)] = chance.randbytes(chance.randrange(9))
        if name:
            made = BytesIO()
            with zipfile.ZipFile(made, "w") as archive:
                for part, content in (parts | {name: bytes(damaged)}).items():
                    archive.writestr(part, content)
            damaged = bytearray(made.getvalue())
        single.write_bytes(bytes(damaged))
        labels = read_labels("MAFW", tmp_path)
        assert len(labels.files) + len(labels.problems) == 1
        read += len(labels.files)
    assert 0 < read < 200


def test_workbooks_are_what_loads_openpyxl(single: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from dfec_explore.sources import read_labels; "
        "before = 'openpyxl' in sys.modules; read_labels('MAFW', Path(sys.argv[1])); "
        "print(before, 'openpyxl' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(single.parents[1])]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() == ["False", "True"]
