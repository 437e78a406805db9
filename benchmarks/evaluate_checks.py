"""The checks measured: recall and precision on planted errors, calibration of the scores on the verdicts of readers."""

import json
import os
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.plants import PLANTS, UNDECIDABLE
from dfec_explore.annotations import open_annotations
from dfec_explore.checks import check_annotations, check_caption, check_corpus, load_checks
from dfec_explore.checks.calibration import score_of
from dfec_explore.checks.corpus import corpus_of
from dfec_explore.language import analyse
from dfec_explore.model import Annotation, Flag

SEED = 20261129
EACH = 200
"""Captions that each kind of error is planted into."""
GRAVE = ("error", "warning")
VERDICTS = Path(__file__).parents[1] / "tests" / "checks" / "verdicts.jsonl"


def main() -> None:
    """Print both tables."""
    data = os.environ.get("DFEC_TEST_DATA")
    if not data:
        raise SystemExit("DFEC_TEST_DATA is not set: the captions to plant errors into are not here.")
    file = open_annotations(Path(data) / "dfec" / "test.json")
    plant_all([record for record in file if isinstance(record, Annotation)])
    reliability()


def plant_all(annotations: Sequence[Annotation]) -> None:
    """Plant each kind of error, and print how many are found and how many of the new flags are of a check for it."""
    checked = check_annotations(annotations)
    before = {a.id: {flag.check for flag in flags if flag.severity != "info"} for a, flags in checked}
    clean = [a for a, _ in checked if not before[a.id]]
    print(f"\n{len(clean):,} of {len(annotations):,} captions have no error and no warning; seed {SEED}")
    print(f"{'planted':24} {'n':>4} {'recall':>7} {'errors':>7} {'precision':>10}   found by")
    said: Counter[str] = Counter()
    meant_so: Counter[str] = Counter()
    for title, (plant, meant) in PLANTS.items():
        rng = random.Random(f"{SEED} {title}")
        chosen = rng.sample(clean, len(clean))
        victim_ids = {a.id for a in chosen[: EACH * 2]}
        others = [a for a in annotations if a.id not in victim_ids]
        planted = [new for a in chosen if (new := plant(rng, a, others)) is not None][:EACH]
        flags = _flags(planted, annotations)
        found = sum(any(f.check in meant for f in each) for each in flags)
        errors = sum(any(f.check in meant and f.severity == "error" for f in each) for each in flags)
        grave = [f for each in flags for f in each if f.severity in GRAVE]
        right = sum(f.check in meant for f in grave)
        by = Counter(check for each in flags for check in {f.check for f in each if f.check in meant})
        said.update(f.check for f in grave)
        meant_so.update(f.check for f in grave if f.check in meant)
        precision = f"{right / len(grave):.2f}" if grave else "-"
        note = "  (the text does not decide it)" if title in UNDECIDABLE else ""
        names = ", ".join(f"{check} {count}" for check, count in by.most_common())
        n = len(planted)
        print(f"{title:24} {n:4} {found / n:7.2f} {errors / n:7.2f} {precision:>10}   {names}{note}")
    print(f"\n{'check':24} {'flags':>6} {'for what was planted':>21}   (errors and warnings in planted captions)")
    for check, count in said.most_common():
        print(f"{check:24} {count:6} {meant_so[check] / count:21.2f}")


def _flags(planted: Sequence[Annotation], annotations: Sequence[Annotation]) -> list[tuple[Flag, ...]]:
    """Flags of planted captions, each among the others as they were."""
    checks = load_checks()
    ids = {a.id for a in planted}
    kept = [a for a in annotations if a.id not in ids]
    together = check_corpus(corpus_of([*planted, *kept]), checks)
    alone = [check_caption(a, b, checks) for a, b in zip(planted, analyse(p.caption for p in planted), strict=True)]
    return [(*flags, *together.get(place, ())) for place, flags in enumerate(alone)]


def reliability() -> None:
    """Print how often flags were right beside what their score promised."""
    if not VERDICTS.is_file():
        return
    rows = [json.loads(line) for line in VERDICTS.read_text(encoding="utf-8").splitlines() if line]
    rows = [row for row in rows if row["still"]]
    print(f"\nReliability of the scores: {len(rows)} flags of real captions that were read")
    print(f"{'check':24} {'severity':8} {'read':>5} {'right':>6} {'share':>6} {'score':>6}")
    for check, severity in sorted({(row["check"], row["severity"]) for row in rows}):
        same = [row["right"] for row in rows if (row["check"], row["severity"]) == (check, severity)]
        right = sum(same)
        share, score = right / len(same), score_of(check, severity)
        print(f"{check:24} {severity:8} {len(same):5} {right:6} {share:6.2f} {score:6.2f}")
    print(f"\n{'score':>12} {'flags':>6} {'mean score':>11} {'right':>6}")
    for low, high in ((0.0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.0)):
        inside = [row for row in rows if low < score_of(row["check"], row["severity"]) <= high]
        if inside:
            mean = sum(score_of(row["check"], row["severity"]) for row in inside) / len(inside)
            right_share = sum(row["right"] for row in inside) / len(inside)
            print(f"{low:5.1f} to {high:3.1f} {len(inside):6} {mean:11.2f} {right_share:6.2f}")


if __name__ == "__main__":
    main()
