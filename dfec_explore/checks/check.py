"""What a check is, and what it finds."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from dfec_explore.model import Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
Limits = Mapping[str, float]


class Kind(StrEnum):
    """What a check looks at."""

    CAPTION = "caption"
    """One caption, with its path."""
    CORPUS = "corpus"
    """All captions of a dataset together."""
    CLIP = "clip"
    """One caption and the facts of its clip."""


class Family(StrEnum):
    """What a check is about; its value is the title that is shown."""

    TEXT = "Text"
    DUPLICATES = "Duplicates"
    CONTENT = "Content"
    CONSISTENCY = "Consistency"
    PATH = "Path and labels"
    CLIP = "Clip"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says of a caption; the score is added from the check's record."""

    severity: Severity
    message: str
    """A sentence with the evidence."""
    start: int | None = None
    end: int | None = None
    group: int | None = None
    """Of a corpus check that puts captions together: the place of one of them, the same for all of a group."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check. A plug-in gives one, or a tuple of them, by the entry point group ``dfec_explore.checks``."""

    id: str
    title: str
    explanation: str
    """What it finds and why that matters, in a sentence or two."""
    example: str
    """A caption, or a piece of one, in which it finds something."""
    family: Family
    find: Callable[..., Iterable[Any]]
    """Kind ``caption``: (Subject, Limits) -> findings. Kind ``clip``: (Subject, ClipMotion, Limits) -> findings.
    Kind ``corpus``: (Corpus, Limits) -> pairs of a caption's place and a finding."""
    kind: Kind = Kind.CAPTION
    limits: Limits = field(default_factory=dict)
    """Its limits by name, with their defaults."""
    version: int = 1
    """Of a plug-in's check: raised when it finds something else than before."""
