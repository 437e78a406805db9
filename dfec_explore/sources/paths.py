"""What the path of a clip tells: its source and, for some sources, split, emotion, actor and scenario."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dfec_explore.sources.registry import emotion_words, registry, source_of
from dfec_explore.sources.schema import Source

FACTS = ("emotion", "scenario", "actor", "channel", "modality", "intensity", "statement", "repetition")
"""Groups of a source's regular expression that are facts of the same name."""


@dataclass(frozen=True, slots=True)
class PathFacts:
    """What a clip's path tells; None is "the path does not say"."""

    source: str
    known: bool
    """Whether the source is in the registry."""
    clip_name: str
    """File name without its ending."""
    source_split: str | None = None
    """Split of the original dataset: ``train``, ``validation``, ``test``."""
    emotion: str | None = None
    """In the project's own words, the same for every source."""
    emotion_raw: str | None = None
    """In the source's own words."""
    actor: str | None = None
    """The source's number of the actor, such as ``07``."""
    actor_gender: str | None = None
    """``female`` or ``male``."""
    scenario: str | None = None
    channel: str | None = None
    """``speech`` or ``song``."""
    modality: str | None = None
    intensity: str | None = None
    statement: str | None = None
    repetition: str | None = None


def path_facts(video: str) -> PathFacts:
    """Read what the path tells; a path that does not follow its source's pattern tells the source alone."""
    source = source_of(video)
    name = video.rpartition("/")[2]
    stem = name.rpartition(".")[0] or name
    entry = registry().get(source)
    fields = path_fields(video) if entry else None
    if entry is None or not fields:
        return PathFacts(source, entry is not None, stem)
    said = {field: entry.codes.get(field, {}).get(fields[field], fields[field]) for field in FACTS if field in fields}
    word = said.pop("emotion", None)
    return PathFacts(
        source,
        True,
        stem,
        source_split=fields.get("split"),
        emotion=emotion_words()[word] if word else None,
        emotion_raw=word,
        actor_gender=_gender(fields) if "actor" in fields else None,
        **said,
    )


def path_fields(video: str) -> Mapping[str, str] | None:
    """The raw fields of a path by the names of its source's pattern; None where it does not follow the pattern."""
    pattern = patterns().get(source_of(video))
    match = pattern.match(video) if pattern else None
    return match.groupdict() if match else None


@cache
def patterns() -> Mapping[str, re.Pattern[str]]:
    """The compiled pattern of each source's paths, by source id."""
    return {source.id: _compiled(source) for source in registry().values()}


def _compiled(source: Source) -> re.Pattern[str]:
    # ``$`` would let a newline follow, and ``\d`` would take digits of every script.
    return re.compile(source.path.removesuffix("$") + r"\Z", re.ASCII)


def _gender(fields: Mapping[str, str]) -> str:
    """RAVDESS gives odd numbers to its male actors and even ones to its female."""
    return "male" if int(fields["actor"]) % 2 else "female"
