"""Reviews: the append-only store of what people said of captions, in SQLite or PostgreSQL, and what follows from it."""

from dfec_explore.reviews.agreement import Agreement, Disagreement, Measure, PairAgreement, agreement, disagreements
from dfec_explore.reviews.estimates import (
    Estimate,
    error_rate,
    error_rates_by,
    more_needed,
    stratum_label,
    stratum_value,
)
from dfec_explore.reviews.export import FORMATS, export_reviews
from dfec_explore.reviews.final import FinalVerdict, final_verdicts
from dfec_explore.reviews.flag_reviews import flag_verdicts, last_flag_sequence, retract_flag_review, save_flag_review
from dfec_explore.reviews.imports import ImportReport, Problem, import_reviews
from dfec_explore.reviews.kinds import FLAG_ROWS, KINDS, REVIEW_ROWS, RowKind
from dfec_explore.reviews.merging import merge_store
from dfec_explore.reviews.modes import ADJUDICATION, BLIND, MIRRORED, MODES, WATCH_FIRST
from dfec_explore.reviews.outcomes import Outcome, all_outcomes, outcomes, plan_queue
from dfec_explore.reviews.plans import (
    archive_plan,
    find_plan,
    picked_plan,
    plan_items,
    plans,
    random_plan,
    restore_plan,
    save_plan,
)
from dfec_explore.reviews.reasons import Reason, reasons
from dfec_explore.reviews.records import from_record, to_record
from dfec_explore.reviews.sampling import ALLOCATIONS, Candidate, Sample, draw_sample, required_size
from dfec_explore.reviews.standing import (
    DISPUTED,
    HistoryEntry,
    current_verdicts,
    redoable,
    sample_verdict,
    undoable,
)
from dfec_explore.reviews.store import ReviewStore, open_store
from dfec_explore.reviews.verdicts import with_changes

__all__ = [
    "ADJUDICATION",
    "ALLOCATIONS",
    "BLIND",
    "DISPUTED",
    "FLAG_ROWS",
    "FORMATS",
    "KINDS",
    "MIRRORED",
    "MODES",
    "REVIEW_ROWS",
    "WATCH_FIRST",
    "Agreement",
    "Candidate",
    "Disagreement",
    "Estimate",
    "FinalVerdict",
    "HistoryEntry",
    "ImportReport",
    "Measure",
    "Outcome",
    "PairAgreement",
    "Problem",
    "Reason",
    "ReviewStore",
    "RowKind",
    "Sample",
    "agreement",
    "all_outcomes",
    "archive_plan",
    "current_verdicts",
    "disagreements",
    "draw_sample",
    "error_rate",
    "error_rates_by",
    "export_reviews",
    "final_verdicts",
    "find_plan",
    "flag_verdicts",
    "from_record",
    "import_reviews",
    "last_flag_sequence",
    "merge_store",
    "more_needed",
    "open_store",
    "outcomes",
    "picked_plan",
    "plan_items",
    "plan_queue",
    "plans",
    "random_plan",
    "reasons",
    "redoable",
    "required_size",
    "restore_plan",
    "retract_flag_review",
    "sample_verdict",
    "save_flag_review",
    "save_plan",
    "stratum_label",
    "stratum_value",
    "to_record",
    "undoable",
    "with_changes",
]
