"""The demo's captions: where the true events stand, how they are worded, and what the parser makes of them."""

import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dfec_explore.demo import DemoSample, TimedAction, demo_samples
from dfec_explore.demo.captions import read_phrases, write_caption
from dfec_explore.demo.look import FaceLook
from dfec_explore.language import extract_events

SAMPLES = demo_samples()
WOMAN = FaceLook(
    gender="woman", age="elderly", skin="fair", hair="bun", hair_colour="grey", eyes="blue", brows="thin", beard="none",
    glasses="round", earrings=False, clothes="shirt", clothes_colour="navy", width=1.0, jaw=1.0,
)  # fmt: skip


def act(action: str, phase: str = "progress", **more: str) -> TimedAction:
    return TimedAction(action, 0.0, 0.0, phase, **more)


def caption_of(*actions: TimedAction, seed: int = 1) -> str:
    return write_caption(WOMAN, actions, Random(seed))[0]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(min_value=0))
def test_demo_captions_events_stand_exactly_where_they_say(seed: int) -> None:
    for sample in demo_samples(seed):
        caption = sample.annotation.caption
        starts = [event.start for event in sample.events]
        assert starts == sorted(starts)
        assert all(caption[event.start : event.end] == event.quote != "" for event in sample.events)
        assert not set("<>{}") & set(caption)


@pytest.mark.parametrize("sample", [s for s in SAMPLES if s.flaw is None], ids=lambda s: s.annotation.id)
def test_demo_captions_without_a_flaw_say_what_is_drawn_in_its_order(sample: DemoSample) -> None:
    told = [(e.action, e.direction, e.side, e.intensity, e.phase) for e in sample.events]
    assert told == [(a.action, a.direction, a.side, a.intensity, a.phase) for a in sample.timeline]


def test_demo_captions_three_disagree_with_their_clips_each_in_its_own_way() -> None:
    flawed = {s.flaw: s for s in SAMPLES if s.flaw}
    assert set(flawed) == {"left and right swapped", "action missing", "action not in the clip"}
    swapped = flawed["left and right swapped"]
    drawn = [a.direction for a in swapped.timeline if a.action == "head_turn"]
    assert [e.direction for e in swapped.events if e.action == "head_turn"] == [
        {"left": "right", "right": "left"}[d or ""] for d in drawn
    ]
    difference = {flaw: len(s.events) - len(s.timeline) for flaw, s in flawed.items()}
    assert difference == {"left and right swapped": 0, "action missing": -1, "action not in the clip": 1}


def test_demo_captions_describe_the_person() -> None:
    text = caption_of(act("blink"))
    assert "an elderly woman" in text
    assert "grey hair tied up in a bun" in text
    assert "She wears round glasses." in text


def test_demo_captions_a_tail_hangs_on_to_its_host() -> None:
    text = caption_of(act("mouth_open"), act("teeth_show"))
    assert ", revealing her upper teeth." in text or ", showing her upper teeth." in text or "a row of teeth." in text


def test_demo_captions_who_already_speaks_continues() -> None:
    text = caption_of(act("speak", "progress"), act("speak", "middle"))
    later = text.splitlines()[-1]
    assert "continues" in later or "keeps" in later


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (act("gaze", direction="up-left"), "to the upper left"),
        (act("gaze", direction="down-right"), "to the lower right"),
        (act("gaze", direction="forward"), "straight ahead"),
        (act("head_turn", direction="right"), "to the right"),
        (act("wink", side="left"), "left eye"),
        (act("eyes_open", "begin", intensity="slight"), "open"),
    ],
)
def test_demo_captions_say_direction_and_side(action: TimedAction, words: str) -> None:
    assert words in caption_of(action)


@pytest.mark.parametrize("form", [(action, form) for action, forms in read_phrases().items() for form in forms])
def test_demo_captions_every_wording_marks_one_event(form: tuple[str, str]) -> None:
    action, name = form
    for template in read_phrases()[action][name]:
        assert template.count("<") == template.count(">") == 1


@pytest.mark.data
def test_demo_captions_are_not_copied_from_the_real_ones(test_data: Path) -> None:
    real = [r["caption"] for r in json.loads((test_data / "dfec" / "test.json").read_text(encoding="utf-8"))]
    openings = {caption.split(". ")[0].split("\n")[0] for caption in real}
    for sample in SAMPLES:
        assert sample.annotation.caption not in real
        assert sample.annotation.caption.split(". ")[0] not in openings


def test_demo_captions_are_read_by_the_parser_as_they_were_written() -> None:
    captions = [sample.annotation.caption for sample in SAMPLES]
    hits = said = found = 0
    for sample, events in zip(SAMPLES, extract_events(captions), strict=True):
        want, got = (Counter(event.action for event in side) for side in (sample.events, events))
        hits, said, found = hits + (want & got).total(), said + want.total(), found + got.total()
    assert 2 * hits / (said + found) >= 0.95
