"""The public datasets that the clips come from: what is known of them, what a path tells, where a clip may lie."""

from dfec_explore.sources.affect import Affect
from dfec_explore.sources.labels import ClipLabel, LabelConflict, Labels, clip_name, path_label, read_labels
from dfec_explore.sources.naming import folder_source, recalled_source, source_archives, wrong_package
from dfec_explore.sources.paths import PathFacts, path_facts
from dfec_explore.sources.places import Candidate, clip_archives, clip_candidates
from dfec_explore.sources.registry import (
    NO_FOLDER,
    below_source,
    dataset_facts,
    emotion_words,
    registry,
    source_id,
    source_of,
)
from dfec_explore.sources.schema import Confidence, DatasetFacts, Media, Plan, Source

__all__ = [
    "NO_FOLDER",
    "Affect",
    "Candidate",
    "ClipLabel",
    "Confidence",
    "DatasetFacts",
    "LabelConflict",
    "Labels",
    "Media",
    "PathFacts",
    "Plan",
    "Source",
    "below_source",
    "clip_archives",
    "clip_candidates",
    "clip_name",
    "dataset_facts",
    "emotion_words",
    "folder_source",
    "path_facts",
    "path_label",
    "read_labels",
    "recalled_source",
    "registry",
    "source_archives",
    "source_id",
    "source_of",
    "wrong_package",
]
