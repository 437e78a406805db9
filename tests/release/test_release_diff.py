"""Two versions of an annotation file side by side; the expected changes are worked out by hand."""

import csv
import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dfec_explore.errors import AnnotationFileError
from dfec_explore.language.comparing import EventChange
from dfec_explore.model import Annotation, Flag, SampleKey, caption_hash
from dfec_explore.release import (
    ChangeKind,
    DiffSummary,
    FieldChange,
    FlagChange,
    FlagsOf,
    RecordChange,
    StaleVerdict,
    Wanted,
    change_page,
    changes,
    diff_key,
    read_summary,
    stale_verdicts,
    write_diff,
)
from dfec_explore.release.sides import BATCH
from dfec_explore.reviews import FinalVerdict

BEFORE = "At the beginning, she looks to the left. Towards the end, she smiles slightly."
AFTER = "At the beginning, she looks to the right and blinks. Towards the end, she smiles slightly."

OLD = [
    {"id": "0", "video": "DFEW/0.mp4", "caption": BEFORE, "fold": 1},
    {"id": "1", "video": "DFEW/1.mp4", "caption": "He frowns."},
    {"id": "2", "video": "MAFW/2.mp4", "caption": "She nods.", "fold": 2},
    {"id": "3", "video": "MAFW/3.mp4", "caption": "He blinks."},
    {"id": "4", "video": "MAFW/4.mp4", "caption": "He yawns."},
    {"id": "bad", "video": "MAFW/5.mp4"},
]
NEW = [
    {"id": "4", "video": "MAFW/4.mp4", "caption": "He yawns."},
    {"id": "5", "video": "CAER_mp4/5.mp4", "caption": "A woman smiles."},
    {"id": "0", "video": "DFEW/0.mp4", "caption": AFTER, "fold": 1},
    {"id": "2", "video": "DFEW/2.mp4", "caption": "She nods.", "fold": 3, "note": "moved"},
    {"id": "3", "video": "MAFW/3.mp4", "caption": "He winks."},
]


class Quiet:
    """Takes reports of progress and says nothing."""

    def report(self, done: int, total: int | None, message: str = "") -> None:
        """Nothing."""


@dataclass
class Diff:
    folder: Path
    summary: DiffSummary

    @property
    def changes(self) -> list[RecordChange]:
        return list(changes(self.folder))


def write(path: Path, records: Sequence[dict[str, Any]]) -> Path:
    """The records in the format that the name says."""
    if path.suffix == ".csv":
        with path.open("w", newline="", encoding="utf-8") as stream:
            names = list(dict.fromkeys(name for record in records for name in record))
            table = csv.DictWriter(stream, names)
            table.writeheader()
            table.writerows(records)
    elif path.name.endswith(".jsonl.gz"):
        path.write_bytes(gzip.compress("".join(json.dumps(record) + "\n" for record in records).encode()))
    else:
        path.write_text(json.dumps(list(records)), encoding="utf-8")
    return path


def diff(
    folder: Path,
    old: Sequence[dict[str, Any]],
    new: Sequence[dict[str, Any]],
    *,
    names: tuple[str, str] = ("old.json", "new.json"),
    flags_of: FlagsOf | None = None,
) -> Diff:
    files = write(folder / names[0], old), write(folder / names[1], new)
    target = folder / "diff"
    return Diff(target, write_diff(*files, target, Quiet(), flags_of=flags_of))


def test_diff_names_every_kind_of_change(tmp_path: Path) -> None:
    found = diff(tmp_path, OLD, NEW)
    assert [(change.id, [str(kind) for kind in change.kinds], change.source) for change in found.changes] == [
        ("5", ["added"], "CAER_mp4"),
        ("0", ["caption"], "DFEW"),
        ("2", ["video", "fields"], "DFEW"),
        ("3", ["caption"], "MAFW"),
        ("1", ["removed"], "DFEW"),
    ]
    summary = found.summary
    assert summary.counts == {"added": 1, "removed": 1, "caption": 2, "video": 1, "fields": 1}
    assert (summary.kept, summary.unchanged, summary.changed) == (4, 1, 5)
    assert summary.by_source == {
        "CAER_mp4": {"added": 1},
        "DFEW": {"caption": 1, "video": 1, "fields": 1, "removed": 1},
        "MAFW": {"caption": 1},
    }


