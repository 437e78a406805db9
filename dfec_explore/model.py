"""The nouns of the project: what a caption, a sample, a facial event, a clip and a review are."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any


def caption_hash(caption: str) -> str:
    """Name a caption by its text: 32 hexadecimal digits (128 bits of SHA-256 over its UTF-8).

    Reviews carry it, so they keep their caption when the file around it changes.
    """
    return hashlib.sha256(caption.encode("utf-8")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class SampleKey:
    """What names a sample everywhere: the dataset, the part of it (test, train, ...), and the id there."""

    dataset: str
    part: str
    id: str

    def __str__(self) -> str:
        return f"{self.part} / {self.id}"


@dataclass(frozen=True, slots=True)
class DatasetPart:
    """One annotation file of a dataset and the name of the part that it holds."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """What a team set of the checks; the checks' own defaults hold for all that is not named."""

    off: tuple[str, ...] = ()
    """Ids of checks that do not run."""
    limits: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """By check: its limits by name."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A named set of annotation files."""

    name: str
    parts: tuple[DatasetPart, ...]
    left_right: str = "unknown"
    """Whose left and right the captions mean: ``person``, ``viewer`` or ``unknown``."""
    is_demo: bool = False
    checks: CheckSettings = field(default_factory=CheckSettings)


@dataclass(frozen=True, slots=True)
class ModelFile:
    """The predictions of one captioning model for a part of a dataset."""

    name: str
    path: Path
    dataset: str
    part: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """One accepted record of an annotation file."""

    id: str
    video: str
    """Relative POSIX path of the clip, as in the file."""
    caption: str
    extra: Mapping[str, Any] = field(default_factory=dict)
    """The record's other fields, kept to be exported again."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """One record that could not be accepted, and why."""

    index: int
    """Position in the file, from 0."""
    id: str | None
    reason: str
    value: str
    """The offending value, cut short."""
    line: int | None = None
    """Line in the file, from 1, for text formats."""


@dataclass(frozen=True, slots=True)
class FacialEvent:
    """One facial, head, gaze or vocal action that a caption says is visible; ``caption[start:end] == quote``."""

    action: str
    direction: str | None
    side: str | None
    intensity: str | None
    phase: str | None
    start: int
    end: int
    quote: str
    rule: str
    """Which rule of the lexicon made it."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a caption that one phase of the clip covers; ``caption[start:end]`` is its text."""

    start: int
    end: int
    phase: str | None
    """``begin``, ``progress``, ``middle``, ``end``, ``rest``, or None (no phase stated: mostly appearance)."""
    share: tuple[float, float] | None
    """Estimated part of the clip, as (from, to) in 0..1; None where nothing moves (appearance)."""


@dataclass(frozen=True, slots=True)
class PersonFact:
    """Something a caption says of a person: ``caption[start:end] == quote``."""

    attribute: str
    """``gender``, ``age_group``, ``hair_colour``, ``hair_length``, ``glasses``, ``facial_hair``, ``headwear``,
    ``people`` ..."""
    value: str
    start: int
    end: int
    quote: str


class Severity(StrEnum):
    """How much a flag matters, if it is right."""

    ERROR = "error"
    """The caption is wrong and has to change."""
    WARNING = "warning"
    """The caption is probably worth a look."""
    INFO = "info"
    """A measure of the text, no fault by itself."""


@dataclass(frozen=True, slots=True)
class Flag:
    """What a check found in a caption."""

    check: str
    """Id of the check."""
    severity: str
    """``error``, ``warning`` or ``info``."""
    message: str
    """A sentence with the evidence."""
    score: float
    """Estimated probability that the flag is right, 0..1."""
    start: int | None = None
    """Where the words concerned begin, as a character offset into the caption; None where it is about all of it."""
    end: int | None = None
    group: int | None = None
    """Number of the group of captions that a check puts together (duplicates); None where it speaks of one."""


@dataclass(frozen=True, slots=True)
class ClipMotion:
    """What is known of a clip's pictures by the checks; None is "not known"."""

    duration: float | None = None
    """In seconds."""
    frames: int | None = None
    motion_mean: float | None = None
    """Mean change of brightness from one frame to the next, in percent of its range."""
    motion_p95: float | None = None
    """95th percentile of the same."""
    cuts: int | None = None
    """Places at which one shot ends and the next begins."""
    longest_still: float | None = None
    """Seconds of the longest stretch in which frames only repeat."""

    @property
    def still_share(self) -> float:
        """Share of the clip (0..1) that its longest stretch of repeated frames takes; 0 where it is not known."""
        return min(1.0, self.longest_still / self.duration) if self.longest_still and self.duration else 0.0


