"""What an index holds and what it was made from, as a JSON file beside its tables."""

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

MANIFEST_FILE = "manifest.json"


class PartRecord(BaseModel):
    """One annotation file as it was when the index was built."""

    model_config = ConfigDict(frozen=True)
    name: str
    file: str
    format: str
    fingerprint: str
    records: int
    accepted: int
    rejected: int
    warnings: list[dict[str, Any]]


class Manifest(BaseModel):
    """The record of one finished index."""

    model_config = ConfigDict(frozen=True)
    dataset: str
    schema_version: int
    lexicon: str
    checks: str
    """Hash of the checks in force."""
    parts: list[PartRecord]
    samples: int
    events: int
    flags: int
    copied: int
    """Captions whose events were copied from an older index."""
    partitions: int
    built_at: str
    """UTC, ISO 8601."""
    seconds: float

    def write(self, folder: Path) -> None:
        """Write the manifest into the folder of its index."""
        (folder / MANIFEST_FILE).write_text(self.model_dump_json(indent=1), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Read the manifest of an index.

        Raises:
            FileNotFoundError: the index is not finished.
            pydantic.ValidationError: the file is damaged or of another version.
        """
        return cls.model_validate_json((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