def test_diff_tells_what_was_lost_gained_and_stated_otherwise(tmp_path: Path) -> None:
    found = diff(tmp_path, OLD, NEW)
    first = next(change for change in found.changes if change.id == "0")
    assert (first.old_caption, first.new_caption) == (BEFORE, AFTER)
    assert first.events == (
        EventChange("changed", "gaze", "left, beginning", "right, beginning"),
        EventChange("added", "blink", "", "beginning"),
    )
    # The other changed caption: "He blinks." became "He winks.".
    assert found.summary.events == {"added": 2, "removed": 1, "changed": 1}
    assert found.summary.actions["blink"] == {"added": 1, "removed": 1}


def test_diff_tells_moved_videos_and_other_fields(tmp_path: Path) -> None:
    (moved,) = [change for change in diff(tmp_path, OLD, NEW).changes if change.id == "2"]
    assert (moved.old_video, moved.new_video) == ("MAFW/2.mp4", "DFEW/2.mp4")
    assert moved.fields == (FieldChange("fold", "2", "3"), FieldChange("note", "", "moved"))
    assert moved.events == ()


def test_diff_counts_what_each_file_lost(tmp_path: Path) -> None:
    summary = diff(tmp_path, OLD, NEW).summary
    assert (summary.old.records, summary.old.accepted, summary.old.rejected) == (6, 5, 1)
    assert (summary.new.records, summary.new.accepted, summary.new.rejected) == (5, 5, 0)
    assert [(one.id, one.index) for one in summary.old.examples] == [("bad", 5)]


@pytest.mark.parametrize("name", ["new.csv", "new.jsonl.gz"])
def test_diff_of_the_same_records_in_another_format_is_empty(tmp_path: Path, name: str) -> None:
    records = [
        {"id": 7, "video": "DFEW/7.mp4", "caption": "She nods, “twice”.\nThen he, too.", "fold": 1, "good": True},
        {"id": 8, "video": "DFEW/8.mp4", "caption": "He blinks.", "fold": 1.5, "good": None, "note": ""},
    ]
    found = diff(tmp_path, records, records, names=("old.json", name))
    assert found.changes == []
    assert (found.summary.kept, found.summary.unchanged) == (2, 2)


def test_diff_of_a_conversation_against_plain_captions_compares_its_answers(tmp_path: Path) -> None:
    def talk(*answers: str) -> dict[str, Any]:
        turns = [
            turn for answer in answers for turn in ({"from": "human", "value": "?"}, {"from": "gpt", "value": answer})
        ]
        return {"video": "DFEW/0.mp4", "conversations": turns}

    plain = [
        {"id": "DFEW/0.mp4", "video": "DFEW/0.mp4", "caption": "She nods."},
        {"id": "DFEW/0.mp4#2", "video": "DFEW/0.mp4", "caption": "He blinks."},
    ]
    assert diff(tmp_path, [talk("She nods.", "He blinks.")], plain).changes == []
    found = diff(tmp_path, [talk("She nods.", "He blinks.")], [talk("She nods.", "He winks.")]).changes
    assert [(change.id, change.kinds) for change in found] == [("DFEW/0.mp4#2", (ChangeKind.CAPTION,))]


def test_diff_finds_records_wherever_they_stand_in_large_files(tmp_path: Path) -> None:
    """More records than are compared at a time, in opposite orders."""
    size = 2 * BATCH + 7
    old = [{"id": str(n), "video": f"DFEW/{n}.mp4", "caption": f"She blinks {n} times."} for n in range(size)]
    new = [dict(record) for record in reversed(old) if record["id"] != "12"]
    for record in new:
        if record["id"] in ("3", str(BATCH), str(size - 1)):
            record["caption"] = "She nods."
    found = diff(tmp_path, old, new)
    assert [change.id for change in found.changes] == [str(size - 1), str(BATCH), "3", "12"]
    assert found.summary.unchanged == size - 4


