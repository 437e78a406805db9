"""Annotation files of every accepted shape: accepted records, rejected ones with the reason, and a fingerprint."""

from dfec_explore.annotations.file import AnnotationFile, fingerprint, open_annotations, validate
from dfec_explore.annotations.reasons import Reason
from dfec_explore.annotations.report import FileWarning, ValidationReport

__all__ = [
    "AnnotationFile",
    "FileWarning",
    "Reason",
    "ValidationReport",
    "fingerprint",
    "open_annotations",
    "validate",
]
