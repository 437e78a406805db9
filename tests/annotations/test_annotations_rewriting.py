"""A file written again is the same but for the captions that change and the records that are left out."""

import gzip
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dfec_explore.annotations import Edit, Rewritten, open_annotations, rewrite_annotations, whole_file
from dfec_explore.annotations.rewriting import _Rewriting
from dfec_explore.annotations.shapes import find_shape
from dfec_explore.errors import AnnotationFileError
from dfec_explore.model import Annotation, Rejected
from tests.annotations.annotation_writers import ENCODINGS, TEXTS, WRITERS, Record

Outcomes = Sequence[Annotation | Rejected]

RECORDS: list[Record] = [
    {"id": "0", "video": "DFEW/videos/1.mp4", "caption": 'He says "no", blinks;\nthen smiles.'},
    {"id": "a b", "video": "RAVDESS/data/x.mp4", "caption": "她皱眉 😀, ça\u2028va"},
    {"id": "2", "video": "MAFW/clips/3.mp4", "caption": "She nods."},
]


def correct(new: dict[str, str]) -> Callable[[Outcomes], Edit]:
    """New captions by id."""

    def decide(outcomes: Outcomes) -> Edit:
        return Edit(
            captions={
                number: new[outcome.id]
                for number, outcome in enumerate(outcomes)
                if isinstance(outcome, Annotation) and outcome.id in new
            }
        )

    return decide


def without(*ids: str, rejects: bool = False) -> Callable[[Outcomes], Edit]:
    """Leave out records by id, and rejected ones."""

    def decide(outcomes: Outcomes) -> Edit:
        is_reject = any(isinstance(outcome, Rejected) for outcome in outcomes)
        return Edit(is_kept=not (rejects and is_reject) and all(outcome.id not in ids for outcome in outcomes))

    return decide