def test_diff_with_an_empty_side(tmp_path: Path) -> None:
    rows = [record for record in OLD if record["id"] != "bad"]
    assert diff(tmp_path, [], rows).summary.counts["added"] == 5
    assert diff(tmp_path, rows, []).summary.counts["removed"] == 5
    assert diff(tmp_path, [], []).changes == []


def test_diff_that_fails_leaves_no_folder(tmp_path: Path) -> None:
    file = write(tmp_path / "old.json", OLD)
    with pytest.raises(AnnotationFileError, match="cannot be read"):
        write_diff(file, tmp_path / "none.json", tmp_path / "diff", Quiet())
    assert [path.name for path in tmp_path.iterdir()] == ["old.json"]
    assert read_summary(tmp_path / "diff") is None


def test_diff_is_read_again_as_it_was_written(tmp_path: Path) -> None:
    found = diff(tmp_path, OLD, NEW)
    assert read_summary(found.folder) == found.summary
    assert sorted(path.name for path in found.folder.iterdir()) == ["changes.parquet", "summary.json"]


def test_diff_key_names_both_files_and_their_order() -> None:
    assert len({diff_key("a", "b"), diff_key("b", "a"), diff_key("a", "c"), diff_key("a", "b", checks="1")}) == 4
    assert diff_key("a", "b") == diff_key("a", "b")


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Wanted(), ["5", "0", "2", "3", "1"]),
        (Wanted(kinds=("caption",)), ["0", "3"]),
        (Wanted(kinds=("added", "removed")), ["5", "1"]),
        (Wanted(sources=("MAFW",)), ["3"]),
        (Wanted(text="BLINKS"), ["0", "3"]),
        (Wanted(text="blinks", sources=("MAFW",), kinds=("caption",)), ["3"]),
        (Wanted(text="%"), []),
    ],
)
def test_diff_changes_are_filtered(tmp_path: Path, wanted: Wanted, ids: list[str]) -> None:
    folder = diff(tmp_path, OLD, NEW).folder
    page = change_page(folder, wanted, number=1, size=10)
    assert ([change.id for change in page.changes], page.found) == (ids, len(ids))
    assert [change.id for change in changes(folder, wanted)] == ids


def test_diff_changes_come_in_pages(tmp_path: Path) -> None:
    folder = diff(tmp_path, OLD, NEW).folder
    page = change_page(folder, Wanted(), number=2, size=2)
    assert ([change.id for change in page.changes], page.found, page.number, page.pages) == (["2", "3"], 5, 2, 3)
    assert change_page(folder, Wanted(), number=99, size=2).number == 3


def final(id_: str, hash_: str, verdict: str, *, part: str = "test", correction: str | None = None) -> FinalVerdict:
    return FinalVerdict(SampleKey("DFEC", part, id_), hash_, verdict, correction, ("language",), ("Ann",))


def test_diff_tells_which_verdicts_are_stale_and_which_are_carried_out(tmp_path: Path) -> None:
    given = [
        final("0", caption_hash(BEFORE), "fix", correction=AFTER),
        final("1", caption_hash("He frowns."), "accept"),
        final("2", caption_hash("She nods."), "accept"),
        final("3", caption_hash("He blinks."), "fix", correction="He closes one eye."),
        final("3", caption_hash("An older text."), "reject"),
        final("3", caption_hash("He blinks."), "reject", part="train"),
    ]
    found = stale_verdicts(diff(tmp_path, OLD, NEW).folder, given, part="test")
    assert found == [
        StaleVerdict("0", "DFEW", "fix", ("Ann",), ("language",), "carried-out"),
        StaleVerdict("3", "MAFW", "fix", ("Ann",), ("language",), "changed"),
        StaleVerdict("1", "DFEW", "accept", ("Ann",), ("language",), "removed"),
    ]


def toy_flags(annotation: Annotation, analysis: Any) -> list[Flag]:
    """An error for each word ``bad``, a warning where nothing is stated."""
    text = annotation.caption
    found = [
        Flag("bad-word", "error", "It says bad.", 0.9, at, at + 3)
        for at in range(len(text))
        if text[at:].startswith("bad")
    ]
    return found if analysis.events else [*found, Flag("no-action", "warning", "No action.", 0.5)]


