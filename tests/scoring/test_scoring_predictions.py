"""Files of predictions: every shape gives the same records, and a bad record concerns no other."""

import gzip
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dfec_explore.errors import AnnotationFileError
from dfec_explore.scoring import read_predictions

SAID = [("1", "She blinks."), ("2", 'He "frowns", once;\ntwice.'), ("7", "Ünïcode, naïve…")]


def lines(records: object) -> str:
    assert isinstance(records, list)
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def rows(field: str, name: str = "id") -> list[dict[str, Any]]:
    return [{name: id_, field: text} for id_, text in SAID]


def table(field: str, delimiter: str) -> str:
    def quoted(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    return f"id{delimiter}{field}\n" + "".join(f"{id_}{delimiter}{quoted(text)}\n" for id_, text in SAID)


CONVERSATIONS = [
    {"id": id_, "conversations": [{"from": "human", "value": "<video>\nSay it."}, {"from": "gpt", "value": text}]}
    for id_, text in SAID
]

SHAPES = {
    "list of prediction": json.dumps(rows("prediction")),
    "list of caption": json.dumps(rows("caption")),
    "list of text": json.dumps(rows("text"), indent=2),
    "whole numbers as ids": json.dumps([{"id": int(id_), "text": text} for id_, text in SAID]),
    "lines of prediction": lines(rows("prediction")),
    "lines of text": lines(rows("text")),
    "object of texts": json.dumps(dict(SAID)),
    "object of lists of one text": json.dumps({id_: [text] for id_, text in SAID}),
    "object of records": json.dumps({id_: {"prediction": text} for id_, text in SAID}),
    "wrapper": json.dumps({"model": "m", "predictions": rows("prediction")}),
    "csv": table("prediction", ","),
    "csv of text": table("text", ","),
    "tsv": table("prediction", "\t"),
    "semicolons": table("caption", ";"),
    "conversations": json.dumps(CONVERSATIONS),
    "lines of conversations": lines(CONVERSATIONS),
}


@pytest.mark.parametrize("encode", ["utf-8", "utf-8-sig", "utf-16", "gzip"])
@pytest.mark.parametrize("shape", SHAPES)
def test_scoring_predictions_of_every_shape_are_read_alike(tmp_path: Path, shape: str, encode: str) -> None:
    path = tmp_path / "model.any"
    text = SHAPES[shape]
    path.write_bytes(gzip.compress(text.encode()) if encode == "gzip" else text.encode(encode))
    found = read_predictions(path)
    assert [(record.id, record.text) for record in found.records] == SAID
    assert found.rejected == ()


def test_scoring_predictions_take_one_record_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "model.jsonl"
    path.write_text('{"id": "1", "prediction": "She blinks."}\n', encoding="utf-8")
    assert [(r.id, r.text) for r in read_predictions(path).records] == [("1", "She blinks.")]


def test_scoring_predictions_the_models_words_go_before_a_copied_caption(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_text(json.dumps([{"id": "1", "caption": "the reference", "prediction": "the model"}]), encoding="utf-8")
    assert read_predictions(path).records[0].text == "the model"


def test_scoring_predictions_bad_records_are_listed_with_their_place_and_the_others_read(tmp_path: Path) -> None:
    path = tmp_path / "model.jsonl"
    bad = ['{"id": "2", "prediction": 7}', '{"prediction": "whose?"}', '{"id": "3"}', '{"id": "4", "predic', "[1]"]
    text = "\n".join(['{"id": "1", "prediction": "fine"}', *bad, '{"id": "6", "prediction": "also fine"}', ""])
    path.write_text(text, encoding="utf-8")
    found = read_predictions(path)
    assert [record.id for record in found.records] == ["1", "6"]
    assert [(record.line, record.id) for record in found.rejected] == [
        (2, "2"),
        (3, None),
        (4, "3"),
        (5, None),
        (6, None),
    ]
    reasons = [record.reason for record in found.rejected]
    assert reasons[0] == "The prediction is not text."
    assert reasons[1] == "The record has neither id nor video."
    assert reasons[2] == "The record has no caption, prediction or text."


@pytest.mark.parametrize("empty", [None, "", "  \n"])
def test_scoring_predictions_an_empty_one_is_an_answer(tmp_path: Path, empty: str | None) -> None:
    path = tmp_path / "model.json"
    path.write_text(json.dumps([{"id": "1", "prediction": empty}]), encoding="utf-8")
    assert [(r.id, r.text) for r in read_predictions(path).records] == [("1", "")]


def test_scoring_predictions_further_answers_of_a_conversation_are_numbered(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    turns = [{"from": "gpt", "value": "one"}, {"from": "gpt", "value": "two"}]
    path.write_text(json.dumps([{"video": "DFEW/1.mp4", "conversations": turns}]), encoding="utf-8")
    found = read_predictions(path).records
    assert [(r.id, r.video, r.text) for r in found] == [
        (None, "DFEW/1.mp4", "one"),
        ("DFEW/1.mp4#2", "DFEW/1.mp4", "two"),
    ]


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\x00\x01\x02\xff", b"just words\nand more\n", b"a,b\n1,2\n"])
def test_scoring_predictions_a_file_of_something_else_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.json"
    path.write_bytes(content)
    with pytest.raises(AnnotationFileError, match=r"model\.json"):
        read_predictions(path)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(st.sampled_from(["id", "video", "caption", "prediction", "text"]), JSON), max_size=6))
def test_scoring_predictions_any_records_are_read_or_listed_and_none_is_lost(
    tmp_path: Path, records: list[dict[str, Any]]
) -> None:
    path = tmp_path / "model.json"
    first = {"id": "first", "prediction": "read"}
    path.write_text(json.dumps([first, *records]), encoding="utf-8")
    found = read_predictions(path)
    assert len(found.records) + len(found.rejected) == 1 + len(records)
    assert found.records[0].text == "read"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_scoring_predictions_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.json"
    path.write_bytes(content)
    with suppress(AnnotationFileError):
        assert read_predictions(path).path == path
