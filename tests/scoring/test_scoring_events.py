"""Event metrics: pairs and figures worked out by hand."""

import math

import numpy as np
import pytest

from dfec_explore.model import FacialEvent
from dfec_explore.scoring import PairKind, align, metrics_of, out_of_order, pairs_of
from dfec_explore.scoring.scores import score_events
from dfec_explore.scoring.statistics import TEXT_COLUMNS, columns


def event(action: str, direction: str | None = None, phase: str | None = None, side: str | None = None) -> FacialEvent:
    return FacialEvent(action, direction, side, None, phase, 0, 1, "x", "test")


def metrics(reference: list[FacialEvent], prediction: list[FacialEvent]) -> dict[str, float]:
    row = np.zeros(len(columns()))
    row[len(TEXT_COLUMNS) :] = score_events(reference, prediction)
    return {name: float(value) for name, value in metrics_of(row).items()}


def kinds(reference: list[FacialEvent], prediction: list[FacialEvent]) -> list[tuple[str, str]]:
    return [(pair.action, pair.kind.value) for pair in align(reference, prediction)]


def test_scoring_align_names_matched_turned_missed_and_extra_in_reading_order() -> None:
    reference = [event("blink"), event("head_turn", "left"), event("speak")]
    prediction = [event("laugh"), event("blink"), event("head_turn", "right"), event("wink")]
    assert kinds(reference, prediction) == [
        ("laugh", "extra"),
        ("blink", "matched"),
        ("head_turn", "turned"),
        ("wink", "extra"),
        ("speak", "missed"),
    ]


def test_scoring_align_pairs_the_events_that_agree_most() -> None:
    reference = [event("gaze", "left", "begin"), event("gaze", "right", "end")]
    prediction = [event("gaze", "right", "begin"), event("gaze", "left", "end")]
    pairs = align(reference, prediction)
    assert [pair.kind for pair in pairs] == [PairKind.MATCHED, PairKind.MATCHED]
    assert [pair.is_there for pair in pairs] == [True, True]
    assert [pair.is_then for pair in pairs] == [False, False]


def test_scoring_align_to_leave_a_direction_out_is_no_wrong_direction() -> None:
    (pair,) = align([event("gaze", "left")], [event("gaze")])
    assert (pair.kind, pair.says_where, pair.is_there) == (PairKind.MATCHED, True, False)


def test_scoring_align_the_wrong_side_is_a_wrong_direction() -> None:
    assert kinds([event("brow_raise", side="left")], [event("brow_raise", side="right")]) == [("brow_raise", "turned")]


def test_scoring_align_leaves_out_what_no_action_covers() -> None:
    assert kinds([event("other"), event("blink")], [event("other")]) == [("blink", "missed")]


def test_scoring_event_metrics_are_those_worked_out_by_hand() -> None:
    reference = [event("blink", phase="begin"), event("head_turn", "left", "begin"), event("speak", phase="end")]
    prediction = [event("head_turn", "right", "begin"), event("blink", phase="end")]
    found = metrics(reference, prediction)
    assert found["event_precision"] == 1.0
    assert found["event_recall"] == pytest.approx(2 / 3)
    assert found["event_f1"] == pytest.approx(4 / 5)
    assert found["directed_event_f1"] == pytest.approx(2 / 5)  # Only the blink agrees in direction.
    assert found["ordered_event_f1"] == pytest.approx(2 / 5)  # One of the two stands in order.
    assert found["phase_event_f1"] == pytest.approx(2 / 5)  # Only the turn is at its time.
    assert found["direction_accuracy"] == 0.0
    assert found["phase_accuracy"] == pytest.approx(1 / 2)
    assert found["event_f1_eye"] == 1.0
    assert found["event_f1_head"] == 1.0
    assert found["event_f1_voice"] == 0.0
    assert math.isnan(found["event_f1_brow"])


def test_scoring_event_metrics_of_nothing_said_are_zero_and_of_nothing_at_all_have_no_base() -> None:
    silent = metrics([event("blink")], [])
    assert (silent["event_precision"], silent["event_recall"], silent["event_f1"]) == (0.0, 0.0, 0.0)
    assert math.isnan(silent["direction_accuracy"])
    assert math.isnan(metrics([], [])["event_f1"])


def test_scoring_pairs_of_two_captions_quote_both() -> None:
    (pair,) = pairs_of("At the end, she turns her head to the left.", "Finally she turns her head to the right.")
    assert pair.kind is PairKind.TURNED
    assert pair.reference is not None
    assert pair.prediction is not None
    assert (pair.reference.direction, pair.prediction.direction) == ("left", "right")


def test_scoring_out_of_order_are_the_pairs_outside_of_the_longest_run() -> None:
    pairs = pairs_of("She blinks, smiles, frowns and speaks.", "She frowns, blinks, smiles and speaks.")
    assert [pairs[place].action for place in out_of_order(pairs)] == ["brow_lower"]
    assert out_of_order(pairs_of("She blinks.", "She smiles.")) == frozenset()
