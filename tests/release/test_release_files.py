"""Released files: what reviewers said is carried out, and nothing else."""

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dfec_explore.annotations import open_annotations
from dfec_explore.errors import AnnotationFileError
from dfec_explore.model import Annotation, Review, SampleKey, Verdict, caption_hash
from dfec_explore.release import PROMPT, write_accepted, write_corrected, write_pairs
from dfec_explore.reviews import ReviewStore, open_store

RECORDS = [
    {"id": "0", "video": "A/0.mp4", "caption": "She smiles.", "score": 1.50},
    {"id": "1", "video": "A/1.mp4", "caption": "He frowns.", "score": 2},
    {"id": "2", "video": "A/2.mp4", "caption": "She nods."},
    {"id": "3", "video": "A/3.mp4", "caption": "He blinks."},
    {"id": "4", "video": "A/4.mp4", "caption": "She turns."},
    {"id": "5", "video": "A/5.mp4", "caption": "He looks."},
    {"id": "6", "video": "A/6.mp4"},
]
"""The last one is rejected: it has no caption."""

Say = Callable[..., None]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ReviewStore]:
    opened = open_store(f"sqlite:///{tmp_path / 'reviews.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture
def say(store: ReviewStore) -> Say:
    numbers = iter(range(1000))

    def save(id_: str, caption: str, verdict: Verdict, reviewer: str = "Ann", **more: Any) -> None:
        key = SampleKey("DFEC", more.pop("part", "test"), id_)
        store.save(Review(f"row-{next(numbers)}", key, caption_hash(caption), reviewer, verdict, **more))

    return save


@pytest.fixture
def judged(say: Say) -> None:
    """0 fixed, 1 to fix but nobody wrote how, 2 accepted, 3 disputed, 4 changed since, 5 not judged."""
    say("0", "She smiles.", Verdict.FIX, corrected_caption="She smiles “widely”.", reasons=("wrong-intensity",))
    say("1", "He frowns.", Verdict.FIX)
    say("2", "She nods.", Verdict.ACCEPT)
    say("3", "He blinks.", Verdict.ACCEPT)
    say("3", "He blinks.", Verdict.FIX, "Ben", corrected_caption="He winks.")
    say("4", "She turned.", Verdict.FIX, corrected_caption="She turns her head.")
    say("5", "He looks.", Verdict.FIX, corrected_caption="Not this part.", part="train")


VERDICTS = {"fix": 2, "accept": 1, "disputed": 1, "stale": 1, "none": 1}


def write(path: Path, records: list[dict[str, Any]]) -> Path:
    path.write_text(json.dumps(records, indent=4), encoding="utf-8")
    return path


@pytest.mark.usefixtures("judged")
def test_corrected_file_has_the_corrected_caption_and_nothing_else_new(tmp_path: Path, store: ReviewStore) -> None:
    source, target = write(tmp_path / "test.json", RECORDS), tmp_path / "new.json"
    before = source.read_bytes()
    report = write_corrected(source, target, store, dataset="DFEC", part="test")
    assert target.read_text(encoding="utf-8") == before.decode().replace("She smiles.", "She smiles “widely”.")
    assert source.read_bytes() == before
    assert (report.captions, report.rejected, report.changed, report.uncorrected) == (6, 1, 1, 1)
    assert report.verdicts == VERDICTS


@pytest.mark.usefixtures("judged")
def test_corrected_gzipped_lines_stay_gzipped_lines(tmp_path: Path, store: ReviewStore) -> None:
    source, target = tmp_path / "test.jsonl.gz", tmp_path / "new.jsonl.gz"
    lines = "".join(json.dumps(record) + "\n" for record in RECORDS).encode()
    source.write_bytes(gzip.compress(lines))
    assert write_corrected(source, target, store, dataset="DFEC", part="test").changed == 1
    expected = lines.replace(b"She smiles.", "She smiles “widely”.".encode())
    assert gzip.decompress(target.read_bytes()) == expected


def test_corrected_file_without_a_correction_is_the_same_file(tmp_path: Path, store: ReviewStore) -> None:
    source, target = write(tmp_path / "test.json", RECORDS), tmp_path / "new.json"
    report = write_corrected(source, target, store, dataset="DFEC", part="test")
    assert target.read_bytes() == source.read_bytes()
    assert (report.changed, report.verdicts) == (0, {"none": 6})


@pytest.mark.usefixtures("judged")
def test_corrected_file_corrected_again_does_not_change(tmp_path: Path, store: ReviewStore) -> None:
    """Its corrected captions are other ones than were judged: stale."""
    source, once, twice = write(tmp_path / "test.json", RECORDS), tmp_path / "once.json", tmp_path / "twice.json"
    write_corrected(source, once, store, dataset="DFEC", part="test")
    report = write_corrected(once, twice, store, dataset="DFEC", part="test")
    assert twice.read_bytes() == once.read_bytes()
    assert (report.changed, report.verdicts["stale"]) == (0, 2)


def test_correction_that_is_the_caption_itself_changes_nothing(tmp_path: Path, store: ReviewStore, say: Say) -> None:
    say("0", "She smiles.", Verdict.FIX, corrected_caption="She smiles.")
    source, target = write(tmp_path / "test.json", RECORDS), tmp_path / "new.json"
    report = write_corrected(source, target, store, dataset="DFEC", part="test")
    assert (report.changed, report.uncorrected) == (0, 0)


@pytest.mark.usefixtures("judged")
def test_accepted_file_has_the_accepted_records_as_they_were(tmp_path: Path, store: ReviewStore, say: Say) -> None:
    say("0", "She smiles.", Verdict.ACCEPT, "Cem", mode="adjudication")
    source, target = write(tmp_path / "test.json", RECORDS), tmp_path / "new.json"
    report = write_accepted(source, target, store, dataset="DFEC", part="test")
    assert target.read_text(encoding="utf-8") == json.dumps([RECORDS[0], RECORDS[2]], indent=4)
    assert (report.captions, report.written, report.rejected) == (6, 2, 1)


@pytest.mark.usefixtures("judged")
def test_pairs_hold_the_caption_before_and_after(tmp_path: Path, store: ReviewStore, say: Say) -> None:
    say("3", "He blinks.", Verdict.FIX, "Cem", mode="adjudication", reasons=("wrong-action",))
    source, target = write(tmp_path / "test.json", RECORDS), tmp_path / "pairs.jsonl"
    report = write_pairs(source, target, store, dataset="DFEC", part="test")
    assert [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()] == [
        {
            "id": "0",
            "part": "test",
            "video": "A/0.mp4",
            "prompt": PROMPT,
            "chosen": "She smiles “widely”.",
            "rejected": "She smiles.",
            "reasons": ["wrong-intensity"],
            "reviewers": ["Ann"],
        },
        {
            "id": "3",
            "part": "test",
            "video": "A/3.mp4",
            "prompt": PROMPT,
            "chosen": "He winks.",
            "rejected": "He blinks.",
            "reasons": ["wrong-action"],
            "reviewers": ["Ben", "Cem"],
        },
    ]
    assert (report.written, report.uncorrected, report.captions) == (2, 1, 6)


def conversation(*said: tuple[str, str]) -> list[dict[str, str]]:
    return [
        turn
        for question, answer in said
        for turn in ({"from": "human", "value": question}, {"from": "gpt", "value": answer})
    ]


@pytest.fixture
def conversations(tmp_path: Path, say: Say) -> Path:
    """The second answer of the first clip is corrected; the answers of the second clip are accepted."""
    say("A/0.mp4", "She nods.", Verdict.ACCEPT)
    say("A/0.mp4#2", "He blinks.", Verdict.FIX, corrected_caption="He winks.")
    say("A/1.mp4", "One.", Verdict.ACCEPT)
    say("A/1.mp4#2", "Two.", Verdict.ACCEPT)
    records = [
        {"video": "A/0.mp4", "conversations": conversation(("<video>\nWhat?", "She nods."), ("And he?", "He blinks."))},
        {"video": "A/1.mp4", "conversations": conversation(("<video>", "One."), ("More?", "<image> Two."))},
    ]
    return write(tmp_path / "test.json", records)


def test_corrected_conversation_has_one_other_turn(conversations: Path, store: ReviewStore) -> None:
    target = conversations.with_name("new.json")
    assert write_corrected(conversations, target, store, dataset="DFEC", part="test").changed == 1
    before, after = conversations.read_text(encoding="utf-8"), target.read_text(encoding="utf-8")
    assert after == before.replace("He blinks.", "He winks.")


def test_accepted_conversation_is_one_of_which_all_answers_are(conversations: Path, store: ReviewStore) -> None:
    target = conversations.with_name("new.json")
    report = write_accepted(conversations, target, store, dataset="DFEC", part="test")
    assert [record["video"] for record in json.loads(target.read_bytes())] == ["A/1.mp4"]
    assert (report.captions, report.written) == (4, 2)


def test_pairs_of_a_conversation_have_its_question(conversations: Path, store: ReviewStore) -> None:
    target = conversations.with_name("pairs.jsonl")
    write_pairs(conversations, target, store, dataset="DFEC", part="test", prompt="unused")
    (pair,) = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert (pair["prompt"], pair["chosen"], pair["rejected"]) == ("And he?", "He winks.", "He blinks.")


@pytest.mark.parametrize("extra", ["text", [1], [{"from": "human"}], None, {"a": 1}])
def test_pairs_of_a_record_with_a_caption_pass_over_whatever_else_it_has(
    tmp_path: Path, store: ReviewStore, say: Say, extra: object
) -> None:
    say("0", "She smiles.", Verdict.FIX, corrected_caption="She grins.")
    source = write(tmp_path / "test.json", [RECORDS[0] | {"conversations": extra}])
    write_pairs(source, tmp_path / "pairs.jsonl", store, dataset="DFEC", part="test", prompt="Well?")
    assert json.loads((tmp_path / "pairs.jsonl").read_bytes())["prompt"] == "Well?"


@pytest.mark.parametrize("release", [write_corrected, write_accepted, write_pairs])
def test_release_that_fails_leaves_no_file(tmp_path: Path, store: ReviewStore, release: Callable[..., object]) -> None:
    source = write(tmp_path / "test.json", RECORDS)
    with pytest.raises(AnnotationFileError, match="the file cannot be written"):
        release(source, tmp_path / "no folder" / "new", store, dataset="DFEC", part="test")
    with pytest.raises(AnnotationFileError, match="cannot be read"):
        release(tmp_path / "none.json", tmp_path / "new", store, dataset="DFEC", part="test")
    assert not (tmp_path / "new").exists()


@pytest.mark.data
def test_corrected_dataset_differs_in_the_corrected_captions_alone(
    tmp_path: Path, store: ReviewStore, say: Say, test_data: Path
) -> None:
    source, target = test_data / "dfec" / "test.json", tmp_path / "new.json"
    old = [record for record in open_annotations(source) if isinstance(record, Annotation)]
    for record in old[::50]:
        say(record.id, record.caption, Verdict.FIX, corrected_caption=f"{record.caption}\n“Indeed”.")
    report = write_corrected(source, target, store, dataset="DFEC", part="test")
    new = [record for record in open_annotations(target) if isinstance(record, Annotation)]
    assert report.changed == len(old[::50])
    assert [(r.id, r.video, r.extra) for r in new] == [(r.id, r.video, r.extra) for r in old]
    changed = [number for number, (a, b) in enumerate(zip(old, new, strict=True)) if a.caption != b.caption]
    assert changed == list(range(0, len(old), 50))
    added = len("\\n“Indeed”.".encode()) * len(changed)
    assert target.stat().st_size == source.stat().st_size + added