def test_diff_tells_flags_that_are_fixed_and_new(tmp_path: Path) -> None:
    old = [
        {"id": "0", "video": "A/0.mp4", "caption": "She blinks, bad and bad."},
        {"id": "1", "video": "A/1.mp4", "caption": "He smiles."},
        {"id": "2", "video": "A/2.mp4", "caption": "bad"},
    ]
    new = [
        {"id": "0", "video": "A/0.mp4", "caption": "Now, she blinks, bad."},
        {"id": "1", "video": "A/1.mp4", "caption": "He is there."},
        {"id": "2", "video": "A/2.mp4", "caption": "bad"},
    ]
    found = diff(tmp_path, old, new, flags_of=toy_flags)
    assert [(change.id, change.flags) for change in found.changes] == [
        ("0", (FlagChange(False, "bad-word", "error", "It says bad."),)),
        ("1", (FlagChange(True, "no-action", "warning", "No action."),)),
    ]
    assert found.summary.flags == {"bad-word": {"fixed": 1}, "no-action": {"new": 1}}
    assert (found.summary.is_checked, found.summary.new_errors) == (True, 0)
    assert [change.id for change in changes(found.folder, Wanted(flags="new"))] == ["1"]
    assert diff(tmp_path, new, old, flags_of=toy_flags).summary.new_errors == 1


CAPTIONS = st.sampled_from(
    ["She blinks.", "He looks left, then right.", "At the beginning, he smiles.", "He smiles and smiles widely.", "x"]
)
RECORDS = st.dictionaries(
    st.sampled_from("abcdef"),
    st.fixed_dictionaries(
        {"video": st.sampled_from(["A/1.mp4", "B/1.mp4"]), "caption": CAPTIONS},
        optional={"n": st.sampled_from([0, 1, "1", True, None, "", [1]])},
    ),
    max_size=6,
).map(lambda found: [{"id": name, **fields} for name, fields in found.items()])
MIRRORED = {"added": "removed", "removed": "added", "changed": "changed"}
SLOW = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SLOW
@given(RECORDS)
def test_diff_of_a_file_with_itself_is_empty(tmp_path: Path, records: list[dict[str, Any]]) -> None:
    found = diff(tmp_path, records, records)
    assert found.changes == []
    assert (found.summary.unchanged, found.summary.changed) == (len(records), 0)


@SLOW
@given(RECORDS, RECORDS)
def test_diff_the_other_way_round_is_its_mirror(
    tmp_path: Path, old: list[dict[str, Any]], new: list[dict[str, Any]]
) -> None:
    there = {change.id: change for change in diff(tmp_path, old, new).changes}
    back = {change.id: change for change in diff(tmp_path, new, old).changes}
    assert there.keys() == back.keys()
    for id_, change in there.items():
        other = back[id_]
        assert [MIRRORED.get(kind, kind) for kind in change.kinds] == list(other.kinds)
        assert (change.old_caption, change.old_video) == (other.new_caption, other.new_video)
        assert [(f.name, f.before, f.after) for f in change.fields] == [
            (f.name, f.after, f.before) for f in other.fields
        ]
        stated = sorted((e.action, MIRRORED[e.kind]) for e in change.events)
        assert stated == sorted((e.action, str(e.kind)) for e in other.events)


@pytest.mark.data
def test_diff_of_the_real_set_with_one_caption_changed(tmp_path: Path, test_data: Path) -> None:
    source = test_data / "dfec" / "test.json"
    text = source.read_text(encoding="utf-8")
    records = json.loads(text)
    records[17]["caption"] += " She blinks."
    target = tmp_path / "new.csv"
    write(target, records)
    summary = write_diff(source, target, tmp_path / "diff", Quiet())
    assert summary.counts == {"added": 0, "removed": 0, "caption": 1, "video": 0, "fields": 0}
    assert (summary.kept, summary.unchanged) == (800, 799)
    (change,) = changes(tmp_path / "diff")
    assert change.id == str(records[17]["id"])
    assert [(event.kind, event.action) for event in change.events] == [("added", "blink")]
