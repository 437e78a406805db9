"""``make evaluate``: what each metric makes of captions that were changed in a known way, and of the baselines."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np

from benchmarks.quiet import Quiet
from dfec_explore.language import extract_events
from dfec_explore.model import Annotation, FacialEvent
from dfec_explore.scoring import BASELINES, Matched, metrics_of, read_references, score
from dfec_explore.scoring.changes import CHANGES
from dfec_explore.scoring.scores import score_events
from dfec_explore.scoring.statistics import TEXT_COLUMNS, columns

SEED = 1
WORDS = ("cider", "rouge_l", "bleu_4", "length_ratio")
EVENTS = (
    "event_precision",
    "event_recall",
    "event_f1",
    "directed_event_f1",
    "ordered_event_f1",
    "phase_event_f1",
    "direction_accuracy",
    "phase_accuracy",
)


def main() -> None:
    """Print three tables: changes and baselines on the test set, and changes by parsed and by annotated events."""
    data = os.environ.get("DFEC_TEST_DATA")
    if not data:
        raise SystemExit("DFEC_TEST_DATA is not set: the captions and the annotated ones are not here.")
    references = read_references(Path(data, "dfec", "test.json"))
    print(f"\nplanted changes, {len(references):,} captions")
    _head("change", (*WORDS, *EVENTS))
    for name, change in CHANGES.items():
        rng = Random(SEED)
        _scored(name, references, [change(reference.caption, rng).text for reference in references])
    print("\nbaselines")
    _head("baseline", (*WORDS, *EVENTS))
    for baseline in BASELINES.values():
        _scored(baseline.title, references, baseline.make(references))
    _against_gold(references, read_gold(Path(data, "gold", "dev.jsonl")))


def read_gold(path: Path) -> dict[str, list[FacialEvent]]:
    """Annotated events by caption id."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        found[str(record["id"])] = [
            FacialEvent(
                event["action"],
                event.get("direction"),
                event.get("side"),
                event.get("intensity"),
                event.get("phase"),
                event["start"],
                event["end"],
                event["quote"],
                "gold",
            )
            for event in record["events"]
            if event["action"] != "other"
        ]
    return found


def _against_gold(references: Sequence[Annotation], gold: dict[str, list[FacialEvent]]) -> None:
    """The same changes, scored once by what the parser finds in both texts and once by what annotators marked."""
    annotated = [reference for reference in references if reference.id in gold]
    print(f"\nevents of the parser against annotated events, {len(annotated)} captions")
    _head("change", EVENTS)
    for name, change in CHANGES.items():
        rng = Random(SEED)
        changed = [change(reference.caption, rng) for reference in annotated]
        wanted = list(extract_events(reference.caption for reference in annotated))
        said = list(extract_events(one.text for one in changed))
        _line(f"{name}, parsed", _event_metrics(wanted, said), EVENTS)
        marked = [gold[reference.id] for reference in annotated]
        moved = [one.events(events) for one, events in zip(changed, marked, strict=True)]
        _line(f"{name}, annotated", _event_metrics(marked, moved), EVENTS)


def _event_metrics(wanted: Sequence[Sequence[FacialEvent]], said: Sequence[Sequence[FacialEvent]]) -> dict[str, float]:
    rows = np.zeros((len(wanted), len(columns())))
    rows[:, len(TEXT_COLUMNS) :] = [score_events(a, b) for a, b in zip(wanted, said, strict=True)]
    return {name: float(value) for name, value in metrics_of(rows.sum(axis=0)).items()}


def _scored(name: str, references: Sequence[Annotation], texts: Sequence[str]) -> None:
    scores = score(Matched(tuple(references), tuple(texts), 0, (), (), ()), Quiet())
    _line(name, scores.metrics(), (*WORDS, *EVENTS))


def _head(first: str, metrics: Sequence[str]) -> None:
    print(f"| {first} | {' | '.join(f'`{name}`' for name in metrics)} |")
    print(f"|---|{'---:|' * len(metrics)}")


def _line(name: str, found: dict[str, float], metrics: Sequence[str]) -> None:
    print(f"| {name} | {' | '.join(f'{found[metric]:.3f}' for metric in metrics)} |", flush=True)


if __name__ == "__main__":
    main()
