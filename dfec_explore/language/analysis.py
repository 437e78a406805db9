"""Captions in, what they say out: events, clauses, persons and counts of words, one output per input."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from dfec_explore.language import component
from dfec_explore.language.clauses import cut_clauses
from dfec_explore.language.parser import load_parser
from dfec_explore.language.people import load_people
from dfec_explore.language.terms import content_terms, count_sentences, is_word, opening_of
from dfec_explore.language.unmatched import UnmatchedVerb, find_unmatched
from dfec_explore.model import Clause, FacialEvent, PersonFact

SURROGATES = re.compile("[\ud800-\udfff]")
LONGEST = 1_000_000_000
"""spaCy's own limit on a text is for models that need memory; nothing here does."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What one caption says."""

    events: tuple[FacialEvent, ...]
    clauses: tuple[Clause, ...]
    people: tuple[PersonFact, ...]
    words: int
    """Tokens with at least one letter or digit."""
    sentences: int
    opening: str
    """The first five words, lower case, joined by single spaces."""
    terms: tuple[tuple[str, int], ...]
    """Content words as lower-case lemmas with their counts, in the order in which they first stand."""
    unmatched: tuple[UnmatchedVerb, ...] = ()
    """Verbs beside a part that the lexicon does not know."""


def analyse(captions: Iterable[str], *, batch_size: int = 256) -> Iterator[Analysis]:
    """Analyse captions as a stream, in order, one result for each.

    Args:
        captions: any text; lone surrogates are read as U+FFFD.
        batch_size: captions that are held at a time.
    """
    for caption, text, doc in _docs(captions, batch_size):
        yield _analyse(caption, text, doc)


def extract_events(captions: Iterable[str], *, batch_size: int = 256) -> Iterator[tuple[FacialEvent, ...]]:
    """Find the facial events of captions as a stream, in order, one tuple for each.

    Args:
        captions: any text; lone surrogates are read as U+FFFD.
        batch_size: captions that are held at a time.
    """
    parse = load_parser().parse
    for caption, text, doc in _docs(captions, batch_size):
        yield _requote(caption, text, parse(text, *component.tokens_of(doc, text)).events)


def _analyse(caption: str, text: str, doc: Doc) -> Analysis:
    tokens, starts, ends = component.tokens_of(doc, text)
    reading = load_parser().parse(text, tokens, starts, ends)
    words = [token for token in tokens if is_word(token)]
    return Analysis(
        events=_requote(caption, text, reading.events),
        clauses=tuple(cut_clauses(len(caption), reading.phases, starts, has_events=bool(reading.events))),
        people=tuple(load_people().find(caption, tokens, starts, ends)),
        words=len(words),
        sentences=count_sentences(tokens),
        opening=opening_of(words),
        terms=content_terms(words),
        unmatched=tuple(find_unmatched(reading.nodes, tokens, starts, ends)),
    )


def _docs(captions: Iterable[str], batch_size: int) -> Iterator[tuple[str, str, Doc]]:
    """Give each caption, its text as spaCy can read it (no lone surrogates), and its doc."""
    waiting: deque[tuple[str, str]] = deque()

    def readable() -> Iterator[str]:
        for caption in captions:
            text = SURROGATES.sub("\ufffd", caption)
            waiting.append((caption, text))
            yield text

    for doc in _tokenizer().pipe(readable(), batch_size=batch_size):
        caption, text = waiting.popleft()
        yield caption, text, doc


def _requote(caption: str, text: str, events: list[FacialEvent]) -> tuple[FacialEvent, ...]:
    """Quote the caption as it is, where something in it had to be replaced."""
    if caption == text:
        return tuple(events)
    return tuple(replace(event, quote=caption[event.start : event.end]) for event in events)


@lru_cache(maxsize=1)
def _tokenizer() -> Language:
    nlp = spacy.blank("en")
    nlp.max_length = LONGEST
    return nlp
