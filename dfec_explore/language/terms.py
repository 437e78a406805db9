"""Words: counts, openings and content words of a caption."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from dfec_explore.language.edges import ENDS
from dfec_explore.language.inflection import inflect
from dfec_explore.language.vocabulary import load_vocabulary

OPENING_WORDS = 5
SHORTEST_TERM = 3
FRAME = frozenset(
    ("video", "clip", "footage", "beginning", "progresses", "progress", "middle", "end", "towards", "time")
)
"""Words of the frame that every caption of the set has; they would fill any picture of its words."""


def is_word(token: str) -> bool:
    """Whether a token is a word: it has a letter or a digit."""
    return token.isalnum() or any(character.isalnum() for character in token)


def count_sentences(tokens: Sequence[str]) -> int:
    """Count the sentences: stretches with a word, ended by ``.``, ``!``, ``?``, ``;``, ``…`` or a line break."""
    count, open_ = 0, False
    for token in tokens:
        if token in ENDS or "\n" in token:
            count += open_
            open_ = False
        elif not open_:
            open_ = is_word(token)
    return count + open_


def opening_of(words: Sequence[str]) -> str:
    """Join the first five words, for counting how captions begin."""
    return " ".join(words[:OPENING_WORDS])


@lru_cache(maxsize=1)
def _lemmas() -> tuple[dict[str, str], frozenset[str]]:
    """Lemma of each known form, and the stop words; words of the lexicon are no stop words."""
    # Here and not above: whoever asks an index only for its counts need not wait for spaCy's import.
    from spacy.lang.en.stop_words import STOP_WORDS

    vocabulary, lemmas = load_vocabulary(), dict[str, str]()
    for part in vocabulary.parts:
        singular = {word for word in part.words if " " not in word}
        lemmas.update({word: word[:-1] for word in singular if word.endswith("s") and word[:-1] in singular})
        lemmas.update({word: word for word in singular if word not in lemmas})
    for cue in vocabulary.cues:
        for entry in cue.verbs:
            forms = inflect(entry)
            for form in (forms.base, forms.third, forms.ing, forms.past, forms.participle):
                if " " not in form:
                    lemmas.setdefault(form, forms.base)
    return lemmas, frozenset(STOP_WORDS - lemmas.keys()) | FRAME


def content_terms(words: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Count the content words, by lemma, in the order in which they first stand.

    Args:
        words: the caption's words in lower case.
    """
    lemmas, stop_words = _lemmas()
    counts = Counter(
        lemmas.get(word, word)
        for word in words
        if len(word) >= SHORTEST_TERM and word not in stop_words and not word.isdigit()
    )
    return tuple(counts.items())
