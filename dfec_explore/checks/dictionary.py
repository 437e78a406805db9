"""Which words are English: a word list of the field's spelling library, and the words of the facial language."""

import gzip
import json
import re
from functools import lru_cache
from importlib.resources import files

from dfec_explore.checks.word_lists import word_list
from dfec_explore.language.inflection import inflect
from dfec_explore.language.vocabulary import load_vocabulary

ALSO = word_list("domain")
LETTERS = re.compile(r"[a-z]+")


@lru_cache(maxsize=1)
def english_words() -> dict[str, int]:
    """Words with how often they stand in the library's corpus (OpenSubtitles), lower case."""
    packed = files("spellchecker").joinpath("resources/en.json.gz").read_bytes()
    words: dict[str, int] = json.loads(gzip.decompress(packed))
    return words


@lru_cache(maxsize=1)
def domain_words() -> frozenset[str]:
    """Words of the facial language: the lexicon's parts and cues in all their forms, and what describes a person."""
    vocabulary, found = load_vocabulary(), set(ALSO)
    for part in vocabulary.parts:
        for word in part.words:
            found.update(LETTERS.findall(word))
    for cue in vocabulary.cues:
        for entry in cue.verbs:
            forms = inflect(entry)
            for form in (forms.base, forms.third, forms.ing, forms.past, forms.participle):
                found.update(LETTERS.findall(form or ""))
        for word in (*cue.nouns, *cue.adjectives):
            found.update(LETTERS.findall(word))
    return frozenset(found)


@lru_cache(maxsize=100_000)
def is_english(word: str) -> bool:
    """Whether a word, in lower case, is English or of the facial language; with 's or without."""
    base = word.partition("'")[0].partition("’")[0]
    if base in domain_words() or base in english_words() or base.isdigit():
        return True
    return any(base.endswith(end) and base[: -len(end)] in english_words() for end in ("s", "ly", "er", "ed", "ing"))
