"""Checks: find the captions that are wrong before a person does.

A check is small and about one idea. It looks at one caption (kind ``caption``), at all of them together (``corpus``),
or at one with the facts of its clip (``clip``), and gives flags. What others use:

- ``load_checks(settings)``: the checks in force, with their limits, as a ``CheckSet``;
- ``check_annotations(annotations, checks)``: the flags of every caption, alone and together, in order;
- ``check_caption(annotation, analysis, checks)``: the flags of one caption by itself;
- ``check_corpus(corpus, checks)``: the flags that need all captions, by their place;
- ``check_clip(annotation, analysis, motion, checks)``: the flags of one caption against its clip.
"""

from dfec_explore.checks.check import Check, Family, Finding, Kind
from dfec_explore.checks.corpus import Corpus
from dfec_explore.checks.registry import CheckSet, load_checks
from dfec_explore.checks.running import check_annotations, check_caption, check_clip, check_corpus

__all__ = [
    "Check",
    "CheckSet",
    "Corpus",
    "Family",
    "Finding",
    "Kind",
    "check_annotations",
    "check_caption",
    "check_clip",
    "check_corpus",
    "load_checks",
]
