"""How many samples of each source have their clip, and what became of each: the answers and the probe together."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dfec_explore.clips.answers import Answers
from dfec_explore.model import Clip, ClipStatus

NOT_ASKED = Clip(ClipStatus.MISSING, None, reason="This sample was not looked for.")


@dataclass(slots=True)
class Counts:
    """Samples of a source. A substitute is found too, a packed one missing too: the first four add up to the total."""

    found: int = 0
    missing: int = 0
    ambiguous: int = 0
    unreadable: int = 0
    substitute: int = 0
    packed: int = 0
    total: int = 0

    def add(self, status: ClipStatus) -> None:
        """Count one sample."""
        self.total += 1
        match status:
            case ClipStatus.SUBSTITUTE:
                self.found += 1
                self.substitute += 1
            case ClipStatus.PACKED:
                self.missing += 1
                self.packed += 1
            case _:
                setattr(self, status.value, getattr(self, status.value) + 1)

    def as_dict(self) -> dict[str, int]:
        """Return the counts by name."""
        return asdict(self)


def clips_of(
    samples: Iterable[tuple[str, str]], answers: Answers, unreadable: Mapping[tuple[str, str], str]
) -> Iterator[Clip]:
    """Yield what is known of the clip of each sample, in their order.

    Args:
        samples: source id and path.
        answers: of the catalogue.
        unreadable: ``unreadable_in`` the facts, if the clips were probed.
    """
    for source, video in samples:
        clip = answers.get(source, video) or NOT_ASKED
        reason = unreadable.get((source, video)) if clip.path is not None else None
        yield clip if reason is None else replace(clip, status=ClipStatus.UNREADABLE, reason=reason)


def unreadable_in(facts: Path) -> dict[tuple[str, str], str]:
    """Return the reasons why clips could not be read, by source and path; empty where nothing was probed."""
    try:
        rows = pq.read_table(
            facts, columns=["source", "video", "reason"], filters=pc.field("status") == ClipStatus.UNREADABLE.value
        )
    except (OSError, pa.ArrowException):
        return {}
    columns = [rows[name].to_pylist() for name in ("source", "video", "reason")]
    return {(source, video): reason for source, video, reason in zip(*columns, strict=True)}