def unpacked(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def rewritten(data: bytes | str, tmp_path: Path, decide: Callable[[Outcomes], Edit]) -> bytes:
    source, target = tmp_path / "old", tmp_path / "new"
    source.write_bytes(data.encode() if isinstance(data, str) else data)
    rewrite_annotations(source, target, decide)
    return target.read_bytes()


letters = st.characters(exclude_categories=["Cs", "Cc"])
captions = st.text(letters | st.sampled_from('\n",;\t'), min_size=1).map(str.strip).filter(bool)


@pytest.mark.parametrize("shape", [f"{shape}, {encoding}" for shape in TEXTS for encoding in ENCODINGS])
def test_rewriting_changes_one_caption_and_nothing_else_in_every_shape(shape: str, tmp_path: Path) -> None:
    source, target, expected = tmp_path / "old", tmp_path / "new", tmp_path / "expected"
    WRITERS[shape](source, RECORDS)
    WRITERS[shape](expected, [RECORDS[0], RECORDS[1] | {"caption": 'Ça "va",\nokay'}, RECORDS[2]])
    done = rewrite_annotations(source, target, correct({"a b": 'Ça "va",\nokay'}))
    assert done == Rewritten(captions=1)
    assert unpacked(target) == unpacked(expected)
    assert (target.read_bytes()[:2] == b"\x1f\x8b") == shape.endswith(("gzip", "gzip utf-16"))


@pytest.mark.parametrize("shape", TEXTS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(old=st.lists(captions, min_size=1, max_size=4), new=captions, place=st.integers(0, 3))
def test_rewriting_writes_any_caption_as_the_shape_would(
    shape: str, old: list[str], new: str, place: int, tmp_path: Path
) -> None:
    records = [{"id": f"id {n}", "video": f"A/{n}.mp4", "caption": caption} for n, caption in enumerate(old)]
    changed = [record | ({"caption": new} if n == place else {}) for n, record in enumerate(records)]
    source, target = tmp_path / "old", tmp_path / "new"
    WRITERS[f"{shape}, utf-8"](source, records)
    rewrite_annotations(source, target, correct({f"id {place}": new}))
    assert [(r.id, r.caption) for r in open_annotations(target) if isinstance(r, Annotation)] == [
        (record["id"], record["caption"]) for record in changed
    ]


@pytest.mark.parametrize("left_out", [["0"], ["a b"], ["2"], ["0", "a b"], ["a b", "2"], ["0", "2"]])
@pytest.mark.parametrize("shape", [f"{shape}, {encoding}" for shape in TEXTS for encoding in ("utf-8", "utf-16")])
def test_rewriting_leaves_out_records_as_if_they_had_never_been_there(
    shape: str, left_out: list[str], tmp_path: Path
) -> None:
    source, target, expected = tmp_path / "old", tmp_path / "new", tmp_path / "expected"
    WRITERS[shape](source, RECORDS)
    WRITERS[shape](expected, [record for record in RECORDS if record["id"] not in left_out])
    done = rewrite_annotations(source, target, without(*left_out))
    assert done.left_out == len(left_out)
    assert target.read_bytes().rstrip() == expected.read_bytes().rstrip()


def test_rewriting_without_a_record_left_is_still_json(tmp_path: Path) -> None:
    source = json.dumps({"version": 1, "data": [{"id": "1", "video": "A/1.mp4", "caption": "x"}]}, indent=2)
    assert json.loads(rewritten(source, tmp_path, without("1"))) == {"version": 1, "data": []}


ODD = """\ufeff {"info" : {"by":"team", "n":1e3},\r
  "train":[ {"id":7,"caption":"Sm\\u00eele \\/ \\ud83d\\ude00" , "video":"A\\/1.mp4","z":[1, {"caption":"in here"}]}\t,
{"video":"A/2.mp4","note":"\\u00e9","id":"two","caption" :\t"He nods."},  ],
  "test" : [{"id":"3","video":"A/3.mp4","caption":"old"},{"id":"4","video":"A/4.mp4","caption":"é"}]
}\t
"""


def test_rewriting_keeps_odd_layout_escapes_and_the_byte_order_mark(tmp_path: Path) -> None:
    new = {"7": "Öl\n", "two": "Ça", "3": "new"}
    expected = (
        ODD.replace('"Sm\\u00eele \\/ \\ud83d\\ude00"', '"\\u00d6l\\n"')
        .replace('"He nods."', '"Ça"')
        .replace('"old"', '"new"')
    )
    assert rewritten(ODD, tmp_path, correct(new)).decode() == expected


@pytest.mark.parametrize(
    ("left_out", "train", "test"),
    [
        (("7",), ["two"], ["3", "4"]),
        (("7", "two"), [], ["3", "4"]),
        (("two", "3"), [7], ["4"]),
        (("3", "4"), [7, "two"], []),
    ],
)
def test_rewriting_keeps_every_list_of_a_wrapper(
    tmp_path: Path, left_out: tuple[str, ...], train: list[object], test: list[object]
) -> None:
    # Python's reader minds the comma behind the last record, which ours notes.
    clean = ODD.replace('"He nods."},  ]', '"He nods."}  ]').removeprefix("\ufeff")
    left = json.loads(rewritten(clean, tmp_path, without(*left_out)))
    assert ([r["id"] for r in left["train"]], [r["id"] for r in left["test"]]) == (train, test)
    assert left["info"] == {"by": "team", "n": 1000.0}


def test_rewriting_of_nothing_is_a_copy_to_the_byte(tmp_path: Path) -> None:
    packed = gzip.compress(ODD.encode(), compresslevel=1, mtime=12345)
    assert rewritten(packed, tmp_path, correct({"none": "x"})) == packed


def test_rewriting_copies_every_other_byte_even_where_nothing_can_be_read(tmp_path: Path) -> None:
    """Broken records, bytes that are no text, a record that is rejected, and text behind the end."""
    before = (
        b'[{"id":"1","video":"A/1.mp4","caption":"old"}, {"id":"2" "video"},'
        b'{"id":"1","video":"B/1.mp4","caption":"d"},'
        b'\n{"id":"3","video":"A/\xff.mp4","caption":"\xc3"},{"id":"4","video":"A/4.mp4","caption":"also"}] more'
    )
    after = rewritten(before, tmp_path, correct({"1": "new", "4": "fine"}))
    assert after == before.replace(b'"old"', b'"new"').replace(b'"also"', b'"fine"')


def test_rewriting_lines_keeps_blank_and_broken_ones_and_their_ends(tmp_path: Path) -> None:
    before = (
        '\r\n  {"id":"1","video":"A/1.mp4","caption":"old"} \r\n{broken\n\n{"id":"2","video":"A/2.mp4","caption":"é"}'
    )
    after = rewritten(before, tmp_path, correct({"1": "new", "2": "è"})).decode()
    assert after == before.replace("old", "new").replace('"é"', '"è"')
    assert (
        rewritten(before, tmp_path, without("1")).decode() == before.split("\n", 2)[0] + "\n" + before.split("\n", 2)[2]
    )


def test_rewriting_a_table_changes_one_cell(tmp_path: Path) -> None:
    before = (
        'note; id ;"caption";video\r\n"a; ""b""";1;plain;A/1.mp4\r\n\r\n'
        'x;2;"quo\nted";A/2.mp4\r\n"broken" row;3;x;A/3.mp4\r\n;4;"";A/4.mp4\r\nlast;5;"five";A/5.mp4'
    )
    after = rewritten(before, tmp_path, correct({"1": 'now; "quoted"', "2": "plain", "5": "no end"})).decode()
    assert after == (
        before.replace(";plain;", ';"now; ""quoted""";').replace('"quo\nted"', '"plain"').replace('"five"', '"no end"')
    )
    kept = rewritten(before, tmp_path, without("1", "5", rejects=True)).decode()
    assert kept == 'note; id ;"caption";video\r\n\r\nx;2;"quo\nted";A/2.mp4\r\n'


def test_rewriting_a_table_with_the_line_ends_of_old_macs(tmp_path: Path) -> None:
    before = "id,video,caption\r1,A/1.mp4,one\r2,A/2.mp4,two\r"
    after = rewritten(before, tmp_path, correct({"2": "two\nlines"}))
    assert after == b'id,video,caption\r1,A/1.mp4,one\r2,A/2.mp4,"two\rlines"\r'
    assert [r.caption for r in open_annotations(tmp_path / "new") if isinstance(r, Annotation)] == ["one", "two\nlines"]


def turns(*answers: str) -> list[dict[str, str]]:
    human = {"from": "human", "value": "<video>\nWhat happens?"}
    return [turn for answer in answers for turn in (human, {"from": "gpt", "value": answer})]


CONVERSATIONS = [
    {"id": "1", "video": "A/1.mp4", "conversations": turns("<video>\n She nods. ", "He blinks.")},
    {"video": "A/2.mp4", "conversations": turns("Left <image> right.", "Fine.")},
]


@pytest.mark.parametrize("shape", ["lines", "indented list", "parquet"])
def test_rewriting_changes_one_turn_of_a_conversation(shape: str, tmp_path: Path) -> None:
    source, target, expected = tmp_path / "old", tmp_path / "new", tmp_path / "expected"
    write = WRITERS["parquet" if shape == "parquet" else f"{shape}, utf-8"]
    write(source, CONVERSATIONS)
    write(
        expected,
        [{**CONVERSATIONS[0], "conversations": turns("<video>\n She frowns. ", "He winks.")}, CONVERSATIONS[1]],
    )
    new = {"1": "She frowns.", "1#2": "He winks.", "A/2.mp4": "Nobody can tell where the picture goes."}
    done = rewrite_annotations(source, target, correct(new))
    assert (done.captions, done.unplaced) == (2, ["A/2.mp4"])
    if shape == "parquet":
        assert pq.read_table(target).equals(pq.read_table(expected), check_metadata=True)
    else:
        assert target.read_bytes() == expected.read_bytes()


@pytest.fixture
def parquet_file(tmp_path: Path) -> Path:
    table = pa.table(
        {
            "video": [f"A/{n}.mp4" for n in range(10)],
            "caption": pa.array([f"caption {n % 3}" for n in range(10)]).dictionary_encode(),
            "score": pa.array([None, *range(9)], pa.decimal128(5, 2)),
            "id": pa.array(range(10), pa.int32()),
        }
    ).replace_schema_metadata({"made by": "team"})
    path = tmp_path / "old.parquet"
    pq.write_table(
        table, path, row_group_size=4, compression={"video": "gzip", "caption": "zstd", "score": "none", "id": "snappy"}
    )
    return path


@pytest.mark.parametrize("gzipped", [False, True])
def test_rewriting_parquet_changes_one_column_and_keeps_the_rest(parquet_file: Path, gzipped: bool) -> None:
    if gzipped:
        parquet_file.write_bytes(gzip.compress(parquet_file.read_bytes()))
    target = parquet_file.with_name("new.parquet")
    assert rewrite_annotations(parquet_file, target, correct({"1": "new", "9": "last"})).captions == 2
    target.write_bytes(unpacked(target))
    parquet_file.write_bytes(unpacked(parquet_file))
    old, new = pq.ParquetFile(parquet_file), pq.ParquetFile(target)
    before, after = old.read(), new.read()
    assert after.schema.equals(before.schema, check_metadata=True)
    assert after.drop_columns("caption").equals(before.drop_columns("caption"))
    expected = [f"caption {n % 3}" for n in range(10)]
    expected[1], expected[9] = "new", "last"
    assert after["caption"].to_pylist() == expected
    groups = [(old.metadata.row_group(n), new.metadata.row_group(n)) for n in range(3)]
    assert [group.num_rows for _, group in groups] == [4, 4, 2]
    assert [[g.column(c).compression for c in range(4)] for g in groups[0]] == [
        ["GZIP", "ZSTD", "UNCOMPRESSED", "SNAPPY"]
    ] * 2


def test_rewriting_parquet_leaves_out_rows(parquet_file: Path) -> None:
    target = parquet_file.with_name("new.parquet")
    assert rewrite_annotations(parquet_file, target, without("0", "4", "5", "6", "7")).left_out == 5
    assert pq.read_table(target)["id"].to_pylist() == [1, 2, 3, 8, 9]
    rewrite_annotations(parquet_file, target, correct({}))
    assert target.read_bytes() == parquet_file.read_bytes()


def test_rewriting_a_long_file_piece_by_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of 50 bytes cut every token, escape and character in two somewhere."""
    monkeypatch.setattr("dfec_explore.annotations.decoding.CHUNK", 50)
    records = [{"id": str(n), "video": f"A/{n}.mp4", "caption": f'She "nods" {n} 😀 ünd'} for n in range(40)]
    changed = [r | {"caption": "😀"} if r["id"] in ("3", "17") else r for r in records if r["id"] != "9"]
    both = correct({"3": "😀", "17": "😀"})

    def decide(outcomes: Outcomes) -> Edit:
        return Edit(outcomes[0].id != "9", both(outcomes).captions)

    source, target, expected = tmp_path / "old", tmp_path / "new", tmp_path / "expected"
    for shape in TEXTS:
        WRITERS[f"{shape}, utf-8"](source, records)
        WRITERS[f"{shape}, utf-8"](expected, changed)
        rewrite_annotations(source, target, decide)
        assert open_as_pairs(target) == open_as_pairs(expected), shape


@pytest.mark.parametrize("shape", [f"{shape}, {encoding}" for shape in TEXTS for encoding in ("utf-8", "utf-16")])
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_rewriting_keeps_every_byte_of_a_spoilt_file(shape: str, tmp_path: Path, data: st.DataObject) -> None:
    """The text itself goes through, where a whole file without changes would be copied."""
    source = tmp_path / "old"
    WRITERS[shape](source, RECORDS)
    spoilt = bytearray(source.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(spoilt) - 1), max_size=4)):
        spoilt[place : place + data.draw(st.integers(0, 5))] = data.draw(st.binary(max_size=3))
    source.write_bytes(spoilt)
    out = io.BytesIO()
    try:
        _Rewriting(source, find_shape(source), lambda outcomes: Edit())._write_text(out)
    except AnnotationFileError:
        return
    assert out.getvalue() == spoilt


def open_as_pairs(path: Path) -> list[Any]:
    return [(r.id, r.caption) if isinstance(r, Annotation) else r for r in open_annotations(path)]


def test_rewriting_refuses_to_leave_out_records_of_broken_json(tmp_path: Path) -> None:
    with pytest.raises(AnnotationFileError, match="its JSON is broken at line 2"):
        rewritten('[{"id":"1","video":"A/1.mp4","caption":"x"},\n{"id" 2}]', tmp_path, without("1", rejects=True))
    assert not (tmp_path / "new").exists()


def test_rewriting_refuses_to_write_over_its_source(tmp_path: Path) -> None:
    source = tmp_path / "old"
    WRITERS["list, utf-8"](source, RECORDS)
    before = source.read_bytes()
    with pytest.raises(AnnotationFileError, match="the new file has the name of the old one"):
        rewrite_annotations(source, source, correct({"0": "x"}))
    (tmp_path / "link").hardlink_to(source)
    with pytest.raises(AnnotationFileError, match="the new file has the name of the old one"):
        rewrite_annotations(source, tmp_path / "link", correct({"0": "x"}))
    assert source.read_bytes() == before


def test_rewriting_refuses_what_it_could_not_write_back(tmp_path: Path) -> None:
    data = ENCODINGS["utf-16"](TEXTS["list"](RECORDS)) + b"\x00"
    with pytest.raises(AnnotationFileError, match="bytes that are no text in UTF-16-LE"):
        rewritten(data, tmp_path, correct({"0": "x"}))
    packed = gzip.compress(TEXTS["lines"](RECORDS * 1).encode())[:-12]
    with pytest.raises(AnnotationFileError, match="the file is damaged"):
        rewritten(packed, tmp_path, correct({"0": "x"}))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["old"]


def test_rewriting_that_fails_leaves_the_old_target(tmp_path: Path) -> None:
    source, target = tmp_path / "old", tmp_path / "new"
    WRITERS["list, utf-8"](source, RECORDS)
    target.write_text("there before", encoding="utf-8")

    def fail(outcomes: Outcomes) -> Edit:
        raise KeyError("whatever")

    with pytest.raises(KeyError):
        rewrite_annotations(source, target, fail)
    assert target.read_text(encoding="utf-8") == "there before"
    with pytest.raises(AnnotationFileError, match="the file cannot be written"):
        rewrite_annotations(source, tmp_path / "no folder" / "new", correct({}))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "old"]


def test_whole_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with whole_file(path) as stream:
        stream.write(b"half")
        assert not path.exists()
    assert path.read_bytes() == b"half"
