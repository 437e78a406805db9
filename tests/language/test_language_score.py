"""The parser against captions annotated by hand: the shared development set, and 60 more kept in this folder."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks.evaluate_persons import judged, read_persons
from dfec_explore.language import extract_events

ATTRIBUTES = ("direction", "side", "intensity", "phase")
BARS = {
    "dev": {"action": 0.993, "all": 0.99, "order": 0.993, "place": 0.99},
    "held out": {"action": 0.995, "all": 0.99, "order": 0.995, "place": 0.99},
}
"""A hair under what was reached; a change of the rules that loses more has to say why."""

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def scorer(test_data: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_events", test_data / "gold" / "score_events.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def captions(test_data: Path) -> dict[str, str]:
    records = json.loads((test_data / "dfec" / "test.json").read_text(encoding="utf-8"))
    return {str(record["id"]): record["caption"] for record in records}


@pytest.mark.parametrize("name", BARS)
def test_the_parser_reaches_its_bars(name: str, scorer: ModuleType, captions: dict[str, str], test_data: Path) -> None:
    path = test_data / "gold" / "dev.jsonl" if name == "dev" else Path(__file__).with_name("heldout_gold.jsonl")
    gold = scorer.read(path)
    found = extract_events([captions[key] for key in gold])
    predicted = {
        key: [{field: getattr(event, field) for field in ("action", "start", "end", *ATTRIBUTES)} for event in events]
        for key, events in zip(gold, found, strict=True)
    }
    scores = {
        "action": scorer.match(gold, predicted, ())["f1"],
        "all": scorer.match(gold, predicted, ATTRIBUTES)["f1"],
        "order": scorer.order(gold, predicted)["f1"],
        "place": scorer.place(gold, predicted),
    }
    assert {bar: scores[bar] for bar, least in BARS[name].items() if scores[bar] < least} == {}


@pytest.mark.parametrize(
    ("name", "action", "whole"),
    [
        ("styles_gold", 0.955, 0.94),
        ("styles_fresh_gold", 0.93, 0.885),
        ("styles_second_gold", 0.96, 0.92),
        ("styles_third_gold", 0.965, 0.955),
        ("styles_fourth_gold", 0.955, 0.925),
        ("styles_fifth_gold", 0.98, 0.98),
        ("styles_sixth_gold", 0.98, 0.945),
        ("styles_seventh_gold", 0.965, 0.945),
    ],
)
def test_other_styles_of_writing_keep_what_was_reached(
    name: str, action: float, whole: float, scorer: ModuleType
) -> None:
    path = Path(__file__).with_name(f"{name}.jsonl")
    gold = scorer.read(path)
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    predicted = {
        key: [{field: getattr(event, field) for field in ("action", *ATTRIBUTES)} for event in events]
        for key, events in zip(gold, extract_events(texts), strict=True)
    }
    assert scorer.match(gold, predicted, ())["f1"] >= action
    assert scorer.match(gold, predicted, ATTRIBUTES)["f1"] >= whole


def test_held_out_and_development_captions_are_apart(test_data: Path) -> None:
    held_out, development = (
        {json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()}
        for path in (Path(__file__).with_name("heldout_gold.jsonl"), test_data / "gold" / "dev.jsonl")
    )
    assert len(held_out) == 60
    assert not held_out & development


def test_what_captions_state_of_persons_is_as_read_by_hand(captions: dict[str, str], test_data: Path) -> None:
    """100 captions; the fault that is left is the gender of a second person: "she looks up at the man"."""
    told = list(read_persons(test_data / "dfec" / "test.json"))
    verdicts = [(identity, *verdict) for identity, gold, found in told for verdict in judged(gold, found)]
    assert [verdict for verdict in verdicts if verdict[1] != "right"] == [("333", "wrong", "gender male (“man”)")]
    assert len(verdicts) == 482
    facts = [(captions[identity], fact) for identity, _, found in told for fact in found]
    assert all(caption[fact.start : fact.end] == fact.quote for caption, fact in facts)
