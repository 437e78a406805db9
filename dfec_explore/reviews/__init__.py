"""Reviews: the append-only store of what people said of captions, in SQLite or PostgreSQL."""

from dfec_explore.reviews.export import FORMATS, export_reviews
from dfec_explore.reviews.reasons import Reason, reasons
from dfec_explore.reviews.records import from_record, to_record
from dfec_explore.reviews.standing import HistoryEntry, current_verdicts, redoable, sample_verdict, undoable
from dfec_explore.reviews.store import ReviewStore, open_store

__all__ = [
    "FORMATS",
    "HistoryEntry",
    "Reason",
    "ReviewStore",
    "current_verdicts",
    "export_reviews",
    "from_record",
    "open_store",
    "reasons",
    "redoable",
    "sample_verdict",
    "to_record",
    "undoable",
]
