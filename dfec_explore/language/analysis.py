"""Captions in, what they say out: events, clauses, persons and counts of words, one output per input."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

import spacy
from spacy.language import Language

from dfec_explore.language import component
from dfec_explore.language.clauses import cut_clauses
from dfec_explore.language.parser import load_parser
from dfec_explore.language.people import load_people
from dfec_explore.language.terms import content_terms, count_sentences, is_word, opening_of
from dfec_explore.language.unmatched import UnmatchedVerb, find_unmatched
from dfec_explore.model import Clause, FacialEvent, PersonFact

SURROGATES = re.compile("[\ud800-\udfff]")
LONGEST_RUN = 120
"""Characters without a space that are cut into tokens at a time; no word is so long."""
RUN = re.compile(rf"\S{{{LONGEST_RUN + 1}}}")
PIECE = re.compile(rf"\S{{1,{LONGEST_RUN}}}|\s+")
STRINGS_LIMIT = 100_000
"""Strings that spaCy has met, after which its vocabulary is made anew: it never forgets one."""
Tokens = tuple[list[str], list[int], list[int]]
"""Tokens in lower case, where each starts, where each ends."""
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


def analyse(captions: Iterable[str], *, batch_size: int = 64) -> Iterator[Analysis]:
    """Analyse captions as a stream, in order, one result for each.

    Args:
        captions: any text; lone surrogates are read as U+FFFD.
        batch_size: captions that are held at a time.
    """
    for caption, text, tokens in _read(captions, batch_size):
        yield _analyse(caption, text, *tokens)


def extract_events(captions: Iterable[str], *, batch_size: int = 64) -> Iterator[tuple[FacialEvent, ...]]:
    """Find the facial events of captions as a stream, in order, one tuple for each.

    Args:
        captions: any text; lone surrogates are read as U+FFFD.
        batch_size: captions that are held at a time.
    """
    parse = load_parser().parse
    for caption, text, tokens in _read(captions, batch_size):
        yield _requote(caption, text, parse(text, *tokens).events)


def _analyse(caption: str, text: str, tokens: list[str], starts: list[int], ends: list[int]) -> Analysis:
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


def _read(captions: Iterable[str], batch_size: int) -> Iterator[tuple[str, str, Tokens]]:
    """Give each caption, its text as spaCy can read it (no lone surrogates), and its tokens.

    A whole batch is cut into tokens before its first caption is parsed: taking turns costs both a few per cent.
    """
    waiting = iter(captions)
    while batch := list(islice(waiting, batch_size)):
        texts = [c if c.isascii() else SURROGATES.sub("\ufffd", c) for c in batch]
        tokens = [_tokens(t) for t in texts]
        yield from zip(batch, texts, tokens, strict=True)
        if len(_tokenizer().vocab.strings) > STRINGS_LIMIT:
            _tokenizer.cache_clear()


def _tokens(text: str) -> Tokens:
    if RUN.search(text):
        return _tokens_in_pieces(text)
    return component.tokens_of(_tokenizer().make_doc(text))


def _tokens_in_pieces(text: str) -> Tokens:
    """Cut a text with a run of characters without a space: spaCy's work on one grows with its square."""
    tokens, starts, ends = list[str](), list[int](), list[int]()
    for piece in PIECE.finditer(text):
        at = piece.start()
        found = component.tokens_of(_tokenizer().make_doc(piece[0]))
        tokens += found[0]
        starts += [at + start for start in found[1]]
        ends += [at + end for end in found[2]]
    return tokens, starts, ends


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
