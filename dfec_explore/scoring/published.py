"""The figures of the DFEC benchmark as its papers report them, with what is known of how they were made."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Paper(BaseModel):
    """A paper that reports figures."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: str
    arxiv: str
    doi: str = ""
    note: str

    @property
    def url(self) -> str:
        """Where it can be read."""
        return f"https://arxiv.org/abs/{self.arxiv}"


class PublishedMetric(BaseModel):
    """A column of figures; in all of them higher is better."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: str
    unit: str
    """Range of its values."""
    judge: Literal["language model", "none"]
    """Who read the texts to make it."""
    meaning: str


class Modality(BaseModel):
    """What a model is given of a clip."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: str
    meaning: str


class Caution(BaseModel):
    """Something that has to be known before two figures are compared."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    about: str
    text: str


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    paper: tuple[Paper, ...]
    column: tuple[PublishedMetric, ...]
    modality: tuple[Modality, ...]
    caution: tuple[Caution, ...]


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """One line of the table."""

    method: str
    """As in the original, with its ``*``."""
    modality: str
    size: str
    """Parameters, such as ``7B``; empty where the paper does not say."""
    paper: str
    figures: Mapping[str, float | None]
    """By metric; None where the paper does not report it."""

    @property
    def is_starred(self) -> bool:
        """Whether the original marks it with ``*``."""
        return self.method.endswith("*")


@dataclass(frozen=True, slots=True)
class Published:
    """The table and its provenance."""

    rows: tuple[PublishedRow, ...]
    """In the order of the papers."""
    papers: Mapping[str, Paper]
    metrics: Mapping[str, PublishedMetric]
    modalities: Mapping[str, Modality]
    cautions: tuple[Caution, ...]

    def best(self, metric: str, paper: str) -> float | None:
        """The highest figure that one paper reports; rows of different papers are not ranked together."""
        found = [row.figures[metric] for row in self.rows if row.paper == paper]
        return max((value for value in found if value is not None), default=None)


@lru_cache(maxsize=1)
def published() -> Published:
    """Read the table; cached."""
    data = files("dfec_explore.scoring").joinpath("data")
    about = _File.model_validate(tomllib.loads(data.joinpath("published.toml").read_text(encoding="utf-8")))
    metrics = {column.id: column for column in about.column}
    papers = {paper.id: paper for paper in about.paper}
    lines = csv.DictReader(data.joinpath("published.csv").read_text(encoding="utf-8").splitlines())
    rows = tuple(
        PublishedRow(
            line["method"],
            line["modality"],
            line["size"],
            papers[line["paper"]].id,
            {name: float(line[name]) if line[name] else None for name in metrics},
        )
        for line in lines
    )
    return Published(rows, papers, metrics, {entry.id: entry for entry in about.modality}, about.caution)
