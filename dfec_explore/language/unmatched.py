"""Unmatched verbs: what stands beside a part like a verb and is not in the lexicon, so that it can grow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dfec_explore.language import kinds
from dfec_explore.language.nodes import Node

ENDINGS = ("s", "ed", "ing")
SHORTEST_VERB = 4
NEAREST = 3
"""Tokens from the part to its verb: an adverb or two may stand between."""


@dataclass(frozen=True, slots=True)
class UnmatchedVerb:
    """A verb beside a body part that the lexicon does not know; ``caption[start:end]`` holds the verb."""

    verb: str
    part: str
    start: int
    end: int


def find_unmatched(
    nodes: Sequence[Node], tokens: Sequence[str], starts: Sequence[int], ends: Sequence[int]
) -> Iterator[UnmatchedVerb]:
    """Find unknown words that look like the verb of the part right before them.

    Args:
        nodes: the caption's nodes.
        tokens: its tokens in lower case.
        starts: character offset at which each token starts.
        ends: character offset after each token.
    """
    part: Node | None = None
    for node in nodes:
        if node.kind is kinds.PART:
            part = node if node.part != "other" and not node.preposition else None
        elif node.kind is kinds.OTHER and part is not None:
            token = tokens[node.first]
            near = node.first - part.last <= NEAREST and not node.preposition
            if near and len(token) >= SHORTEST_VERB and token.endswith(ENDINGS) and token.isalpha():
                yield UnmatchedVerb(token, part.part, starts[node.first], ends[node.last])
            part = None
        elif node.kind is not kinds.INTENSITY:
            part = None
