"""The public datasets that the clips come from: what is known of them, what a path tells, where a clip may lie."""

from dfec_explore.sources.paths import PathFacts, path_facts
from dfec_explore.sources.places import Candidate, clip_archives, clip_candidates
from dfec_explore.sources.registry import NO_FOLDER, below_source, dataset_facts, registry, source_id, source_of
from dfec_explore.sources.schema import Confidence, DatasetFacts, Media, Plan, Source

__all__ = [
    "NO_FOLDER",
    "Candidate",
    "Confidence",
    "DatasetFacts",
    "Media",
    "PathFacts",
    "Plan",
    "Source",
    "below_source",
    "clip_archives",
    "clip_candidates",
    "dataset_facts",
    "path_facts",
    "registry",
    "source_id",
    "source_of",
]
