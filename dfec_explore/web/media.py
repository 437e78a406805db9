"""The clip of a sample, found anew under the configured folders each time it is asked for."""

from functools import lru_cache

from dfec_explore.clips import Folders, resolve
from dfec_explore.model import Clip, Dataset
from dfec_explore.sources import source_of
from dfec_explore.web.services import Services


@lru_cache(maxsize=1)
def _folders() -> Folders:
    """Listings of the clip folders, shared by all sessions; they look again after some seconds."""
    return Folders()


def find_clip(services: Services, dataset: Dataset, video: str) -> Clip:
    """Where the clip of a sample lies, or the places that were searched."""
    return resolve(video, source=source_of(video), roots=services.roots(dataset), folders=_folders())
