"""What each metric makes of captions that were changed in a known way."""

from pathlib import Path
from random import Random

import pytest

from dfec_explore.model import FacialEvent
from dfec_explore.scoring import BASELINES, read_references
from dfec_explore.scoring.changes import CHANGES
from tests.scoring.scored import scored

CAPTION = (
    "The video shows a man. At the beginning of the video, he opens his eyes slightly. In the middle of the video, he "
    "turns his head to the left. Towards the end of the video, he closes his mouth."
)


@pytest.fixture(scope="module")
def measured(test_data: Path) -> dict[str, dict[str, float]]:
    references = read_references(test_data / "dfec" / "test.json")[:200]
    found = {}
    for name, change in CHANGES.items():
        rng = Random(1)
        found[name] = scored(references, [change(r.caption, rng).text for r in references]).metrics()
    return found


@pytest.mark.data
@pytest.mark.parametrize("name", ["clauses shuffled", "sentences shuffled"])
def test_scoring_shuffled_captions_fall_in_the_ordered_score_and_hardly_in_the_plain_one(
    measured: dict[str, dict[str, float]], name: str
) -> None:
    assert 1 - measured[name]["event_f1"] <= 0.01
    assert measured[name]["ordered_event_f1"] < 0.75


@pytest.mark.data
def test_scoring_paraphrased_captions_keep_their_events_and_lose_their_words(
    measured: dict[str, dict[str, float]],
) -> None:
    assert measured["paraphrased"]["event_f1"] > 0.98
    assert measured["paraphrased"]["ordered_event_f1"] > 0.98
    assert measured["paraphrased"]["bleu_4"] < 0.7
    assert measured["paraphrased"]["cider"] < 6


@pytest.mark.data
def test_scoring_negated_captions_lose_their_events_and_keep_their_words(measured: dict[str, dict[str, float]]) -> None:
    assert measured["negated"]["event_recall"] < 0.15
    assert measured["negated"]["rouge_l"] > 0.9


@pytest.mark.data
def test_scoring_truncated_captions_fall_in_recall_and_not_in_precision(measured: dict[str, dict[str, float]]) -> None:
    assert measured["truncated"]["event_precision"] > 0.97
    assert measured["truncated"]["event_recall"] < 0.4


@pytest.mark.data
def test_scoring_turned_captions_fall_in_direction_alone_and_moved_ones_in_phase_alone(
    measured: dict[str, dict[str, float]],
) -> None:
    turned, moved = measured["left and right swapped"], measured["phases swapped"]
    assert (turned["event_f1"], turned["phase_event_f1"]) == (pytest.approx(1.0), pytest.approx(1.0))
    assert turned["direction_accuracy"] < 0.7
    assert moved["event_f1"] > 0.99
    assert moved["direction_accuracy"] > 0.99
    assert moved["phase_accuracy"] < 0.75


def test_scoring_changes_move_annotated_events_with_their_words() -> None:
    places = [("opens", "begin", "eyes_open", None), ("turns", "middle", "head_turn", "left")]
    places.append(("closes", "end", "mouth_close", None))
    events = [
        FacialEvent(
            action, direction, None, None, phase, CAPTION.index(word), CAPTION.index(word) + len(word), word, ""
        )
        for word, phase, action, direction in places
    ]

    def actions(name: str) -> list[str]:
        return [event.action for event in CHANGES[name](CAPTION, Random(1)).events(events)]

    assert sorted(actions("clauses shuffled")) == ["eyes_open", "head_turn", "mouth_close"]
    assert actions("clauses shuffled") != ["eyes_open", "head_turn", "mouth_close"]
    assert actions("truncated") == ["eyes_open"]
    assert actions("negated") == []
    assert CHANGES["left and right swapped"](CAPTION, Random(1)).events(events)[1].direction == "right"
    assert [e.phase for e in CHANGES["phases swapped"](CAPTION, Random(1)).events(events)] == ["end", "middle", "begin"]


@pytest.mark.parametrize("caption", ["", "She blinks.", "no full stop", "\n\n", "At the end, she smiles"])
@pytest.mark.parametrize("name", CHANGES)
def test_scoring_changes_take_any_caption(name: str, caption: str) -> None:
    assert isinstance(CHANGES[name](caption, Random(1)).text, str)


@pytest.mark.data
def test_scoring_baselines_give_a_scale(test_data: Path) -> None:
    references = read_references(test_data / "dfec" / "test.json")
    same = scored(references, BASELINES["same-source"].make(references)).metrics()
    assert same["rouge_l"] == pytest.approx(0.36, abs=0.01)
    assert same["cider"] == pytest.approx(0.08, abs=0.02)
    texts = BASELINES["random"].make(references)
    assert not any(text == reference.caption for text, reference in zip(texts, references, strict=True))
    assert sorted(texts) == sorted(reference.caption for reference in references)


def test_scoring_baselines_of_one_caption_and_of_none() -> None:
    from dfec_explore.model import Annotation

    one = [Annotation("1", "DFEW/1.mp4", CAPTION)]
    for baseline in BASELINES.values():
        assert len(baseline.make(one)) == 1
        assert baseline.make([]) == []
