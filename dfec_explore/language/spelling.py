"""Spelling: the word of the lexicon that a misspelled one is meant for ("eybrows", "smilling", "litle")."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

SHORTEST = 5
"""Letters of a word that may be misspelled; shorter ones are too often other words."""
LONGEST = 24
"""Letters of a token that is looked at at all; the work on one grows with their square."""
OTHERS = frozenset(
    ("starring", "starred", "barring", "barred", "matted", "latter", "cheeky", "toothy", "browns", "browse", "facets")
)
"""Words of their own that differ from one of the lexicon by a letter."""
INFLECTED = ("ing", "ed")


class Spelling:
    """Knows the lexicon's words by what usually goes wrong in them; asked once for each unknown spelling."""

    def __init__(self, words: Iterable[str], parts: Iterable[str]) -> None:
        """Take the words in which a letter may be doubled wrongly, and those that may lack, have or swap one."""
        known = [word for word in words if len(word) >= SHORTEST and word.isalpha()]
        self._single: Mapping[str, str] = {_undoubled(word): word for word in known}
        names = [word for word in parts if len(word) >= SHORTEST and word.isalpha()]
        self._names = frozenset(names)
        self._slips: Mapping[str, str] = {slip: name for name in names for slip in (*_lacking(name), *_swapped(name))}

    def meant(self, token: str) -> str:
        """Give the word that a token is meant for; empty where it is none of the lexicon."""
        if not SHORTEST <= len(token) <= LONGEST or not token.isalpha() or token in OTHERS:
            return ""
        word = self._single.get(_undoubled(token), "")
        # "hoping" is no "hopping": where the lexicon doubles a letter, forms of verbs without it are other verbs.
        if word and (len(token) > len(word) or not token.endswith(INFLECTED)):
            return word
        return self._slips.get(token, "") or next((name for name in _lacking(token) if name in self._names), "")


def _undoubled(word: str) -> str:
    return "".join(letter for letter, _ in groupby(word))


def _lacking(word: str) -> Iterator[str]:
    """The word without one of its letters but the first."""
    return (word[:i] + word[i + 1 :] for i in range(1, len(word)))


def _swapped(word: str) -> Iterator[str]:
    """The word with two neighbours swapped, but the first."""
    return (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(1, len(word) - 1))
