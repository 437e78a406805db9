"""Lists of words that checks ask, kept as data."""

import tomllib
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    return tomllib.loads(files("dfec_explore.checks").joinpath("data/words.toml").read_text(encoding="utf-8"))


def word_list(name: str) -> frozenset[str]:
    """The words of a list of ``data/words.toml``."""
    return frozenset(_table()[name].split())
