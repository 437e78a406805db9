"""What reviewers say of flags, on its way between the page, the store and the index."""

import secrets
from collections.abc import Sequence

from dfec_explore.errors import StoreError
from dfec_explore.model import Dataset, FlagReview, FlagVerdict, Plan, SampleKey
from dfec_explore.query import Explorer, Filters
from dfec_explore.query.flags import every_flagged
from dfec_explore.query.samples import Sample
from dfec_explore.reviews import (
    Candidate,
    ReviewStore,
    flag_verdicts,
    last_flag_sequence,
    picked_plan,
    retract_flag_review,
    save_flag_review,
    save_plan,
)
from dfec_explore.web import identity, state
from dfec_explore.web.services import Services
from dfec_explore.web.view import View


def bring_flag_verdicts(shared: Services, dataset: Dataset, explorer: Explorer) -> int:
    """Bring what was said of flags to the open index, if there is something new; returns the last sequence number.

    Raises:
        StoreError: the store can't be read.
    """
    store = shared.store(dataset)
    sequence = last_flag_sequence(store)
    if explorer.database.flags_sequence != sequence:
        explorer.database.set_flag_verdicts(flag_verdicts(store, dataset.name), sequence=sequence)
    return sequence


def reviewer_of(view: View) -> str:
    """Who looks at the page: the signed-in user, else the name given in Review; empty where none is known."""
    user = identity.signed_in(view.services.settings.login_claim)
    if user is not None:
        return user.reviewer
    kept = state.get("reviewer")
    return str(view.services.settings.reviewer if kept is None else kept)


def say(view: View, sample: Sample, check: str, verdict: FlagVerdict, reason: str = "") -> None:
    """Save a verdict on a check's flags of a caption; what came of it stands in the state. For callbacks."""
    row = _save(view, sample, check, verdict, reason)
    if row is not None:
        state.put("flag.last", {"rows": [row], "verdict": str(verdict), "of": sample.id, "check": check})


def _save(view: View, sample: Sample, check: str, verdict: FlagVerdict, reason: str = "") -> str | None:
    """Save a verdict on a check's flags of a caption, and return its row id; None, and why, in the state where not."""
    store = view.services.store(view.dataset)
    review = FlagReview(
        row_id=secrets.token_hex(16),
        key=SampleKey(view.dataset.name, sample.part, sample.id),
        caption_hash=sample.caption_hash,
        check=check,
        reviewer=reviewer_of(view),
        verdict=verdict,
        reason=reason.strip(),
    )
    try:
        save_flag_review(store, review)
    except StoreError as error:
        state.put("flag.trouble", str(error))
        return None
    return review.row_id


def say_of_group(view: View, samples: Sequence[Sample], check: str, verdict: FlagVerdict, reason: str = "") -> None:
    """Save one verdict on a check's flags of every caption of a group. For callbacks."""
    saved = [row for sample in samples if (row := _save(view, sample, check, verdict, reason))]
    if saved:
        of = f"{len(saved):,} captions"
        state.put("flag.last", {"rows": saved, "verdict": str(verdict), "of": of, "check": check})


def take_back(view: View, *row_ids: str) -> None:
    """Take verdicts on flags back. For callbacks."""
    store: ReviewStore = view.services.store(view.dataset)
    try:
        for row_id in row_ids:
            retract_flag_review(store, row_id, reviewer=reviewer_of(view), new_row_id=secrets.token_hex(16))
    except StoreError as error:
        state.put("flag.trouble", str(error))
        return
    state.drop("flag.last")


def send_to_review(view: View, filters: Filters, *, name: str, most: int, by: str) -> Plan:
    """Store the flagged captions as a plan that somebody picked: it is judged, and never feeds a rate.

    Raises:
        StoreError: the plan can't be stored, its name is taken, say.
    """
    found: Sequence[tuple[str, str, str]] = every_flagged(view.explorer, filters, most=most)
    picked = [Candidate(SampleKey(view.dataset.name, part, id_), hash_, ()) for part, id_, hash_ in found]
    population = f"Flagged by checks: {view.ask(type(view.explorer).sentence, filters)}"
    plan, items = picked_plan(picked, dataset=view.dataset.name, name=name, created_by=by, population=population)
    return save_plan(view.services.store(view.dataset), plan, items)
