"""What the name of a folder or a package says about the source of the clips in it."""

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache, lru_cache

from dfec_explore.sources.registry import registry, source_id

_FIELD = re.compile(r"\{\w+\}")
_NO_LETTER = re.compile(r"[\W_]+")


@lru_cache(maxsize=10_000)
def folder_source(name: str) -> str | None:
    """Return the source that a folder of this name commonly belongs to; None where the name names none."""
    known = source_id(name)
    if known is not None:
        return known
    folded = name.casefold()
    return next((source for pattern, source in _hints().items() if fnmatchcase(folded, pattern)), None)


@lru_cache(maxsize=10_000)
def recalled_source(name: str) -> str | None:
    """Return the source whose name this one begins with, as ``dfew_new`` does; None where there is none."""
    named = folder_source(name)
    if named is not None:
        return named
    plain = _plain(name)
    return next((source for start, source in _starts().items() if plain.startswith(start)), None)


@lru_cache(maxsize=10_000)
def wrong_package(source: str, name: str) -> str | None:
    """Return what is said of a folder or archive that is easily mistaken for the clips of a source; else None."""
    entry = registry().get(source)
    if entry is None:
        return None
    folded = name.casefold()
    for patterns, sentence in zip(entry.wrong_package_names, entry.wrong_packages, strict=True):
        if any(fnmatchcase(folded, pattern.casefold()) for pattern in patterns):
            return sentence
    return None


@cache
def source_archives(source: str) -> tuple[str, ...]:
    """Return globs of all archives that hold clips of a source, relative to its folder."""
    entry = registry().get(source)
    return tuple(_FIELD.sub("*", archive) for archive in entry.archives) if entry else ()


@cache
def _hints() -> Mapping[str, str]:
    return {hint.casefold(): source.id for source in registry().values() for hint in source.root_hints}


@cache
def _starts() -> Mapping[str, str]:
    names = ((name, source.id) for source in registry().values() for name in (source.id, source.title, *source.aliases))
    return {_plain(name): source for name, source in names}


def _plain(name: str) -> str:
    return _NO_LETTER.sub("", name.casefold())
