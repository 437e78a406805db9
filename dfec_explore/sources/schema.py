"""What is known of a source and of the dataset as a whole, and the shape of the data files that say it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Confidence(StrEnum):
    """How sure a fact is; it is shown beside the fact."""

    VERIFIED = "verified"
    """Read in a public source."""
    SECOND_HAND = "second-hand"
    """Reported by somebody else."""
    INFERRED = "inferred"
    """Follows from verified facts."""
    GENERAL = "general"
    """General knowledge, not checked."""
    UNKNOWN = "unknown"
    """Looked for and not found."""
    DFEC = "dfec"
    """From the paths of the dataset itself."""


Kind = Literal["video", "frames_dir"]


class _Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Media(_Fact):
    """What the original clips are like, each as a phrase for people."""

    container: str
    resolution: str
    frame_rate: str
    duration: str
    sound: str
    language: str
    people: str


class Place(_Fact):
    """Where a clip may lie below its source's folder; ``{field}`` stands for what the path tells."""

    path: str
    kind: Kind
    confidence: Confidence
    substitute: str | None = None
    """What is there instead of the clip itself, such as ``face crop``."""
    frames: str | None = None
    """Glob of the frames in a folder of frames."""
    frame_rate: float | None = None
    """Default for display of a folder of frames, in frames/s; None where the timing is lost."""


class Source(_Fact):
    """One of the public datasets that the clips come from."""

    id: str
    """First folder of ``video``."""
    title: str
    aliases: tuple[str, ...] = ()
    full_title: str
    authors: tuple[str, ...]
    year: int
    venue: str
    doi: str | None = None
    data_doi: str | None = None
    arxiv: str | None = None
    citation_confidence: Confidence
    citation_note: str = ""
    url: str
    """Official page."""
    other_urls: tuple[str, ...] = ()
    access: str
    access_confidence: Confidence
    licence: str
    licence_confidence: Confidence
    clips: int
    """Clips of the original dataset."""
    clips_confidence: Confidence
    clips_note: str = ""
    media: Media
    emotions: tuple[str, ...] = ()
    """Emotion classes in the source's own words."""
    in_test: int
    """Captions of the released test set."""
    planned: int | None = None
    """Captions that were announced for this source; None: no figure by source was published."""
    path_tells: tuple[str, ...]
    path: str
    """Regular expression of ``video``; the names of its groups are the fields that a path tells."""
    codes: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    """What the codes of a field mean, by field."""
    candidates: tuple[Place, ...]
    """Places to look for a clip, in order, after the path as it stands and the path below the source's folder."""
    root_hints: tuple[str, ...]
    """Names that the source's folder commonly has."""
    wrong_packages: tuple[str, ...] = ()
    """Packages that are easily mistaken for the clips."""
    wrong_package_names: tuple[tuple[str, ...], ...] = ()
    """Globs of the folders and archives of each of these packages, in the same order."""
    archives: tuple[str, ...] = ()
    """Globs of archives that hold clips; ``{field}`` as in places."""


class Plan(_Fact):
    """A part of the dataset that was announced, and how much of it is published."""

    id: str
    title: str
    planned: int
    at_least: bool = False
    published: int
    note: str = ""


class DatasetFacts(_Fact):
    """What is known of the dataset as a whole."""

    title: str
    full_title: str
    url: str
    licence_note: str
    paper_title: str
    paper_authors: tuple[str, ...]
    paper_year: int
    arxiv: str
    paper_clips: int
    """Captioned clips in all, as the paper says."""
    plans: tuple[Plan, ...]

    @property
    def citation(self) -> str:
        """The paper as one line of a list of references."""
        return f"{', '.join(self.paper_authors)}: {self.paper_title}. arXiv:{self.arxiv}, {self.paper_year}."

    @property
    def bibtex(self) -> str:
        """The paper as a BibTeX entry."""
        return (
            "@misc{dfec" + f"{self.paper_year},\n"
            f"  title = {{{{{self.paper_title}}}}},\n"
            f"  author = {{{' and '.join(self.paper_authors)}}},\n"
            f"  year = {{{self.paper_year}}},\n"
            f"  eprint = {{{self.arxiv}}},\n"
            "  archivePrefix = {arXiv}\n}"
        )


class EmotionWords(_Fact):
    """One word for each emotion, by what a source calls it."""

    words: Mapping[str, str]
