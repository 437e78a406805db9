"""The settings in force, and where each comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dfec_explore.model import CheckSettings, Dataset, ModelFile
from dfec_explore.settings.known import Setting


@dataclass(frozen=True, slots=True)
class InForce:
    """The value of one setting and where it came from, for the Data page and for error messages."""

    setting: Setting
    value: Any
    origin: str


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings in force."""

    datasets: tuple[Dataset, ...]
    """Declared datasets; empty means the embedded demo."""
    models: tuple[ModelFile, ...]
    """Declared files of predictions."""
    clips_parent: Path | None
    clips_by_source: Mapping[str, Path]
    database_url: str
    state_folder: Path
    cache_folder: Path
    cache_megabytes: int
    transcoded_megabytes: int
    reviewer: str
    reasons_file: Path | None
    guidelines_file: Path | None
    login_claim: str
    query_memory_megabytes: int
    workers: int
    page_size: int
    link_hours: int
    checks: CheckSettings = field(default_factory=CheckSettings)
    """What ``dfec.toml`` says of the checks; every declared dataset carries it."""
    in_force: tuple[InForce, ...] = field(repr=False, default=())
