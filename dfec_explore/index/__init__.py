"""The index: annotation files turned once into Parquet tables that every page asks."""

from dfec_explore.index.build import build_index, build_index_job
from dfec_explore.index.folders import IndexFolder, current_index, newest_index
from dfec_explore.index.manifest import Manifest, PartRecord

__all__ = [
    "IndexFolder",
    "Manifest",
    "PartRecord",
    "build_index",
    "build_index_job",
    "current_index",
    "newest_index",
]