class ClipStatus(StrEnum):
    """Where the search for a clip ended."""

    FOUND = "found"
    SUBSTITUTE = "substitute"
    AMBIGUOUS = "ambiguous"
    PACKED = "packed"
    MISSING = "missing"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Clip:
    """Where a sample's clip lies, or where it was looked for."""

    status: ClipStatus
    path: Path | None
    """The file to play, or the folder of its frames, inside a configured root; None unless found or a substitute."""
    tried: tuple[Path, ...] = ()
    """Places that were searched, in order."""
    reason: str = ""
    """A sentence for the person who looks at it, where the status is not ``found``."""
    frame_rate: float | None = None
    """Frames a second at which ``path``, a folder of frames without timing, is shown; None where it is a file."""
    rule: str = ""
    """Which of the places where its source keeps clips it was found at; empty where that was not asked for."""
    places: tuple[Path, ...] = ()
    """Where the status is ``ambiguous``: all that fit equally well."""
    archive: Path | None = None
    """Where the status is ``packed``: the archive."""


@dataclass(frozen=True, slots=True)
class ClipFacts:
    """What a probe of a clip says. Times in seconds, sizes in pixels."""

    codec: str
    container: str
    width: int
    height: int
    frame_rate: float
    frames: int
    duration: float
    has_sound: bool
    plays_in_browser: bool
    """Whether browsers commonly play this codec and container."""
    pixel_format: str = ""
    """FFmpeg's name (``yuv420p``); of frames in a folder, Pillow's (``RGB``)."""
    rotation: int = 0
    """Degrees by which the picture is turned when it is shown; ``width`` and ``height`` are those after it."""
    constant_rate: bool | None = None
    """Whether frames follow one another at even distances; None where that is not known."""
    first_frame_decodes: bool = True
    """Whether the clip can be decoded from its first frame on."""


class Verdict(StrEnum):
    """What a reviewer says of a caption."""

    ACCEPT = "accept"
    FIX = "fix"
    REJECT = "reject"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Review:
    """One row of the append-only store of verdicts: a verdict, or the retraction of one."""

    row_id: str
    """Made by the client, so that a retried save is still one row."""
    key: SampleKey
    caption_hash: str
    reviewer: str
    verdict: Verdict | None
    """None in a row that only retracts another."""
    reasons: tuple[str, ...] = ()
    note: str = ""
    corrected_caption: str | None = None
    mode: str = ""
    """Comma-joined, sorted: ``adjudication`` (a final verdict), ``blind``, ``mirrored``, ``watch-first``."""
    plan: str | None = None
    """Id of the sampling plan under which it was given."""
    seconds: float | None = None
    """Time from opening the sample to the verdict."""
    watched: float | None = None
    """Share of the clip that was played, 0..1."""
    spans: tuple[tuple[int, int], ...] = ()
    """Marked words, as character offsets into the caption."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """Verdicts on clauses and events."""
    retracts: str | None = None
    """``row_id`` of the row that this one takes back."""
    created_at: datetime | None = None
    """UTC; set by the store."""
    sequence: int | None = None
    """Place in the store's own order; set by the store."""


class FlagVerdict(StrEnum):
    """What a reviewer says of a flag."""

    DISMISSED = "dismissed"
    """The flag is wrong: there is nothing to mend."""
    CONFIRMED = "confirmed"
    """The flag is right."""


@dataclass(frozen=True, slots=True)
class FlagReview:
    """One row of the append-only store of verdicts on flags, or the retraction of one.

    It is about a check's flags on one text of a caption: another text brings them back.
    """

    row_id: str
    """Made by the client, so that a retried save is still one row."""
    key: SampleKey
    caption_hash: str
    check: str
    reviewer: str
    verdict: FlagVerdict | None
    """None in a row that retracts another."""
    reason: str = ""
    retracts: str | None = None
    """``row_id`` of the row that this one takes back."""
    created_at: datetime | None = None
    """UTC; set by the store."""
    sequence: int | None = None
    """Place in the store's own order; set by the store."""


Stratum = tuple[str, ...]
"""What the captions of a stratum have in common: a value for each name that a plan is stratified by."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which captions are to be judged and how they were chosen; it never changes once it is stored."""

    id: str
    """Made by the client, as the row id of a review is."""
    dataset: str
    name: str
    """One of a kind in its dataset."""
    created_by: str
    size: int
    """How many captions were chosen."""
    sizes: Mapping[Stratum, int]
    """How many captions there were to choose from, in each stratum."""
    strata: tuple[str, ...] = ()
    """Names of what it is stratified by, such as ``source`` and ``length``; empty: all captions are one stratum."""
    is_random: bool = True
    """False where somebody picked the captions: such a plan says nothing about the others."""
    seed: int | None = None
    allocation: str = "proportional"
    """How the size was divided among the strata: ``proportional`` or ``equal``."""
    overlap: int = 1
    """How many reviewers are to judge each caption."""
    population: str = ""
    """What was chosen from, as a sentence."""
    query: str = ""
    """What was chosen from, as the query of a link."""
    created_at: datetime | None = None
    """UTC; set by the store."""
    is_archived: bool = False
    """Whether it was put away; set by the store."""


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One caption of a sampling plan."""

    position: int
    """Place in the random order in which the captions are judged, from 0."""
    key: SampleKey
    caption_hash: str
    stratum: Stratum = ()
