"""Flags in an index: filters, counts, pages, and verdicts on them that belong to one text of a caption."""

import json
from pathlib import Path

import pyarrow as pa
import pytest

from dfec_explore.index import build_index
from dfec_explore.model import CheckSettings, Dataset, DatasetPart, caption_hash
from dfec_explore.query import EMPTY, Explorer, Filters, from_params, open_explorer, to_params
from dfec_explore.query.flag_groups import group_page
from dfec_explore.query.flags import flag_counts, flag_table, flagged_page, flags_of, precision_counts
from dfec_explore.query.samples import page
from tests.query.small_sets import Quiet

CUT = (
    "The video shows a young woman. At the beginning of the video, her mouth opens. "
    "Towards the end, she turns her head to the"
)
GOOD = (
    "The video shows a young woman. At the beginning of the video, her mouth is closed. "
    "Towards the end, she turns her head to the left and she smiles broadly."
)
MIXED = (
    "The video shows a young man. At the beginning of the video, his mouth is closed. "
    "Towards the end of it, her eyes are closed and she smiles."
)
CAPTIONS = [CUT, GOOD, MIXED]


def explorer_of(folder: Path, captions: list[str], checks: CheckSettings | None = None) -> Explorer:
    file = folder / "test.json"
    records = [{"id": str(i), "video": f"DFEW/videos/{i}.mp4", "caption": c} for i, c in enumerate(captions)]
    file.write_text(json.dumps(records), encoding="utf-8")
    dataset = Dataset("Toy", (DatasetPart("test", file),), checks=checks or CheckSettings())
    return open_explorer(build_index(dataset, folder / "cache", Quiet()))


@pytest.fixture
def toy(tmp_path: Path) -> Explorer:
    return explorer_of(tmp_path, CAPTIONS)


def dismissed(caption: str, id_: str, check: str) -> pa.Table:
    row = {"part": "test", "id": id_, "caption_hash": caption_hash(caption), "check": check, "verdict": "dismissed"}
    return pa.Table.from_pylist([row | {"reviewer": "Ada", "reason": "a title", "row_id": "1" * 32}])


def ids(explorer: Explorer, filters: Filters) -> list[str]:
    return [sample.id for sample in page(explorer, filters, number=1, size=9).samples]


def test_query_flags_filter_by_check_and_severity(toy: Explorer) -> None:
    assert ids(toy, Filters(flag=("cut-off",))) == ["0"]
    assert ids(toy, Filters(severity=("error",))) == ["0", "2"]
    assert ids(toy, Filters(flag=("cut-off",), severity=("warning",))) == []
    assert toy.sentence(Filters(flag=("cut-off",), severity=("error",))) == (
        "Captions flagged with error “Cut off at the end”, 1 of 3"
    )


def test_query_flags_stand_in_links_and_unknown_ones_are_named(toy: Explorer) -> None:
    filters = Filters(flag=("cut-off",), severity=("error",))
    assert from_params(to_params(filters), toy.vocabulary).filters == filters
    assert from_params({"flag": ["no-such"]}, toy.vocabulary).problems == (
        "Check “no-such” does not occur in this dataset.",
    )


def test_query_flags_counts_pages_and_evidence(toy: Explorer) -> None:
    counts = flag_counts(toy, EMPTY).set_index("check")
    assert counts.loc["pronoun-gender", "captions"] == 1
    numbers, total = flagged_page(toy, Filters(flag=("pronoun-gender",)), number=1, size=10)
    assert (numbers, total) == ((2,), 1)
    flag = next(each.flag for each in flags_of(toy, numbers)[2] if each.flag.check == "pronoun-gender")
    assert MIXED[flag.start : flag.end] == "her"
    assert set(flag_table(toy, Filters(severity=("error",))).id) == {"0", "2"}


def test_query_flags_a_dismissed_flag_is_gone_until_the_caption_changes(tmp_path: Path) -> None:
    toy = explorer_of(tmp_path, CAPTIONS)
    verdicts = dismissed(CUT, "0", "cut-off")
    toy.database.set_flag_verdicts(verdicts, sequence=1)
    assert ids(toy, Filters(flag=("cut-off",))) == []
    assert flags_of(toy, [0])[0][0].said == "dismissed"
    assert flagged_page(toy, Filters(flag=("cut-off",)), number=1, size=5, dismissed=True) == ((0,), 1)
    assert precision_counts(toy, EMPTY).to_dict("records") == [{"check": "cut-off", "confirmed": 0, "dismissed": 1}]

    again = explorer_of(tmp_path, [*CAPTIONS, GOOD.replace("left", "right")])
    again.database.set_flag_verdicts(verdicts, sequence=1)
    assert ids(again, Filters(flag=("cut-off",))) == []

    changed = explorer_of(tmp_path, [CUT.replace("turns", "tilts"), GOOD, MIXED])
    changed.database.set_flag_verdicts(verdicts, sequence=1)
    assert ids(changed, Filters(flag=("cut-off",))) == ["0"]


def test_query_flags_a_check_that_is_off_leaves_no_flag(tmp_path: Path) -> None:
    toy = explorer_of(tmp_path, CAPTIONS, CheckSettings(off=("cut-off",)))
    assert "cut-off" not in toy.vocabulary.options["flag"]
    assert explorer_of(tmp_path, CAPTIONS).vocabulary.options["flag"].count("cut-off") == 1


def test_query_flags_groups_are_whole_and_told_once(tmp_path: Path) -> None:
    near = GOOD.replace("broadly", "slightly")
    toy = explorer_of(tmp_path, [GOOD, MIXED, near, GOOD])
    found, total = group_page(toy, Filters(flag=("near-duplicate",)), number=1, size=9, most=9)
    assert (total, [(group.check, group.numbers, group.size) for group in found]) == (
        1,
        [("near-duplicate", (0, 2, 3), 3)],
    )
    same, _ = group_page(toy, Filters(flag=("identical-caption",)), number=1, size=9, most=1)
    assert [(group.numbers, group.size) for group in same] == [((0,), 2)]
    assert group_page(toy, Filters(flag=("pronoun-gender",)), number=1, size=9, most=9) == ((), 0)
