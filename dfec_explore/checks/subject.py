"""A caption as checks look at it: its words, sentences and events, cut up once for all of them."""

import re
from bisect import bisect_right
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from dfec_explore.model import Annotation, Clause, FacialEvent
from dfec_explore.sources import PathFacts, path_facts

if TYPE_CHECKING:
    from dfec_explore.language import Analysis

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
SENTENCE_END = re.compile(r"[.!?…。！？]+[\"'”’)\]]*(?=\s|$)|\n+|(?<=[。！？])")


class Subject:
    """One annotation, what its text says, and views of it that several checks share."""

    def __init__(self, annotation: Annotation, analysis: "Analysis") -> None:
        self.annotation = annotation
        self.analysis = analysis
        self.text = annotation.caption
        self.shared: dict[str, Any] = {}
        """What a family of checks works out once for all of them."""

    @cached_property
    def lower(self) -> str:
        """The caption in lower case, with the same offsets."""
        lower = self.text.lower()
        return lower if len(lower) == len(self.text) else "".join(c.lower()[:1] for c in self.text)

    @cached_property
    def words(self) -> list[tuple[str, int, int]]:
        """Words in lower case, with where they start and end; costly beside ``sentence_words``."""
        return [(match.group(), match.start(), match.end()) for match in WORD.finditer(self.lower)]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Its different words: most checks need not look further where none of theirs is among them."""
        return frozenset(chain.from_iterable(self.sentence_words))

    @cached_property
    def sentence_words(self) -> list[list[str]]:
        """The words of each sentence."""
        return [WORD.findall(self.lower[start:end]) for start, end in self.sentences]

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Where sentences start and end, without the space around them; lines end sentences too."""
        found, start = [], 0
        for match in SENTENCE_END.finditer(self.text):
            found.append(_trimmed(self.text, start, match.end()))
            start = match.end()
        found.append(_trimmed(self.text, start, len(self.text)))
        return [(start, end) for start, end in found if start < end]

    @cached_property
    def path(self) -> PathFacts:
        """What the path of the clip tells."""
        return path_facts(self.annotation.video)

    @cached_property
    def _clause_starts(self) -> list[int]:
        return [clause.start for clause in self.analysis.clauses]

    def clause_at(self, offset: int) -> Clause | None:
        """The clause that holds a character, or None."""
        at = bisect_right(self._clause_starts, offset) - 1
        return self.analysis.clauses[at] if at >= 0 else None

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """The sentence that holds a character."""
        at = max(bisect_right(self._sentence_starts, offset) - 1, 0)
        return self.sentences[at]

    @cached_property
    def facial(self) -> tuple[FacialEvent, ...]:
        """Its events of the face and head: all but "no change"."""
        return tuple(event for event in self.analysis.events if event.action != "no_change")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def quoted(text: str, longest: int = 60) -> str:
    """A piece of a caption for a message: on one line, cut short, in quotation marks."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= longest else line[: longest - 1] + '…'}”"
