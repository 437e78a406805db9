"""What is stated of the person contradicts itself."""

import itertools
import re
from collections.abc import Iterator

from dfec_explore.checks.check import WARNING, Check, Family, Finding, Limits
from dfec_explore.checks.subject import Subject
from dfec_explore.model import PersonFact

AGES = ("child", "teenager", "young", "middle-aged", "elderly")
NUMBER = re.compile(
    r"\b(?:around|about|approximately|roughly)?\s*(\d{2})(?:s|\s*(?:-|–|to)\s*\d{2})?\s*(?:years?\b|year-old|or so)"
)
DIGIT = re.compile(r"\d\d")
YEARS = {"child": (0, 14), "teenager": (11, 21), "young": (14, 45), "middle-aged": (30, 66), "elderly": (50, 120)}
HAIR = frozenset(("short", "medium", "long", "bald"))


def find_ages(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find two ages of one person, by words or by a number."""
    facts = subject.analysis.people
    if any(fact.attribute == "people" and fact.value != "1" for fact in facts):
        return
    ages = [fact for fact in facts if fact.attribute == "age_group" and fact.value in AGES]
    for first, second in itertools.pairwise(ages):
        if abs(AGES.index(first.value) - AGES.index(second.value)) > 1:
            message = f"“{first.quote}” and “{second.quote}” are two ages of one person."
            yield Finding(WARNING, message, second.start, second.end)
            return
    number = NUMBER.search(subject.lower) if ages and DIGIT.search(subject.lower) else None
    if number:
        least, most = YEARS[ages[0].value]
        if not least <= int(number.group(1)) <= most:
            message = f"“{number.group().strip()}” does not fit “{ages[0].quote}”."
            yield Finding(WARNING, message, *number.span())


def find_hair(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find a bald person with long hair, or hair that is both short and long."""
    facts = subject.analysis.people
    if any(fact.attribute == "people" and fact.value != "1" for fact in facts):
        return
    hair = [fact for fact in facts if fact.attribute == "hair_length" and fact.value in HAIR]
    pair = _differ(hair, {"bald", "long"}) or _differ(hair, {"short", "long"})
    if pair and "then" not in subject.lower[pair[0].start : pair[1].end]:
        message = f"“{pair[0].quote}” and “{pair[1].quote}” are said of one person's hair."
        yield Finding(WARNING, message, pair[1].start, pair[1].end)


def _differ(facts: list[PersonFact], values: set[str]) -> tuple[PersonFact, PersonFact] | None:
    found = [fact for fact in facts if fact.value in values]
    for other in found[1:]:
        if other.value != found[0].value:
            return found[0], other
    return None


CHECKS = (
    Check(
        "age",
        "Two ages",
        "The person is young and elderly at once, or a number of years does not fit the word.",
        "An elderly woman, about 20 years old, opens her eyes.",
        Family.CONSISTENCY,
        find_ages,
    ),
    Check(
        "hair",
        "Two kinds of hair",
        "The person is bald and has long hair, or has hair that is both short and long.",
        "A bald man with long brown hair opens his eyes.",
        Family.CONSISTENCY,
        find_hair,
    ),
)
