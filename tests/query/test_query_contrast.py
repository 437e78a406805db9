"""Each source against the others."""

import pytest

from dfec_explore.query import EMPTY, Explorer, Filters
from dfec_explore.query.contrast import never_mentioned, sources_against_rest


def test_contrast_a_source_is_compared_with_all_others(four: Explorer) -> None:
    frame = sources_against_rest(four, EMPTY).set_index(["source", "action"])
    assert len(frame) == 2 * 4
    blink = frame.loc["DFEW", "blink"]
    assert (blink["captions"], blink["of"], blink["others"], blink["others_of"]) == (2, 2, 0, 2)
    assert (blink["share"], blink["difference"]) == (1.0, 1.0)
    # 2 of 6 tables with the same margins are as extreme.
    assert blink["p"] == pytest.approx(1 / 3)
    smile = frame.loc["DFEW", "lip_corner_pull"]
    assert (smile["difference"], smile["p"]) == (0.0, pytest.approx(1.0))
    assert frame.loc["CAER_mp4", "blink"]["difference"] == -1.0


def test_contrast_nothing_of_four_captions_holds_after_all_tests(four: Explorer) -> None:
    frame = sources_against_rest(four, EMPTY)
    assert not frame["holds"].any()
    # The smallest of the eight, 1/3, stands four times: 8/4 of it.
    assert frame["adjusted"].min() == pytest.approx(2 / 3)


def test_contrast_what_is_the_case_in_every_caption_of_one_source_holds(make_explorer) -> None:  # type: ignore[no-untyped-def]
    blink, smile = "At the beginning, she blinks.", "At the beginning, she smiles."
    captions = [(f"DFEW/videos/{n}.mp4", blink) for n in range(20)]
    captions += [(f"MAFW/videos/{n}.mp4", smile) for n in range(20)]
    frame = sources_against_rest(make_explorer(captions), EMPTY)
    assert frame["holds"].all()
    assert sorted(frame["difference"]) == [-1.0, -1.0, 1.0, 1.0]


def test_contrast_a_chosen_source_is_still_compared_with_all_others(four: Explorer) -> None:
    frame = sources_against_rest(four, Filters(source=("DFEW",))).set_index("action")
    assert set(frame["source"]) == {"DFEW"}
    assert (frame.loc["blink", "others_of"], frame.loc["blink", "difference"]) == (2, 1.0)
    assert never_mentioned(four, Filters(source=("DFEW",)))["action"].tolist() == ["mouth_open"]


def test_contrast_a_set_of_one_source_has_nothing_to_be_compared_with(make_explorer) -> None:  # type: ignore[no-untyped-def]
    frame = sources_against_rest(make_explorer([("DFEW/videos/1.mp4", "She blinks.")]), EMPTY)
    assert len(frame) == 0
    assert "holds" in frame


def test_contrast_actions_a_source_never_mentions_are_named_with_how_often_others_do(four: Explorer) -> None:
    frame = never_mentioned(four, EMPTY)
    found = {(row.source, row.action): (row.others, row.others_of, row.share) for row in frame.itertuples()}
    assert found == {
        ("CAER_mp4", "blink"): (2, 2, 1.0),
        ("CAER_mp4", "gaze"): (2, 2, 1.0),
        ("DFEW", "mouth_open"): (1, 2, 0.5),
    }
