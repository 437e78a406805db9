"""The spaCy component: fills ``doc.spans["facial_actions"]``, in any pipeline with spaCy's English tokenizer."""

from collections.abc import Callable
from typing import Any

import spacy
from spacy.attrs import IDX, LENGTH, LOWER
from spacy.language import Language
from spacy.tokens import Doc, Span

from dfec_explore.language.parser import Parser, load_parser
from dfec_explore.language.people import load_people
from dfec_explore.model import FacialEvent

SPANS = "facial_actions"
PEOPLE = "person_facts"
ATTRIBUTES = ("direction", "side", "intensity", "phase", "rule")


KNOWN_LIMIT = 100_000
"""Spellings that are remembered, so that memory stays flat over a stream of captions."""
_SPELLINGS: dict[int, str] = {}
"""Lower-case token by spaCy's hash of it, which is the same in every vocabulary; filled as tokens are met."""


def tokens_of(doc: Doc) -> tuple[list[str], list[int], list[int]]:
    """Give a doc's tokens in lower case, where each starts, and where it ends (character offsets)."""
    if not len(doc):
        return [], [], []
    columns = doc.to_array([LOWER, IDX, LENGTH]).T
    columns[2] += columns[1]
    hashes, starts, ends = columns.tolist()
    try:
        return list(map(_SPELLINGS.__getitem__, hashes)), starts, ends
    except KeyError:
        return _spell_out(doc, hashes), starts, ends


def _spell_out(doc: Doc, hashes: list[int]) -> list[str]:
    """Read the tokens from the doc, and remember them."""
    if len(_SPELLINGS) >= KNOWN_LIMIT:
        _SPELLINGS.clear()
    tokens = [token.lower_ for token in doc]
    _SPELLINGS.update(zip(hashes, tokens, strict=True))
    return tokens


def match(parser: Parser, doc: Doc) -> list[FacialEvent]:
    """Find the facial events of a doc; changes nothing."""
    return parser.parse(doc.text, *tokens_of(doc)).events


class FacialActions:
    """Pipeline component that finds facial actions."""

    def __init__(self, name: str = SPANS) -> None:
        """Load the lexicon (once a process).

        Args:
            name: name in the pipeline.

        Raises:
            LexiconError: the lexicon's data is not valid.
        """
        self.name = name
        self._parser = load_parser()

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a doc with its events, in the order in which the text mentions them."""
        events = match(self._parser, doc)
        doc._.facial_events = tuple(events)
        annotate(doc, events)
        return doc


def annotate(doc: Doc, events: list[FacialEvent]) -> None:
    """Set the doc's span group from events; a span's label is the action."""
    if not events:
        doc.spans[SPANS] = []
        return
    extents = doc.to_array([IDX, LENGTH])
    first = {start: i for i, start in enumerate(extents[:, 0].tolist())}
    last = {end: i + 1 for i, end in enumerate((extents[:, 0] + extents[:, 1]).tolist())}
    doc.spans[SPANS] = [Span(doc, first[e.start], last[e.end], label=e.action) for e in events]


def _getter(attribute: str) -> Callable[[Span], Any]:
    def read(span: Span) -> Any:
        """Read the attribute from the doc's events: spans of one extent and action share it."""
        for event in span.doc._.facial_events:
            if event.start == span.start_char and event.end == span.end_char and event.action == span.label_:
                return getattr(event, attribute)
        return None

    return read


def _register() -> None:
    Doc.set_extension("facial_events", default=(), force=True)
    Doc.set_extension("person_facts", default=(), force=True)
    for attribute in ATTRIBUTES:
        Span.set_extension(attribute, getter=_getter(attribute), force=True)


@Language.factory(SPANS, assigns=["doc.spans", "doc._.facial_events"])
def make_facial_actions(nlp: Language, name: str) -> FacialActions:
    """Make the component; ``nlp.add_pipe("facial_actions")`` calls it."""
    return FacialActions(name)


class PersonFacts:
    """Pipeline component that finds what is stated of the person, in ``doc._.person_facts``."""

    def __init__(self) -> None:
        self._people = load_people()

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a doc with its facts."""
        doc._.person_facts = tuple(self._people.find(doc.text, *tokens_of(doc)))
        return doc


@Language.factory(PEOPLE, assigns=["doc._.person_facts"])
def make_person_facts(nlp: Language, name: str) -> PersonFacts:
    """Make the component; ``nlp.add_pipe("person_facts")`` calls it."""
    return PersonFacts()


def make_pipeline(*, people: bool = True) -> Language:
    """Make a blank English pipeline that finds facial actions and, with ``people``, what is said of the person.

    No model is needed or downloaded.
    """
    nlp = spacy.blank("en")
    nlp.add_pipe(SPANS)
    if people:
        nlp.add_pipe(PEOPLE)
    return nlp


_register()
