"""``make evaluate``: the parser's scores on the development captions and on those annotated before it ran on them."""

import importlib.util
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import Any

from dfec_explore.annotations import open_annotations
from dfec_explore.language import extract_events
from dfec_explore.model import Annotation

FOLDER = Path(__file__).parents[1] / "tests" / "language"
STYLES = {
    "other styles (rules tuned on them)": "styles_gold.jsonl",
    "other styles, first fresh set": "styles_fresh_gold.jsonl",
    "other styles, second fresh set": "styles_second_gold.jsonl",
    "other styles, third fresh set": "styles_third_gold.jsonl",
    "other styles, fourth fresh set": "styles_fourth_gold.jsonl",
    "other styles, fifth fresh set": "styles_fifth_gold.jsonl",
    "other styles, sixth fresh set": "styles_sixth_gold.jsonl",
    "other styles, seventh fresh set": "styles_seventh_gold.jsonl",
}
HEADER = f"{'':34}{'captions':>8} {'events':>6} {'action':>7} {'all':>6} {'order':>6} {'place':>6}"

Events = Mapping[str, Sequence[dict[str, Any]]]
"""The events of each caption, by its id, as the scorer reads them."""


def main() -> None:
    """Print F1 of the action, of all attributes and of the order, and the share of overlapping spans, set by set."""
    data = os.environ.get("DFEC_TEST_DATA")
    if not data:
        raise SystemExit("DFEC_TEST_DATA is not set: the annotated captions and their scorer are not here.")
    shared = Path(data)
    scorer = _scorer(shared / "gold" / "score_events.py")
    accepted = [record for record in open_annotations(shared / "dfec" / "test.json") if isinstance(record, Annotation)]
    released = {record.id: record.caption for record in accepted}
    print(HEADER)
    for title, path in (("development", shared / "gold" / "dev.jsonl"), ("held out", FOLDER / "heldout_gold.jsonl")):
        gold = scorer.read(path)
        predicted = _predict(gold, released)
        _print_row(scorer, title, gold, predicted)
        few, kept = _without_single_rules(predicted)
        _print_row(scorer, f"  without {few} rules of one caption", gold, kept)
        _print_left(gold, predicted)
    for title, name in STYLES.items():
        _print_styles(scorer, title, FOLDER / name)


def _scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_events", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: no scorer there.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _predict(ids: Iterable[str], texts: Mapping[str, str]) -> Events:
    """Parse the captions with these ids; what no label covers is left out, as the scorer does."""
    ids = list(ids)
    found = extract_events(texts[key] for key in ids)
    return {
        key: [asdict(event) for event in events if event.action != "other"]
        for key, events in zip(ids, found, strict=True)
    }


def _without_single_rules(predicted: Events) -> tuple[int, Events]:
    """Leave out what rules have found that fire in one of these captions only; how many rules that are."""
    captions = Counter(rule for events in predicted.values() for rule in {event["rule"] for event in events})
    single = {rule for rule, count in captions.items() if count == 1}
    kept = {key: [e for e in events if e["rule"] not in single] for key, events in predicted.items()}
    return len(single), kept


def _print_row(scorer: ModuleType, title: str, gold: Events, predicted: Events) -> None:
    action = scorer.match(gold, predicted, ())["f1"]
    whole = scorer.match(gold, predicted, scorer.ATTRIBUTES)["f1"]
    order, place = scorer.order(gold, predicted)["f1"], scorer.place(gold, predicted)
    count = sum(map(len, gold.values()))
    print(f"{title:34}{len(gold):8} {count:6} {action:7.3f} {whole:6.3f} {order:6.3f} {place:6.3f}", flush=True)


def _print_left(gold: Events, predicted: Events) -> None:
    """Print the actions that were missed, and those that nobody had marked."""
    missed, extra = Counter[str](), Counter[str]()
    for key, events in gold.items():
        want, got = Counter(e["action"] for e in events), Counter(e["action"] for e in predicted[key])
        missed += want - got
        extra += got - want
    for name, counts in (("missed", missed), ("extra", extra)):
        print(f"  {name}: " + (", ".join(f"{action} {n}" for action, n in counts.most_common()) or "none"))


def _print_styles(scorer: ModuleType, title: str, path: Path) -> None:
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    gold = scorer.read(path)
    predicted = _predict(gold, {record["id"]: record["text"] for record in records})
    print()
    _print_row(scorer, title, gold, predicted)
    styles: dict[str, list[str]] = {}
    for record in records:
        styles.setdefault(record["style"], []).append(record["id"])
    for style, ids in styles.items():
        _print_row(scorer, f"  {style}", {i: gold[i] for i in ids}, {i: predicted[i] for i in ids})
    _print_left(gold, predicted)


if __name__ == "__main__":
    main()
