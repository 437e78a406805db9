"""Releases: annotation files with what reviewers said of them carried out, and two versions side by side."""

from dfec_explore.release.changes import (
    KIND_TITLES,
    ChangeKind,
    DiffSummary,
    FlagChange,
    FlagsOf,
    RecordChange,
    StaleVerdict,
)
from dfec_explore.release.checking import caption_checks
from dfec_explore.release.diff_files import diff_key, prune_diffs, read_summary, write_diff
from dfec_explore.release.diff_reading import ChangePage, Wanted, change_page, changes, stale_verdicts
from dfec_explore.release.fields import FieldChange
from dfec_explore.release.files import write_accepted, write_corrected
from dfec_explore.release.judged import ReleaseReport
from dfec_explore.release.pairs import PROMPT, write_pairs
from dfec_explore.release.sides import SideReport

__all__ = [
    "KIND_TITLES",
    "PROMPT",
    "ChangeKind",
    "ChangePage",
    "DiffSummary",
    "FieldChange",
    "FlagChange",
    "FlagsOf",
    "RecordChange",
    "ReleaseReport",
    "SideReport",
    "StaleVerdict",
    "Wanted",
    "caption_checks",
    "change_page",
    "changes",
    "diff_key",
    "prune_diffs",
    "read_summary",
    "stale_verdicts",
    "write_accepted",
    "write_corrected",
    "write_diff",
    "write_pairs",
]
