"""Which prediction is for which reference, and what becomes of those that are for none."""

from dfec_explore.model import Annotation
from dfec_explore.scoring import Prediction, match

REFERENCES = [
    Annotation("1", "DFEW/videos/1.mp4", "one"),
    Annotation("2", "MAFW/2.mp4", "two"),
    Annotation("3", "MAFW/3.mp4", "three"),
]


def said(*records: tuple[str | None, str | None, str]) -> list[Prediction]:
    return [Prediction(place, *record) for place, record in enumerate(records)]


def test_scoring_match_goes_by_id_then_by_video() -> None:
    found = match(REFERENCES, said((None, "MAFW/2.mp4", "b"), ("1", None, "a")))
    assert found.texts == ("a", "b", None)
    assert (found.missing, found.by_video) == (1, 1)


def test_scoring_match_an_id_goes_before_a_video_wherever_they_stand() -> None:
    found = match(REFERENCES, said((None, "MAFW/2.mp4", "by video"), ("2", None, "by id")))
    assert found.texts[1] == "by id"
    assert [one.text for one in found.duplicates] == ["by video"]


def test_scoring_match_of_a_video_leaves_out_the_folders_before_it() -> None:
    found = match(REFERENCES, said((None, "/data/clips/DFEW/videos/1.mp4", "a"), (None, "C:\\x\\MAFW\\3.mp4", "c")))
    assert found.texts == ("a", None, "c")


def test_scoring_match_never_goes_by_the_files_name_alone() -> None:
    found = match([Annotation("1", "1.mp4", "x"), *REFERENCES[1:]], said((None, "other/1.mp4", "a")))
    assert found.texts[0] is None
    assert len(found.extra) == 1


def test_scoring_match_counts_missing_extra_duplicate_and_empty() -> None:
    found = match(REFERENCES, said(("1", None, "a"), ("1", None, "again"), ("9", None, "z"), ("2", None, " ")))
    assert found.texts == ("a", " ", None)
    assert (found.missing, found.empty, len(found.extra), len(found.duplicates)) == (1, 1, 1, 1)


def test_scoring_match_says_where_id_and_video_contradict() -> None:
    found = match(REFERENCES, said(("1", "MAFW/2.mp4", "a"), ("2", "somewhere/else.mp4", "b")))
    assert [one.id for one in found.conflicts] == ["1"]
    assert found.texts[:2] == ("a", "b")


def test_scoring_match_gives_references_of_one_video_their_predictions_in_order() -> None:
    twice = [Annotation("v", "A/v.mp4", "x"), Annotation("v#2", "A/v.mp4", "y")]
    found = match(twice, said((None, "A/v.mp4", "first"), (None, "A/v.mp4", "second"), (None, "A/v.mp4", "third")))
    assert found.texts == ("first", "second")
    assert len(found.duplicates) == 1
