"""Captions that are almost the same, on different clips: in groups, with what differs."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from dfec_explore.checks.check import ERROR, WARNING, Check, Family, Finding, Kind, Limits
from dfec_explore.checks.corpus import Corpus
from dfec_explore.checks.shingles import candidates, signatures, similarity
from dfec_explore.checks.subject import quoted

SLACK = 0.15
"""Signatures estimate: pairs that look a little less alike than the limit are compared exactly too."""
SHOWN = 3


def find_near(corpus: Corpus, limits: Limits) -> Iterator[tuple[int, Finding]]:
    """Find captions whose three-word pieces are mostly those of another caption's."""
    if len(corpus) < 2:
        return
    best: dict[int, tuple[float, int]] = {}
    groups = Groups()
    least = limits["similarity"]
    for first, second in candidates(signatures(corpus.captions), least - SLACK):
        one, other = corpus.captions[first], corpus.captions[second]
        if corpus.videos[first] == corpus.videos[second] or _plain(one) == _plain(other):
            continue
        alike = similarity(one, other)
        if alike < least:
            continue
        groups.join(first, second)
        for place, partner in ((first, second), (second, first)):
            if alike > best.get(place, (0.0, 0))[0]:
                best[place] = (alike, partner)
    sizes = groups.sizes()
    for place, (alike, partner) in sorted(best.items()):
        size = sizes[groups.root(place)]
        group = f" {size:,} captions are alike." if size > 2 else ""
        differs = difference(corpus.captions[partner], corpus.captions[place])
        message = f"{alike:.0%} of its wording is that of {corpus.name(partner)}.{group} It differs in: {differs}."
        yield (
            place,
            Finding(ERROR if alike >= limits["error_similarity"] else WARNING, message, group=groups.root(place)),
        )


def difference(one: str, other: str) -> str:
    """What has to change in one text to give the other, in words; the first few places."""
    a, b = re.findall(r"\S+", one), re.findall(r"\S+", other)
    changes = [
        (" ".join(a[i:j]), " ".join(b[k:m]))
        for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
        if tag != "equal"
    ]
    shown = [
        f"{quoted(was, 40) if was else 'nothing'} → {quoted(now, 40) if now else 'nothing'}" for was, now in changes
    ]
    more = f", and {len(shown) - SHOWN} more places" if len(shown) > SHOWN else ""
    return "; ".join(shown[:SHOWN]) + more


class Groups:
    """Places that are joined by pairs (union-find)."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def root(self, place: int) -> int:
        """The place that stands for its group."""
        parent = self._parent
        while parent.setdefault(place, place) != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    def join(self, one: int, other: int) -> None:
        """Put two places into one group."""
        self._parent[self.root(other)] = self.root(one)

    def sizes(self) -> dict[int, int]:
        """Sizes of the groups by the place that stands for each."""
        counts: dict[int, int] = {}
        for place in list(self._parent):
            root = self.root(place)
            counts[root] = counts.get(root, 0) + 1
        return counts


def _plain(caption: str) -> str:
    return " ".join(caption.lower().split())


CHECKS = (
    Check(
        "near-duplicate",
        "Nearly the same caption",
        "Most of the wording is that of another clip's caption: one was probably copied and changed. An error where "
        "hardly a word differs.",
        "Two captions that differ in “left” and “right”.",
        Family.DUPLICATES,
        find_near,
        kind=Kind.CORPUS,
        limits={"similarity": 0.6, "error_similarity": 0.8},
    ),
)
