"""Clips: find them under the configured folders, probe and decode them without ever hurting the server.

The batch job that scans the clip folders and says where each clip lies is
``dfec_explore.clips.cataloguing:catalogue_clips``; the one that probes a whole dataset, after it, is
``dfec_explore.clips.probing:probe_clips``; the one that makes a copy of a
clip that browsers can play is ``dfec_explore.clips.transcoding:transcode_in_job``.
"""

from pathlib import Path

from dfec_explore.clips.answers import Answers
from dfec_explore.clips.cache import ClipCache
from dfec_explore.clips.copies import CopyFolder, CopyPlace
from dfec_explore.clips.decode_worker import DecoderLost, DecodeWorker
from dfec_explore.clips.folders import Folders
from dfec_explore.clips.frames import RATES
from dfec_explore.clips.playback import media_type, plays_in_browser, shown_rate
from dfec_explore.clips.prober import DecoderBusy, Prober, shared_prober
from dfec_explore.clips.resolve import ClipRoots, resolve
from dfec_explore.clips.signing import ClipReference, ClipSigner, LinkRefused, expiry, load_or_create_secret
from dfec_explore.model import ClipFacts

__all__ = [
    "RATES",
    "Answers",
    "ClipCache",
    "ClipReference",
    "ClipRoots",
    "ClipSigner",
    "CopyFolder",
    "CopyPlace",
    "DecodeWorker",
    "DecoderBusy",
    "DecoderLost",
    "Folders",
    "LinkRefused",
    "Prober",
    "expiry",
    "filmstrip",
    "load_or_create_secret",
    "media_type",
    "plays_in_browser",
    "probe",
    "resolve",
    "shared_prober",
    "shown_rate",
    "thumbnail",
]


def probe(path: Path, *, deadline: float = 10.0) -> ClipFacts:
    """Return what a clip is, by the decoding process that this process shares.

    Raises:
        ClipError: it cannot be read, or not within ``deadline`` seconds; says why.
    """
    return shared_prober().facts(path, deadline=deadline)


def thumbnail(path: Path, *, height: int = 120) -> bytes:
    """Return a JPEG of one frame, ``height`` pixels high: see ``Prober.thumbnail``.

    Raises:
        ClipError: it cannot be read; says why.
    """
    return shared_prober().thumbnail(path, height=height)


def filmstrip(path: Path, *, tiles: int = 10, height: int = 64) -> bytes:
    """Return a JPEG of ``tiles`` frames side by side: see ``Prober.filmstrip``.

    Raises:
        ClipError: it cannot be read; says why.
    """
    return shared_prober().filmstrip(path, tiles=tiles, height=height)
