"""The checks on the real captions: how many they flag, and what readers said of the flags."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from dfec_explore.annotations import open_annotations
from dfec_explore.checks import check_annotations
from dfec_explore.model import Annotation, Flag

VERDICTS = Path(__file__).parent / "verdicts.jsonl"
pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def checked(test_data: Path) -> Sequence[tuple[Annotation, Sequence[Flag]]]:
    file = open_annotations(test_data / "dfec" / "test.json")
    return check_annotations(record for record in file if isinstance(record, Annotation))


def test_checks_flag_few_of_the_real_captions(checked: Sequence[tuple[Annotation, Sequence[Flag]]]) -> None:
    errors = sum(any(f.severity == "error" for f in flags) for _, flags in checked)
    warnings = sum(any(f.severity == "warning" for f in flags) for _, flags in checked)
    assert errors <= 0.05 * len(checked)
    assert warnings <= 0.25 * len(checked)


def test_checks_what_readers_found_right_is_still_found_and_what_was_mended_is_gone(
    checked: Sequence[tuple[Annotation, Sequence[Flag]]],
) -> None:
    now = {(a.id, f.check, f.severity) for a, flags in checked for f in flags}
    for line in VERDICTS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        key = (row["id"], row["check"], row["severity"])
        if row["right"]:
            assert key in now
        if not row["still"] and key in now:
            # The same check may have found another place in that caption.
            assert row["start"] is not None
            spans = {(f.start, f.end) for a, flags in checked if a.id == row["id"] for f in flags}
            assert (row["start"], row["end"]) not in spans


def test_checks_every_error_of_the_real_captions_was_read_and_nine_in_ten_are_right(
    checked: Sequence[tuple[Annotation, Sequence[Flag]]],
) -> None:
    rows = [json.loads(line) for line in VERDICTS.read_text(encoding="utf-8").splitlines()]
    read = {(r["id"], r["check"]): r["right"] for r in rows if r["severity"] == "error" and r["still"]}
    found = {(a.id, f.check) for a, flags in checked for f in flags if f.severity == "error"}
    assert found == set(read)
    assert sum(read.values()) >= 0.9 * len(read)
