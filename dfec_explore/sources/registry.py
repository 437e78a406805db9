"""The registry of sources: read once from the package's data, asked by id, alias or path."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TypeVar

from pydantic import BaseModel

from dfec_explore.sources.schema import DatasetFacts, EmotionWords, Source

NO_FOLDER = "unknown"
"""Source of a path that has no folder: nothing says where its clip comes from."""

SOURCE_FILES = ("afew_va", "caer", "dfew", "ferv39k", "mafw", "mer24", "ravdess")

Model = TypeVar("Model", bound=BaseModel)


@cache
def registry() -> Mapping[str, Source]:
    """The seven public datasets that clips come from, by id, in alphabetical order."""
    sources = [_read(name, Source) for name in SOURCE_FILES]
    return MappingProxyType({source.id: source for source in sources})


@cache
def dataset_facts() -> DatasetFacts:
    """What is known of the dataset as a whole: paper, plans, and that it states no licence."""
    return _read("dataset", DatasetFacts)


@cache
def emotion_words() -> Mapping[str, str]:
    """The word for an emotion, by what a source calls it."""
    return MappingProxyType(dict(_read("emotions", EmotionWords).words))


def source_id(name: str) -> str | None:
    """Find a source by its id, title or an alias, whatever the case; None where no source is called that."""
    return _names().get(name.strip().casefold())


def source_of(video: str) -> str:
    """The id of the source that a clip's path names: its first folder as it stands.

    A folder that is not in the registry is a source of its own, an alias too (``source_id`` tells what it may mean);
    a path without a folder belongs to ``"unknown"``.
    """
    folder, slash, _ = _without_dots(video).partition("/")
    return folder if slash and folder else NO_FOLDER


def below_source(video: str) -> str:
    """The part of a clip's path below the folder of its source."""
    path = _without_dots(video)
    _, slash, rest = path.partition("/")
    return rest if slash else path


def _without_dots(video: str) -> str:
    while video.startswith("./"):
        video = video[2:].lstrip("/")
    return video


@cache
def _names() -> Mapping[str, str]:
    names = ((name, source.id) for source in registry().values() for name in (source.id, source.title, *source.aliases))
    return {name.casefold(): found for name, found in names}


def _read(name: str, model: type[Model]) -> Model:
    text = files("dfec_explore.sources").joinpath("data", f"{name}.toml").read_text(encoding="utf-8")
    return model.model_validate(tomllib.loads(text))
