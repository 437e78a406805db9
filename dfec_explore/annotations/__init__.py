"""Annotation files of every accepted shape: accepted records, rejected ones with the reason, and a fingerprint."""

from dfec_explore.annotations.file import AnnotationFile, fingerprint, open_annotations, validate
from dfec_explore.annotations.reasons import Reason
from dfec_explore.annotations.report import FileWarning, ValidationReport
from dfec_explore.annotations.rewriting import Edit, Rewritten, rewrite_annotations
from dfec_explore.annotations.whole_file import whole_file

__all__ = [
    "AnnotationFile",
    "Edit",
    "FileWarning",
    "Reason",
    "Rewritten",
    "ValidationReport",
    "fingerprint",
    "open_annotations",
    "rewrite_annotations",
    "validate",
    "whole_file",
]
