"""Records that are not accepted: each with its place and its reason, and the rest of the file loads."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dfec_explore.annotations import Reason, ValidationReport, validate
from tests.annotations.annotation_writers import write_parquet

Written = Callable[[str | bytes], Path]

GOOD = {"id": "good", "video": "DFEW/videos/1.mp4", "caption": "He blinks."}
MISSING = object()


def without(name: str) -> dict[str, Any]:
    return {field: value for field, value in GOOD.items() if field != name}


def rejects(report: ValidationReport) -> list[tuple[int, int | None, str]]:
    return [(record.index, record.line, record.reason) for record in report.rejected]


@pytest.mark.parametrize(
    ("record", "name", "reason", "value"),
    [
        (without("id"), None, Reason.NO_ID, '{"video": "DFEW/videos/1.mp4", "caption": "He blinks."}'),
        (
            {**GOOD, "id": None},
            None,
            Reason.NO_ID,
            '{"id": null, "video": "DFEW/videos/1.mp4", "caption": "He blinks."}',
        ),
        ({**GOOD, "id": ""}, None, Reason.EMPTY_ID, ""),
        ({**GOOD, "id": " \t"}, None, Reason.EMPTY_ID, " \t"),
        ({**GOOD, "id": True}, None, Reason.ID_TYPE, "true"),
        ({**GOOD, "id": 1.0}, None, Reason.ID_TYPE, "1.0"),
        ({**GOOD, "id": ["a"]}, None, Reason.ID_TYPE, '["a"]'),
        ({**GOOD, "id": {"a": 1}}, None, Reason.ID_TYPE, '{"a": 1}'),
        (without("caption"), "good", Reason.NO_CAPTION, '{"id": "good", "video": "DFEW/videos/1.mp4"}'),
        ({**GOOD, "caption": ""}, "good", Reason.EMPTY_CAPTION, ""),
        ({**GOOD, "caption": " \n\u2003"}, "good", Reason.EMPTY_CAPTION, " \n\u2003"),
        ({**GOOD, "caption": 5}, "good", Reason.CAPTION_TYPE, "5"),
        ({**GOOD, "caption": ["He blinks."]}, "good", Reason.CAPTION_TYPE, '["He blinks."]'),
        (without("video"), "good", Reason.NO_VIDEO, '{"id": "good", "caption": "He blinks."}'),
        ({**GOOD, "video": " "}, "good", Reason.EMPTY_VIDEO, " "),
        ({**GOOD, "video": False}, "good", Reason.VIDEO_TYPE, "false"),
        ("text", None, Reason.NOT_AN_OBJECT, "text"),
        (None, None, Reason.NOT_AN_OBJECT, "null"),
        ([1, 2], None, Reason.NOT_AN_OBJECT, "[1, 2]"),
    ],
)
def test_annotations_reject(record: Any, name: str | None, reason: Reason, value: str, written: Written) -> None:
    report = validate(written(json.dumps([record, {**GOOD, "id": "other"}])))
    (rejected,) = report.rejected
    assert (rejected.index, rejected.line, rejected.id, rejected.reason) == (0, 1, name, reason)
    assert rejected.value == value
    assert (report.records, report.accepted, report.exit_code) == (2, 1, 1)


@pytest.mark.parametrize(
    ("video", "reason"),
    [
        ("/etc/passwd", Reason.ABSOLUTE_VIDEO),
        ("//server/share/x.mp4", Reason.ABSOLUTE_VIDEO),
        ("C:/x.mp4", Reason.ABSOLUTE_VIDEO),
        ("c:x.mp4", Reason.ABSOLUTE_VIDEO),
        ("file:///etc/passwd", Reason.ABSOLUTE_VIDEO),
        ("https://example.org/x.mp4", Reason.ABSOLUTE_VIDEO),
        ("..", Reason.CLIMBING_VIDEO),
        ("../x.mp4", Reason.CLIMBING_VIDEO),
        ("DFEW/../../x.mp4", Reason.CLIMBING_VIDEO),
        ("DFEW/..", Reason.CLIMBING_VIDEO),
        ("DFEW/.. /x.mp4", Reason.CLIMBING_VIDEO),
        ("DFEW\\videos\\1.mp4", Reason.VIDEO_CHARACTERS),
        ("..\\x.mp4", Reason.VIDEO_CHARACTERS),
        ("\\\\server\\x.mp4", Reason.VIDEO_CHARACTERS),
        ("DFEW/x.mp4\0.txt", Reason.VIDEO_CHARACTERS),
    ],
)
def test_annotations_reject_a_video_out_of_bounds(video: str, reason: Reason, written: Written) -> None:
    report = validate(written(json.dumps([{**GOOD, "video": video}])))
    assert [(record.reason, record.value) for record in report.rejected] == [(reason, video)]


@pytest.mark.parametrize(
    "video",
    ["DFEW/..x/1.mp4", "DFEW/x..mp4", "DFEW/a:b.mp4", "./DFEW/1.mp4", "DFEW/...", "~/x.mp4", "DFEW/%2e%2e/x.mp4"],
)
def test_annotations_accept_a_video_with_odd_but_harmless_names(video: str, written: Written) -> None:
    assert validate(written(json.dumps([{**GOOD, "video": video}]))).accepted == 1


def test_annotations_a_whole_number_as_id_becomes_text_and_collides_with_it(written: Written) -> None:
    report = validate(written(json.dumps([{**GOOD, "id": 1}, {**GOOD, "id": "1"}, {**GOOD, "id": -7}])))
    assert [(record.index, record.id, record.reason) for record in report.rejected] == [(1, "1", Reason.DUPLICATE_ID)]


def test_annotations_an_id_is_free_again_when_its_first_record_was_rejected(written: Written) -> None:
    report = validate(written(json.dumps([{**GOOD, "caption": ""}, GOOD])))
    assert [record.reason for record in report.rejected] == [Reason.EMPTY_CAPTION]


def test_annotations_a_key_twice_in_an_object_is_rejected(written: Written) -> None:
    record = json.dumps({"video": "A/b.mp4", "caption": "c"})
    report = validate(written(f'{{"k": {record},\n "k": {record}, "l": "text"}}'))
    assert [(record.line, record.id, record.reason) for record in report.rejected] == [
        (2, "k", Reason.DUPLICATE_ID),
        (2, "l", Reason.NOT_AN_OBJECT),
    ]
    assert report.accepted == 1


@pytest.mark.parametrize("layout", ["[{}]", '{{"0": {{"video": "A/b.mp4", "caption": "c"}}, "1": {}}}', "{}\n{}"])
@pytest.mark.parametrize(
    ("record", "reason", "value"),
    [
        ('{"id": "x", "caption": "a", "caption": "b", "video": "A/b.mp4"}', Reason.REPEATED_FIELD, "caption"),
        ('{"id": "x", "caption": "a", "video": "A/b.mp4", "n": NaN}', Reason.NUMBER, "NaN"),
        ('{"id": "x", "caption": "a", "video": "A/b.mp4", "n": -Infinity}', Reason.NUMBER, "-Infinity"),
        ('{"id": "x", "caption": "a", "video": "A/b.mp4", "n": 1e999}', Reason.NUMBER, "1e999"),
        (
            '{"id": "x", "caption": "a", "video": "A/b.mp4", "n": 1' + "0" * 5000 + "}",
            Reason.NUMBER,
            "1" + "0" * 78 + "…",
        ),
        ('{"id": "x", "caption": "a", "video": "A/b.mp4", "n": ' + "[" * 80 + "]" * 80 + "}", Reason.TOO_DEEP, None),
    ],
)
def test_annotations_reject_json_that_others_let_pass(
    layout: str, record: str, reason: Reason, value: str | None, written: Written
) -> None:
    (first, *_) = validate(written(layout.format(record, record))).rejected
    assert first.reason == reason
    assert value is None or first.value == value


def test_annotations_nesting_beyond_all_bounds_is_rejected_and_the_rest_loads(written: Written) -> None:
    deep = '{"id": "x", "video": ' + "[" * 100_000 + "]" * 100_000 + "}"
    report = validate(written(f"[{json.dumps(GOOD)}, {deep}, {json.dumps({**GOOD, 'id': 'other'})}]"))
    assert [(record.index, record.reason) for record in report.rejected] == [(1, Reason.TOO_DEEP)]
    assert report.accepted == 2


def test_annotations_a_broken_line_is_one_reject_with_its_line(written: Written) -> None:
    lines = [json.dumps(GOOD), "", '{"id": "1", "video": "A/b', "not json", json.dumps({**GOOD, "id": "2"}), "[]"]
    report = validate(written("\n".join(lines)))
    assert rejects(report) == [
        (1, 3, Reason.BROKEN_JSON),
        (2, 4, Reason.BROKEN_JSON),
        (4, 6, Reason.NOT_AN_OBJECT),
    ]
    assert report.accepted == 2


def test_annotations_json_lines_may_begin_with_a_broken_line(written: Written) -> None:
    report = validate(written('{"id": "1", "video"\n' + json.dumps(GOOD) + "\n"))
    assert (report.format, report.accepted, rejects(report)) == ("jsonl", 1, [(0, 1, Reason.BROKEN_JSON)])


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"video": "DFEW/1.mp4"', '"video": "DFEW/1.mp4'),
        ('"video": "DFEW/1.mp4"', '"video": DFEW'),
        ('"video": "DFEW/1.mp4"', "'video': 'x'"),
        ('"video": "DFEW/1.mp4",', '"video": "DFEW/1.mp4"'),
        ('"video": "DFEW/1.mp4",', '"video": "DFEW/1.mp4",,'),
        ('"id": "1"', '"id": \\'),
    ],
)
def test_annotations_a_broken_record_in_a_list_costs_that_record_alone(
    indent: int | None, old: str, new: str, written: Written
) -> None:
    text = json.dumps([{**GOOD, "id": str(n), "video": f"DFEW/{n}.mp4"} for n in range(4)], indent=indent)
    assert old in text
    report = validate(written(text.replace(old, new)))
    assert (report.accepted, report.rejected[0].index, report.rejected[-1].index) == (3, 1, 1)


def test_annotations_a_brace_too_many_costs_no_other_record(written: Written) -> None:
    text = json.dumps([{**GOOD, "id": str(n), "video": f"DFEW/{n}.mp4"} for n in range(4)])
    report = validate(written(text.replace('"id": "1"', '"id": "1"}')))
    assert report.accepted == 3
    assert {record.line for record in report.rejected} == {1}


def test_annotations_a_broken_record_in_a_keyed_object_costs_that_record_alone(written: Written) -> None:
    keyed = {str(n): {"video": f"DFEW/{n}.mp4", "caption": "c", "at": {"s": 1}} for n in range(4)}
    report = validate(written(json.dumps(keyed, indent=1).replace('"DFEW/1.mp4"', "DFEW")))
    assert (report.accepted, rejects(report)) == (3, [(1, 10, Reason.BROKEN_JSON)])


@pytest.mark.parametrize("indent", [None, 2])
def test_annotations_a_file_cut_off_keeps_what_stands_before_the_break(indent: int | None, written: Written) -> None:
    text = json.dumps([{**GOOD, "id": str(n)} for n in range(3)], indent=indent)
    whole = json.dumps([{**GOOD, "id": str(n)} for n in range(2)], indent=indent)
    for end in range(len(whole) + 8, len(text)):
        report = validate(written(text[:end]))
        expected = 3 if text[:end].count("}") == 3 else 2
        assert (report.accepted, len(report.rejected)) == (expected, 1)
        assert report.rejected[0].reason in (Reason.CUT_OFF, Reason.BROKEN_JSON)
        assert report.rejected[0].line in range(text[:end].count("\n"), text[:end].count("\n") + 2)


@pytest.mark.parametrize("indent", [None, 2])
def test_annotations_a_break_far_into_a_file_has_its_line(indent: int | None, written: Written) -> None:
    text = json.dumps([{**GOOD, "id": str(n), "video": f"DFEW/{n}.mp4"} for n in range(20_000)], indent=indent)
    broken = text.replace('"DFEW/15000.mp4"', "DFEW")
    line = text[: text.index('"DFEW/15000.mp4"')].count("\n") + 1
    report = validate(written(broken))
    assert (report.accepted, rejects(report)) == (19_999, [(15_000, line, Reason.BROKEN_JSON)])


def test_annotations_a_number_longer_than_a_piece_of_the_file_is_one_reject(written: Written) -> None:
    report = validate(written("[" + "1" * 600_000 + "]"))
    assert rejects(report) == [(0, 1, Reason.NUMBER)]


def test_annotations_a_cut_in_the_first_record_is_a_reject(written: Written) -> None:
    assert rejects(validate(written('[{"id": "0", "video": "DFEW/vid'))) == [(0, 1, Reason.CUT_OFF)]


def test_annotations_text_behind_the_end_is_a_reject(written: Written) -> None:
    report = validate(written(json.dumps([GOOD]) + "\n\nand more"))
    assert [(record.line, record.reason, record.value) for record in report.rejected] == [
        (3, Reason.AFTER_THE_END, "and more")
    ]


def test_annotations_a_gzipped_file_cut_off_keeps_what_stands_before_the_break(written: Written) -> None:
    lines = "".join(json.dumps({**GOOD, "id": str(n), "video": f"DFEW/{n * n}.mp4"}) + "\n" for n in range(20_000))
    packed = gzip.compress(lines.encode())
    report = validate(written(packed[: len(packed) // 2]))
    assert 5_000 < report.accepted < 15_000
    assert [record.index for record in report.rejected] == [report.accepted]


def test_annotations_a_gzipped_file_with_a_wrong_checksum_is_reported(written: Written) -> None:
    packed = bytearray(gzip.compress((json.dumps(GOOD) + "\n").encode()))
    packed[-8] ^= 1
    report = validate(written(bytes(packed)))
    assert (report.accepted, rejects(report)) == (1, [(1, None, Reason.DAMAGED)])


def test_annotations_rows_that_do_not_fit_the_header_are_rejected(written: Written) -> None:
    report = validate(written('id,video,caption\n1,A/1.mp4,"a\nb"\n2,A/2.mp4\n3,A/3.mp4,c,d\n4,A/4.mp4,\n,A/5.mp4,c\n'))
    assert rejects(report) == [
        (1, 4, Reason.ROW_LENGTH),
        (2, 5, Reason.ROW_LENGTH),
        (3, 6, Reason.EMPTY_CAPTION),
        (4, 7, Reason.EMPTY_ID),
    ]
    assert report.accepted == 1


@pytest.mark.parametrize("behind", ['3,A/3.mp4,"c"\n4,A/4.mp4,c\n', "3,A/3.mp4,c\n4,A/4.mp4,c\n"])
def test_annotations_an_open_quote_in_a_table_costs_its_row_alone(behind: str, written: Written) -> None:
    report = validate(written(f'id,video,caption\n1,A/1.mp4,a\n2,A/2.mp4,"b\n{behind}'))
    assert (report.accepted, rejects(report)) == (3, [(1, 3, Reason.BROKEN_ROW)])


def test_annotations_parquet_rows_without_values_are_rejected(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    write_parquet(path, [GOOD, {**GOOD, "id": "b", "caption": None}, {**GOOD, "id": None}])
    assert rejects(validate(path)) == [(1, None, Reason.NO_CAPTION), (2, None, Reason.NO_ID)]


def test_annotations_a_long_value_is_cut_short(written: Written) -> None:
    (rejected,) = validate(written(json.dumps([{**GOOD, "caption": ["x" * 1000]}]))).rejected
    assert rejected.value == '["' + "x" * 77 + "…"
