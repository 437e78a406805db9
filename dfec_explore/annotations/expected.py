"""What the records of a file are looked for by: the fields that one of them has."""

from dataclasses import dataclass

ACCEPTED = (
    "Give a JSON list, JSON Lines, a JSON object keyed by id, CSV or TSV with a header, or Parquet; "
    "a record has id, video and caption."
)

WRAPPERS = frozenset({"data", "annotations", "samples", "records", "items", "examples", "rows", "test", "train"})


@dataclass(frozen=True, slots=True)
class Expected:
    """Which records a file is expected to hold."""

    texts: tuple[str, ...]
    """Names of fields with text, of which a record has one at least; ``conversations`` stands for them."""
    accepted: str
    """A sentence: what would be read, for those whose file is not."""
    wrappers: frozenset[str] = WRAPPERS
    """Fields of a JSON object that hold the list of records."""

    @property
    def columns(self) -> frozenset[str]:
        """Names of columns, of which a table has one at least."""
        return frozenset({*self.texts, "conversations"})


ANNOTATIONS = Expected(("video", "caption"), ACCEPTED)
"""Records of an annotation file."""
