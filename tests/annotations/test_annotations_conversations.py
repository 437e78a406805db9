"""Records of instruction tuning."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dfec_explore.annotations import Reason, open_annotations, validate
from dfec_explore.model import Annotation, Rejected

Written = Callable[[str | bytes], Path]


def turns(*answers: Any) -> list[dict[str, Any]]:
    return [
        turn
        for answer in answers
        for turn in ({"from": "human", "value": "<video>\nWhat happens?"}, {"from": "gpt", "value": answer})
    ]


def read(path: Path) -> list[Annotation | Rejected]:
    return list(open_annotations(path))


def test_annotations_the_models_turn_is_the_caption_without_media_tags(written: Written) -> None:
    record = {"video": "A/b.mp4", "conversations": turns("<video>\n She nods. <image>"), "task": 3}
    assert read(written(json.dumps([record]))) == [
        Annotation("A/b.mp4", "A/b.mp4", "She nods.", {"conversations": record["conversations"], "task": 3})
    ]


def test_annotations_further_answers_are_numbered(written: Written) -> None:
    records = [
        {"video": "A/b.mp4", "conversations": turns("one", "two")},
        {"id": 5, "video": "A/c.mp4", "conversations": turns("x", "y")},
        {"video": "A/b.mp4", "conversations": turns("three")},
    ]
    found = [
        (record.id, record.caption) for record in read(written(json.dumps(records))) if isinstance(record, Annotation)
    ]
    assert found == [("A/b.mp4", "one"), ("A/b.mp4#2", "two"), ("5", "x"), ("5#2", "y"), ("A/b.mp4#3", "three")]


def test_annotations_answers_of_one_record_are_no_second_use_of_the_video(written: Written) -> None:
    report = validate(written(json.dumps([{"video": "DFEW/b.mp4", "conversations": turns("one", "two")}])))
    assert (report.records, report.accepted, report.warnings) == (2, 2, ())


def test_annotations_a_record_with_a_caption_is_no_conversation(written: Written) -> None:
    record = {"id": "1", "video": "A/b.mp4", "caption": "own", "conversations": turns("other")}
    (annotation,) = read(written(json.dumps([record])))
    assert isinstance(annotation, Annotation)
    assert annotation.caption == "own"


def test_annotations_faulty_conversations_are_rejected_with_the_reason(written: Written) -> None:
    records = [
        {"id": "0", "video": "A/0.mp4", "conversations": "She nods."},
        {"id": "1", "video": "A/1.mp4", "conversations": [{"from": "gpt"}]},
        {"id": "2", "video": "A/2.mp4", "conversations": [{"from": "human", "value": "?"}]},
        {"id": "3", "video": "A/3.mp4", "conversations": turns(7)},
        {"id": "4", "video": "A/4.mp4", "conversations": turns("<video>")},
        {"video": "../4.mp4", "conversations": turns("x")},
        {"conversations": turns("x")},
    ]
    rejected = validate(written(json.dumps(records))).rejected
    assert [(record.index, record.id, record.reason) for record in rejected] == [
        (0, "0", Reason.CONVERSATION_TYPE),
        (1, "1", Reason.CONVERSATION_TYPE),
        (2, "2", Reason.NO_ANSWER),
        (3, "3", Reason.CAPTION_TYPE),
        (4, "4", Reason.EMPTY_CAPTION),
        (5, None, Reason.CLIMBING_VIDEO),
        (6, None, Reason.NO_VIDEO),
    ]
