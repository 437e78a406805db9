"""The report: its form, its warnings, and the released file."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from dfec_explore.annotations import fingerprint, open_annotations, validate
from dfec_explore.annotations.report import MAX_EXAMPLES
from dfec_explore.errors import AnnotationFileError
from dfec_explore.model import Annotation, caption_hash
from dfec_explore.sources import source_of

Written = Callable[[str | bytes], Path]


def records(*videos: str) -> str:
    return json.dumps([{"id": str(n), "video": video, "caption": "c"} for n, video in enumerate(videos)])


def test_annotations_report_has_the_documented_form(written: Written) -> None:
    content = '[{"id": "1", "video": "DFEW/1.mp4", "caption": "c"},\n 7]'
    path = written(content)
    assert validate(path).to_json_dict() == {
        "file": str(path),
        "format": "json",
        "records": 2,
        "accepted": 1,
        "rejected": [
            {"index": 1, "id": None, "reason": "The record is not an object with fields.", "value": "7", "line": 2}
        ],
        "warnings": [],
        "fingerprint": f"sha256:{hashlib.sha256(content.encode()).hexdigest()}",
    }


def test_annotations_fingerprint_of_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AnnotationFileError, match="No such file"):
        fingerprint(tmp_path / "missing")


def test_annotations_report_after_half_an_iteration_covers_the_whole_file(written: Written) -> None:
    file = open_annotations(written(records("DFEW/1.mp4", "DFEW/2.mp4")))
    next(iter(file))
    assert file.report().records == 2


def test_annotations_iterating_twice_gives_the_same(written: Written) -> None:
    file = open_annotations(written(records("DFEW/1.mp4", "DFEW/2.mp4")))
    assert list(file) == list(file)
    assert file.report().accepted == 2


def test_annotations_a_video_used_twice_is_a_warning_with_both_ids(written: Written) -> None:
    report = validate(written(records("DFEW/1.mp4", "DFEW/2.mp4", "DFEW/1.mp4")))
    assert [warning.to_json_dict() for warning in report.warnings] == [
        {
            "kind": "video-used-twice",
            "message": "2 records have the same video DFEW/1.mp4: ids 0, 2.",
            "count": 2,
            "ids": ["0", "2"],
        }
    ]
    assert report.exit_code == 0


def test_annotations_many_videos_used_twice_are_counted(written: Written) -> None:
    videos = [f"DFEW/{n}.mp4" for n in range(MAX_EXAMPLES + 5)]
    warnings = validate(written(records(*videos, *videos))).warnings
    assert len(warnings) == MAX_EXAMPLES + 1
    assert warnings[-1].message == "5 further records have the video of an earlier one."


def test_annotations_an_unknown_source_is_one_warning_with_its_count(written: Written) -> None:
    report = validate(written(records("Team/1.mp4", "CAER/2.mp4", "Team/3.mp4", "4.mp4")))
    assert [(warning.kind, warning.count, warning.message) for warning in report.warnings] == [
        ("unknown-source", 2, "Team (2 records) is not one of the known sources."),
        ("unknown-source", 1, "CAER (1 record) is not one of the known sources. CAER_mp4 may be meant."),
        ("unknown-source", 1, "The source of 1 record is unknown: the video path has no folder."),
    ]


def test_annotations_many_unknown_sources_are_counted(written: Written) -> None:
    warnings = validate(written(records(*(f"{n}/1.mp4" for n in range(1200))))).warnings
    assert len(warnings) == MAX_EXAMPLES + 1
    assert warnings[-1].message == f"{1200 - MAX_EXAMPLES:,} records of further unknown sources."


def test_annotations_half_a_surrogate_pair_is_replaced_with_a_warning(written: Written) -> None:
    content = r'[{"id": "a", "video": "DFEW/1.mp4", "caption": "x\ud83dy \ud83d\ude00", "n": {"\udc00": ["\udfff"]}}]'
    file = open_annotations(written(content))
    (annotation,) = file
    assert annotation == Annotation("a", "DFEW/1.mp4", "x\ufffdy 😀", {"n": {"\ufffd": ["\ufffd"]}})
    assert caption_hash(annotation.caption)
    (warning,) = file.report().warnings
    assert (warning.kind, warning.count, warning.ids) == ("lone-surrogates", 1, ("a",))


def test_annotations_a_reject_with_half_a_surrogate_pair_can_be_written(written: Written) -> None:
    (rejected,) = validate(written(r'{"k\ud800": 1, "l": {"video": "A/b.mp4", "caption": "c"}}')).rejected
    assert (rejected.id, rejected.value) == ("k\ufffd", "1")


def test_annotations_bytes_that_are_no_text_are_replaced_with_a_warning(written: Written) -> None:
    content = '[\n{"id": "a", "video": "DFEW/1.mp4", "caption": "é\ufffd?x?"}]'.encode().replace(b"?", b"\xe9")
    file = open_annotations(written(content))
    (annotation,) = file
    assert isinstance(annotation, Annotation)
    assert annotation.caption == "é\ufffd\ufffdx\ufffd"
    (warning,) = file.report().warnings
    assert (warning.kind, warning.count) == ("undecodable-bytes", 2)
    assert "first in line 2" in warning.message


@pytest.mark.parametrize(("content", "line"), [("[{},\n{},\n]", 3), ("[{}\n{}]", 2)])
def test_annotations_a_comma_too_many_or_too_few_is_a_warning(content: str, line: int, written: Written) -> None:
    report = validate(
        written(
            content.replace("{}", '{"id": "a", "video": "DFEW/1.mp4", "caption": "c"}', 1).replace(
                "{}", '{"id": "b", "video": "DFEW/2.mp4", "caption": "c"}'
            )
        )
    )
    assert (report.accepted, report.exit_code) == (2, 0)
    assert [(warning.kind, warning.count) for warning in report.warnings] == [("loose-commas", 1)]
    assert f"first in line {line}" in report.warnings[0].message


@pytest.mark.data
def test_annotations_the_released_file_is_accepted_whole(test_data: Path) -> None:
    file = open_annotations(test_data / "dfec" / "test.json")
    sources = Counter(source_of(record.video) for record in file if isinstance(record, Annotation))
    report = file.report()
    assert (report.format, report.records, report.accepted, report.rejected) == ("json", 800, 800, ())
    assert report.warnings == ()
    assert len(sources) == 7


@pytest.mark.data
def test_annotations_the_released_file_reads_as_pythons_json_does(test_data: Path) -> None:
    path = test_data / "dfec" / "test.json"
    expected = json.loads(path.read_text(encoding="utf-8"))
    assert [
        {"id": record.id, "video": record.video, "caption": record.caption}
        for record in open_annotations(path)
        if isinstance(record, Annotation)
    ] == expected
