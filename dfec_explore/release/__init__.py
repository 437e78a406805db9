"""Releases: annotation files with what reviewers said of them carried out."""

from dfec_explore.release.files import write_accepted, write_corrected
from dfec_explore.release.judged import ReleaseReport
from dfec_explore.release.pairs import PROMPT, write_pairs

__all__ = ["PROMPT", "ReleaseReport", "write_accepted", "write_corrected", "write_pairs"]
