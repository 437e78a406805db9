"""What was said of each caption of a sampling plan, and what is left to judge for whom."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from dfec_explore.model import Plan, PlanItem, SampleKey
from dfec_explore.reviews.modes import BLIND

Captions = Mapping[tuple[str, str], str]
"""The caption hash of each sample as the dataset has it now, by part and id."""


@dataclass(slots=True)
class Outcome:
    """What was said of one caption of a plan, as it was when it was drawn."""

    item: PlanItem
    said: dict[str, str] = field(default_factory=dict)
    """The verdict of each reviewer, under the plan."""
    in_sight: set[str] = field(default_factory=set)
    """Those of them who could see what others said (the mode is not ``blind``)."""
    said_elsewhere: set[str] = field(default_factory=set)
    """Reviewers who judged the sample under the plan with another caption."""
    final: str | None = None
    """The verdict that settles it, under whatever plan it was given, once it was judged under this one."""
    has_changed: bool = False
    """Whether the dataset has another caption now, or the sample no more."""

    @property
    def is_stale(self) -> bool:
        """Whether it can no longer be judged as it was drawn, and was not."""
        return not self.is_judged and (self.has_changed or bool(self.said_elsewhere))

    @property
    def is_judged(self) -> bool:
        """Whether there is a verdict on the caption as it was drawn."""
        return bool(self.said) or self.final is not None


def outcomes(
    plan: Plan, items: Sequence[PlanItem], judgements: pa.Table, *, captions: Captions | None = None
) -> list[Outcome]:
    """Bring together the captions of a plan and what was said of them.

    Args:
        plan: the plan.
        items: its captions.
        judgements: of its dataset, from `ReviewStore.judgement_table`.
        captions: as the dataset has them now; None: not looked at.

    Returns:
        One for each item, in their order.
    """
    found = {(item.key.part, item.key.id): Outcome(item) for item in items}
    if captions is not None:
        for name, drawn in found.items():
            drawn.has_changed = captions.get(name) != drawn.item.caption_hash
    for row in _rows_of(plan, judgements):
        if (outcome := found.get((row["part"], row["id"]))) is not None:
            _hear(outcome, row)
    for row in _finals(judgements):
        if (outcome := found.get((row["part"], row["id"]))) is not None:
            _settle(outcome, row, plan)
    return list(found.values())


def all_outcomes(dataset: str, judgements: pa.Table) -> list[Outcome]:
    """Bring together what was said of every judged caption of a dataset, under whatever plan or none.

    Fit for agreement and for lists of disputes. It is no random sample: nothing to work out a rate from.

    Args:
        dataset: its name.
        judgements: of it, from `ReviewStore.judgement_table`.

    Returns:
        One for each sample and caption hash that somebody judged, by part, id and hash.
    """
    columns = ["part", "id", "caption_hash", "reviewer", "verdict", "mode"]
    ordinary = pc.and_(judgements["standing"], pc.invert(judgements["adjudication"]))
    rows = judgements.select(columns).filter(ordinary).to_pylist()
    finals = _finals(judgements)
    names = sorted({(row["part"], row["id"], row["caption_hash"]) for row in (*rows, *finals)})
    found = {name: Outcome(PlanItem(place, SampleKey(dataset, *name[:2]), name[2])) for place, name in enumerate(names)}
    for row in rows:
        _hear(found[row["part"], row["id"], row["caption_hash"]], row)
    for row in finals:
        found[row["part"], row["id"], row["caption_hash"]].final = row["verdict"]
    return list(found.values())


def plan_queue(
    plan: Plan, items: Sequence[PlanItem], reviewer: str, judgements: pa.Table, *, captions: Captions | None = None
) -> list[PlanItem]:
    """Return what is left for a reviewer to judge under a plan, in order.

    It is what fewer than ``plan.overlap`` reviewers have judged under the plan, and this one has not. Each reviewer
    starts at a place of their own, so that two who work at the same time do different captions; who comes back finds
    the same order again.

    Args:
        plan: the plan.
        items: its captions.
        reviewer: for whom.
        judgements: of its dataset, from `ReviewStore.judgement_table`.
        captions: as the dataset has them now, to leave out those that have changed; None: not looked at.
    """
    start = _start(plan, reviewer)
    found = outcomes(plan, items, judgements, captions=captions)
    return [
        outcome.item
        for outcome in (*found[start:], *found[:start])
        if len(outcome.said) < plan.overlap
        and not outcome.has_changed
        and reviewer not in outcome.said
        and reviewer not in outcome.said_elsewhere
    ]


def _start(plan: Plan, reviewer: str) -> int:
    digest = hashlib.sha256(f"{plan.id}\0{reviewer}".encode()).digest()
    return int.from_bytes(digest[:8]) % plan.size


def _rows_of(plan: Plan, judgements: pa.Table) -> list[dict[str, str]]:
    wanted = pc.and_(pc.equal(judgements["plan"], plan.id), pc.invert(judgements["adjudication"]))
    columns = ["part", "id", "caption_hash", "reviewer", "verdict", "mode"]
    rows: list[dict[str, str]] = judgements.select(columns).filter(wanted).to_pylist()
    return rows


def _hear(outcome: Outcome, row: Mapping[str, str]) -> None:
    if row["caption_hash"] != outcome.item.caption_hash:
        outcome.said_elsewhere.add(row["reviewer"])
        return
    outcome.said[row["reviewer"]] = row["verdict"]
    if BLIND not in row["mode"]:
        outcome.in_sight.add(row["reviewer"])


def _finals(judgements: pa.Table) -> list[dict[str, str]]:
    """The adjudications that stand, oldest first."""
    wanted = pc.and_(judgements["adjudication"], judgements["standing"])
    columns = ["part", "id", "caption_hash", "verdict", "plan", "created_at", "sequence"]
    found = judgements.select(columns).filter(wanted)
    rows: list[dict[str, str]] = found.sort_by([("created_at", "ascending"), ("sequence", "ascending")]).to_pylist()
    return rows


def _settle(outcome: Outcome, row: Mapping[str, str], plan: Plan) -> None:
    """Take over a final verdict.

    One that was given elsewhere, of a caption that nobody judged under the plan, waits until somebody has: the caption
    came to be judged for another reason than by lot.
    """
    if row["caption_hash"] == outcome.item.caption_hash and (outcome.said or row["plan"] == plan.id):
        outcome.final = row["verdict"]
