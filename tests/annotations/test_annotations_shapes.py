"""Every shape and encoding gives the same annotations."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dfec_explore.annotations import open_annotations, validate
from dfec_explore.errors import AnnotationFileError
from dfec_explore.model import Annotation, Rejected
from tests.annotations.annotation_writers import TEXTS, WRITERS, Record

Written = Callable[[str | bytes], Path]

RECORDS: list[Record] = [
    {"id": "0", "video": "DFEW/videos/1.mp4", "caption": 'He says "no", blinks;\nthen smiles.'},
    {"id": "a b", "video": "RAVDESS/data/x.mp4", "caption": "她皱眉 😀, ça\u2028va"},
]

letters = st.characters(exclude_categories=["Cs", "Cc"])
# White space around an answer of a conversation is trimmed.
captions = st.text(letters | st.just("\n"), min_size=1).map(str.strip).filter(bool)
records = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.text(letters, min_size=1).filter(str.strip),
            "video": st.from_regex(r"[A-Za-z0-9]{2,8}/[a-z0-9_]{1,8}\.mp4", fullmatch=True),
            "caption": captions,
        }
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda record: record["id"],
)


def read(path: Path) -> list[Annotation | Rejected]:
    return list(open_annotations(path))


def plain(annotation: Annotation | Rejected) -> tuple[str, str, str]:
    assert isinstance(annotation, Annotation), annotation
    return annotation.id, annotation.video, annotation.caption


@pytest.mark.parametrize("shape", WRITERS)
def test_annotations_every_shape_reads_the_same(shape: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    WRITERS[shape](path, RECORDS)
    assert [plain(record) for record in read(path)] == [tuple(record.values()) for record in RECORDS]


@pytest.mark.parametrize("shape", [*(f"{shape}, utf-8" for shape in TEXTS), "parquet"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=records)
def test_annotations_any_records_survive_every_shape(shape: str, written: list[Record], tmp_path: Path) -> None:
    path = tmp_path / "file"
    WRITERS[shape](path, written)
    expected = [(record["id"], record["video"], record["caption"]) for record in written]
    assert [plain(record) for record in read(path)] == expected


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("list, utf-8", "json"),
        ("list, gzip", "json+gzip"),
        ("lines, utf-16", "jsonl"),
        ("keyed, utf-8", "json-object"),
        ("wrapper, utf-8", "json-object"),
        ("sequence, utf-8", "json-sequence"),
        ("csv, utf-8", "csv"),
        ("semicolons, utf-8", "csv"),
        ("tsv, gzip", "tsv+gzip"),
        ("parquet", "parquet"),
        ("parquet, gzip", "parquet+gzip"),
    ],
)
def test_annotations_format_is_told_from_the_content(shape: str, expected: str, tmp_path: Path) -> None:
    path = tmp_path / "misleading.csv.gz.json"
    WRITERS[shape](path, RECORDS)
    assert open_annotations(path).format == expected


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_annotations_utf_16_without_a_mark_is_told_by_its_zeros(encoding: str, written: Written) -> None:
    path = written(json.dumps(RECORDS).encode(encoding))
    assert [plain(record)[0] for record in read(path)] == ["0", "a b"]


@pytest.mark.parametrize("name", ["data", "annotations", "samples"])
def test_annotations_wrapper_may_have_other_fields_on_both_sides(name: str, written: Written) -> None:
    path = written(json.dumps({"info": {"video": 3}, "n": [1], name: RECORDS, "licences": [{"id": 1}]}))
    assert [plain(record)[0] for record in read(path)] == ["0", "a b"]


@pytest.mark.parametrize("content", ["[]", " [ ]\n", "{}", '{"data": []}', "id,video,caption\n"])
def test_annotations_an_empty_collection_is_no_error(content: str, written: Written) -> None:
    report = validate(written(content))
    assert (report.records, report.accepted, report.exit_code) == (0, 0, 0)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf \n", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 9, "not text"),
        (b"hello world", "no records"),
        (b"42", "no records"),
        (b'"text"', "no records"),
        (b"[garbage", "no records"),
        (b"[", "no records"),
        (b"{", "no records"),
        (b'{"data": [', "no records"),
        (b"id,clip,text\n1,a,b\n", "no records"),
        (b"id,video,caption,caption\n", "'caption' occur twice"),
        (b"PAR1 and nothing else", "Parquet file is damaged"),
        (b"\x1f\x8b and nothing else", "nothing could be unpacked"),
    ],
)
def test_annotations_no_record_structure_is_an_error(content: bytes, problem: str, written: Written) -> None:
    with pytest.raises(AnnotationFileError, match=problem):
        validate(written(content))


def test_annotations_a_missing_file_and_a_folder_are_errors(tmp_path: Path) -> None:
    with pytest.raises(AnnotationFileError, match="No such file"):
        open_annotations(tmp_path / "missing.json")
    with pytest.raises(AnnotationFileError, match="Is a directory"):
        open_annotations(tmp_path)


def test_annotations_parquet_without_the_columns_names_those_it_has(tmp_path: Path) -> None:
    WRITERS["parquet"](tmp_path / "x", [{"clip": "a", "words": "b"}])
    with pytest.raises(AnnotationFileError, match="'clip', 'words'"):
        open_annotations(tmp_path / "x")


def test_annotations_other_fields_are_kept(written: Written) -> None:
    record = {"id": "1", "video": "A/b.mp4", "caption": "c", "source": {"fps": 25.0}, "tags": ["x", None]}
    (annotation,) = read(written(json.dumps([record])))
    assert isinstance(annotation, Annotation)
    assert annotation.extra == {"source": {"fps": 25.0}, "tags": ["x", None]}


def test_annotations_an_id_below_a_key_is_kept_as_another_field(written: Written) -> None:
    (annotation,) = read(written('{"k": {"id": 7, "video": "A/b.mp4", "caption": "c"}}'))
    assert annotation == Annotation("k", "A/b.mp4", "c", {"id": 7})


def test_annotations_a_table_keeps_newlines_quotes_and_other_columns(written: Written) -> None:
    path = written('\ufeffid, video,caption,note\r\n1,A/b.mp4,"He ""nods"",\r\nthen smiles.",=1+1\r\n\r\n')
    assert read(path) == [Annotation("1", "A/b.mp4", 'He "nods",\r\nthen smiles.', {"note": "=1+1"})]


def test_annotations_a_table_with_carriage_returns_alone(written: Written) -> None:
    assert read(written("id,video,caption\r1,A/b.mp4,c\r")) == [Annotation("1", "A/b.mp4", "c", {})]


def test_annotations_a_table_with_a_caption_longer_than_the_usual_limit(written: Written) -> None:
    caption = "x" * 500_000
    assert read(written(f"id,video,caption\n1,A/b.mp4,{caption}\n")) == [Annotation("1", "A/b.mp4", caption, {})]


def test_annotations_parquet_values_without_a_json_form_become_text(tmp_path: Path) -> None:
    from datetime import UTC, datetime
    from decimal import Decimal

    row = {
        "id": 7,
        "video": "A/b.mp4",
        "caption": "c",
        "at": datetime(2025, 1, 2, tzinfo=UTC),
        "share": Decimal("0.5"),
        "key": b"\x01\xff",
        "score": float("nan"),
    }
    WRITERS["parquet"](tmp_path / "x", [row])
    (annotation,) = read(tmp_path / "x")
    assert annotation == Annotation(
        "7",
        "A/b.mp4",
        "c",
        {"at": "2025-01-02T00:00:00+00:00", "share": "0.5", "key": "01ff", "score": None},
    )


def test_annotations_records_longer_than_a_piece_of_the_file_are_read(written: Written) -> None:
    long = [{"id": str(n), "video": f"A/{n}.mp4", "caption": f"{n} é" * 700_000} for n in range(3)]
    assert [plain(record)[2] for record in read(written(json.dumps(long)))] == [record["caption"] for record in long]
