"""Labels that come with the datasets, read where the user has them: never needed, and never a reason to fail."""

from dataclasses import dataclass, field
from pathlib import Path

from dfec_explore.sources.affect import Affect
from dfec_explore.sources.label_files import LabelRow, UnreadLabels, label_files, read_label_file
from dfec_explore.sources.paths import path_facts, path_fields
from dfec_explore.sources.registry import source_of

_NAMES = {"AFEW-VA": "{clip}", "DFEW": "{id}", "MAFW": "{id}", "MER24": "{name}", "RAVDESS": "{name}"}
_NAMES |= {"CAER_mp4": "{split}/{emotion}/{num}", "FERV39k": "{scenario}/{emotion}/{num}"}


@dataclass(frozen=True, slots=True)
class ClipLabel:
    """What a dataset itself says of one of its clips."""

    source: str
    clip: str
    """The source's own name of the clip."""
    emotions: tuple[str, ...] = ()
    """In the project's words, sorted; several where the label is a compound."""
    valence: float | None = None
    """One figure for the whole clip, on the source's own scale."""
    affect: Affect | None = None
    """Valence and arousal of each frame."""
    actor: str | None = None
    file: Path | None = None
    """The file that says so; None: the clip's path does."""

    @property
    def emotion(self) -> str | None:
        """The emotion, where it is one."""
        return self.emotions[0] if len(self.emotions) == 1 else None


@dataclass(frozen=True, slots=True)
class LabelConflict:
    """Two files of a dataset say different emotions of one clip; the first one counts."""

    clip: str
    first: ClipLabel
    other: ClipLabel


@dataclass(slots=True)
class Labels:
    """The labels of one source, by its own names of clips."""

    source: str
    by_clip: dict[str, ClipLabel] = field(default_factory=dict)
    compounds: dict[str, ClipLabel] = field(default_factory=dict)
    """Compound labels, which stand beside the single ones."""
    conflicts: list[LabelConflict] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    """Files that were read."""
    problems: list[str] = field(default_factory=list)
    """Sentences about files that were not, and about parts of others."""

    def of(self, video: str) -> ClipLabel | None:
        """Return the label of a sample: from a file, else from its path; None where neither says anything."""
        clip = clip_name(video)
        if clip is None:
            return None
        return self.by_clip.get(clip) or self.compounds.get(clip) or path_label(video)


def clip_name(video: str) -> str | None:
    """Return what the source itself calls the clip of a path; None where the path does not follow its pattern."""
    fields = path_fields(video)
    return _NAMES[source_of(video)].format_map(fields) if fields else None


def path_label(video: str) -> ClipLabel | None:
    """Return the label that the path of a clip tells; None where it tells none."""
    facts, clip = path_facts(video), clip_name(video)
    if clip is None or facts.emotion is None:
        return None
    return ClipLabel(facts.source, clip, (facts.emotion,), actor=facts.actor)


def read_labels(source: str, root: Path) -> Labels:
    """Read the label files that a user has of a source; what cannot be read is told in ``problems``.

    Args:
        source: id.
        root: the folder of its clips.
    """
    labels = Labels(source)
    for file in label_files(source, root):
        try:
            for row in read_label_file(source, file):
                _add(labels, row, file)
                labels.problems += row.problems
        except UnreadLabels as error:
            labels.problems.append(str(error))
        else:
            labels.files.append(file)
    return labels


def _add(labels: Labels, row: LabelRow, file: Path) -> None:
    label = ClipLabel(labels.source, row.clip, row.emotions, row.valence, row.affect, row.actor, file)
    kept = labels.compounds if len(row.emotions) > 1 else labels.by_clip
    first = kept.setdefault(row.clip, label)
    if first.emotions and label.emotions and first.emotions != label.emotions:
        labels.conflicts.append(LabelConflict(row.clip, first, label))
