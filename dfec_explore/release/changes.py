"""What differs between two versions of an annotation file, as frozen values."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from dfec_explore.language.comparing import EventChange
from dfec_explore.model import Annotation, Flag
from dfec_explore.release.fields import FieldChange
from dfec_explore.release.sides import SideReport

if TYPE_CHECKING:
    from dfec_explore.language import Analysis


class ChangeKind(StrEnum):
    """How a record differs; a record in both files may differ in several ways."""

    ADDED = "added"
    """Only in the newer file."""
    REMOVED = "removed"
    """Only in the older file."""
    CAPTION = "caption"
    """Another caption: its verdicts go stale."""
    VIDEO = "video"
    """Another path of the clip."""
    FIELDS = "fields"
    """Another value of some other field."""


KIND_TITLES: Mapping[str, str] = {
    "caption": "changed caption",
    "added": "added",
    "removed": "removed",
    "video": "moved video",
    "fields": "other fields",
}
"""Kinds as they are named for people, in the order in which they are shown."""


FlagsOf = Callable[[Annotation, "Analysis"], Sequence[Flag]]
"""Checks a caption by itself, given what ``language.analyse`` says of it."""


@dataclass(frozen=True, slots=True)
class FlagChange:
    """A flag that only one of the two captions has."""

    is_new: bool
    """True: the newer caption has it; False: it is fixed, or its caption is gone."""
    check: str
    severity: str
    message: str


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One record that is not the same in both files."""

    id: str
    kinds: tuple[ChangeKind, ...]
    source: str
    """Of the newer record, of the older one where it is removed."""
    old_video: str | None
    new_video: str | None
    old_caption: str | None
    new_caption: str | None
    fields: tuple[FieldChange, ...] = ()
    events: tuple[EventChange, ...] = ()
    """Facial actions that the newer caption lost, gained, or states otherwise; of changed captions alone."""
    flags: tuple[FlagChange, ...] = ()

    @property
    def is_caption_changed(self) -> bool:
        """Whether both files have it, with different captions."""
        return ChangeKind.CAPTION in self.kinds


@dataclass(frozen=True, slots=True)
class StaleVerdict:
    """The verdict on an older caption that the newer file does not have any more."""

    id: str
    source: str
    verdict: str
    """As the sample's verdict: one of the verdicts, or ``disputed``."""
    reviewers: tuple[str, ...]
    reasons: tuple[str, ...]
    outcome: str
    """``carried-out`` (the newer caption is the correction), ``changed`` (it is another text) or ``removed``."""


@dataclass(frozen=True, slots=True)
class DiffSummary:
    """Two annotation files side by side, in numbers."""

    old: SideReport
    new: SideReport
    kept: int
    """Records in both files."""
    unchanged: int
    """Those that are the same in both."""
    counts: Mapping[str, int]
    """Records by kind of change; one that differs in several ways counts in each."""
    by_source: Mapping[str, Mapping[str, int]]
    """The same by source."""
    events: Mapping[str, int]
    """Facial actions ``added``, ``removed`` and ``changed`` in changed captions."""
    actions: Mapping[str, Mapping[str, int]]
    """The same by action."""
    flags: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """By check: flags ``fixed`` and ``new``."""
    new_errors: int = 0
    """New flags of the severity ``error``."""
    is_checked: bool = False
    """Whether captions were checked at all."""

    @property
    def changed(self) -> int:
        """Records that are not the same in both files, or are in one alone."""
        return self.kept - self.unchanged + self.counts.get("added", 0) + self.counts.get("removed", 0)
