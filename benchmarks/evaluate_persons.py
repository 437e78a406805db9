"""``make evaluate``: what captions state of persons, against 100 captions annotated by reading."""

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from dfec_explore.annotations import open_annotations
from dfec_explore.language import analyse
from dfec_explore.model import Annotation, PersonFact

GOLD = Path(__file__).parents[1] / "tests" / "language" / "persons_gold.jsonl"

Accepted = Mapping[str, Sequence[str]]
"""By attribute, the values that are right; an empty one where it is right to state nothing, too."""


def main() -> None:
    """Print how many facts were right, wrong, found where there is none, and missed; and which ones."""
    data = os.environ.get("DFEC_TEST_DATA")
    if not data:
        raise SystemExit("DFEC_TEST_DATA is not set: the captions are not here.")
    counts: Counter[str] = Counter()
    faults = []
    for identity, gold, found in read_persons(Path(data) / "dfec" / "test.json"):
        for verdict, words in judged(gold, found):
            counts[verdict] += 1
            if verdict != "right":
                faults.append(f"  {identity}: {verdict}: {words}")
    print("persons: " + ", ".join(f"{verdict} {counts[verdict]}" for verdict in ("right", "wrong", "extra", "missed")))
    print("\n".join(faults) or "  no faults")


def read_persons(file: Path) -> Iterable[tuple[str, Accepted, Sequence[PersonFact]]]:
    """The annotated captions: id, what is right, and what was found."""
    gold = {row["id"]: row["facts"] for row in map(json.loads, GOLD.read_text(encoding="utf-8").splitlines())}
    texts = {record.id: record.caption for record in open_annotations(file) if isinstance(record, Annotation)}
    found = analyse(texts[identity] for identity in gold)
    for (identity, facts), analysis in zip(gold.items(), found, strict=True):
        yield identity, facts, analysis.people


def judged(gold: Accepted, found: Sequence[PersonFact]) -> Iterable[tuple[str, str]]:
    """Each fact as right, wrong (another value is stated), extra (none is stated) or missed, with its words."""
    stated = {fact.attribute for fact in found}
    for fact in found:
        accepted = gold.get(fact.attribute, ())
        verdict = "right" if fact.value in accepted else "wrong" if accepted else "extra"
        yield verdict, f"{fact.attribute} {fact.value} (“{fact.quote}”)"
    for attribute, accepted in gold.items():
        if attribute not in stated and "" not in accepted:
            yield "missed", f"{attribute} {' or '.join(accepted)}"


if __name__ == "__main__":
    main()
