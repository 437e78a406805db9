"""Whatever a file holds, reading it ends in a report or in an error that says what is wrong."""

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dfec_explore.annotations import validate
from dfec_explore.errors import AnnotationFileError
from tests.annotations.annotation_writers import WRITERS

CAPTION = 'He "blinks" {} times;\nthen 她皱眉.'
RECORDS = [{"id": str(n), "video": f"DFEW/videos/{n}.mp4", "caption": CAPTION.format(n)} for n in range(4)]
PIECES = [b"", b"{", b"}", b"[", b"]", b'"', b",", b":", b"\\", b"\\u", b"\\ud800", b"\n", b"\r", b"\0", b"\xff"]
PIECES += [b"\xc3", b"NaN", b"-", b"1e999", b"9" * 5000, b"[" * 3000, b'{"a":' * 3000, b"true", b"\x1f\x8b", b"PAR1"]
ENDINGS = (", utf-8", ", gzip", "parquet")
fuzz = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def check(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    try:
        report = validate(path)
    except AnnotationFileError:
        return
    assert report.records == report.accepted + len(report.rejected)
    assert report.exit_code == bool(report.rejected)
    assert all(record.reason for record in report.rejected)
    repr(report.to_json_dict()).encode("utf-8")


@fuzz
@given(content=st.binary(max_size=400))
@example(content=b'{"a": 1} {')
@example(content=b'{{"a": 1, "a": 2}: 1}')
@example(content=b'{"' + b'\\"' * 50)
def test_annotations_any_bytes_end_in_a_report_or_an_error(content: bytes, tmp_path: Path) -> None:
    check(tmp_path / "x", content)
    check(tmp_path / "x", gzip.compress(content))


@fuzz
@given(content=st.lists(st.sampled_from([*PIECES, b'"id"', b'"video"', b'"caption"', b'"data"', b" "]), max_size=40))
def test_annotations_any_pieces_of_json_end_in_a_report_or_an_error(content: list[bytes], tmp_path: Path) -> None:
    check(tmp_path / "x", b"".join(content))


SHAPES = [name for name in WRITERS if name.endswith(ENDINGS)]
damage = given(
    changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), st.sampled_from(PIECES)), min_size=1, max_size=4),
    keep=st.just(1.0) | st.floats(0, 1),
)


def check_damaged(shape: str, changes: list[tuple[float, int, bytes]], keep: float, folder: Path) -> None:
    WRITERS[shape](folder / "whole", RECORDS)
    content = (folder / "whole").read_bytes()
    for where, removed, piece in changes:
        place = int(where * len(content))
        content = content[:place] + piece + content[place + removed :]
    check(folder / "x", content[: int(keep * len(content))])


@pytest.mark.parametrize("shape", SHAPES)
@settings(fuzz, max_examples=20)
@damage
def test_annotations_a_damaged_file_ends_in_a_report_or_an_error(
    shape: str, changes: list[tuple[float, int, bytes]], keep: float, tmp_path: Path
) -> None:
    check_damaged(shape, changes, keep, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
@settings(fuzz, max_examples=1000)
@damage
def test_annotations_many_damaged_files_end_in_a_report_or_an_error(
    shape: str, changes: list[tuple[float, int, bytes]], keep: float, tmp_path: Path
) -> None:
    check_damaged(shape, changes, keep, tmp_path)
