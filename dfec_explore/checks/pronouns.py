"""Whom a caption speaks of: pronouns that change gender, and several people."""

import re
from collections.abc import Iterator

from dfec_explore.checks.check import ERROR, INFO, WARNING, Check, Family, Finding, Limits
from dfec_explore.checks.subject import Subject

PRONOUNS = {
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
    **dict.fromkeys(("he", "his", "him", "himself"), "male"),
}
NOUNS = {
    **dict.fromkeys(
        [
            "woman",
            "women",
            "girl",
            "girls",
            "female",
            "lady",
            "ladies",
            "actress",
            "mother",
            "grandmother",
            "wife",
            "daughter",
        ],
        "female",
    ),
    **dict.fromkeys(
        ["man", "men", "boy", "boys", "male", "gentleman", "guy", "actor", "father", "grandfather", "husband", "son"],
        "male",
    ),
}
OTHERS = re.compile(
    r"\b(?:two|three|four|several|both|other|another|second|group of|couple|each other|someone|somebody|opposite|"
    r"next to|interviewer|companion|partner|friend|friends|crowd|audience|people|persons|men|women|girls|boys|children|"
    r"baby|child|kisses|hugs|kissing|hugging)\b"
)


WORDS_OF = {
    gender: frozenset(
        word + end for word, told in (*PRONOUNS.items(), *NOUNS.items()) if told == gender for end in ("", "'s", "’s")
    )
    for gender in ("female", "male")
}


def _tells_both(subject: Subject) -> bool:
    words = subject.vocabulary
    return not words.isdisjoint(WORDS_OF["female"]) and not words.isdisjoint(WORDS_OF["male"])


def genders(subject: Subject) -> tuple[list[tuple[str, int, int]], list[tuple[str, int, int]]]:
    """The words of a caption that tell a gender, as (gender, start, end): pronouns, then nouns."""
    pronouns, nouns = [], []
    for word, start, end in subject.words:
        base = word[:-2] if word.endswith(("'s", "’s")) else word
        if base in PRONOUNS:
            pronouns.append((PRONOUNS[base], start, end))
        elif base in NOUNS:
            nouns.append((NOUNS[base], start, end))
    return pronouns, nouns


def find_mixed(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find a caption of one person whose pronouns and nouns tell two genders."""
    if not _tells_both(subject):
        return
    pronouns, nouns = genders(subject)
    told = {gender for gender, _, _ in (*pronouns, *nouns)}
    if len(told) < 2:
        return
    noun_genders = {gender for gender, _, _ in nouns}
    if len(noun_genders) == 2:
        return  # Two people: another check.
    everything = sorted((*pronouns, *nouns), key=lambda word: word[1])
    main = nouns[0][0] if nouns else _majority(everything)
    odd = [word for word in everything if word[0] != main]
    if nouns and len(odd) > 2 * (len(everything) - len(odd)):
        odd = nouns
    text = subject.text
    others = OTHERS.search(subject.lower)
    severity = WARNING if others else ERROR
    words = ", ".join(f"“{text[start:end]}”" for _, start, end in odd[:3])
    message = f"It speaks of a {main} person, yet says {words}."
    if odd is nouns:
        message = f"It says {words}, yet all its pronouns are of the other gender."
    yield Finding(severity, message, odd[0][1], odd[0][2])


def _majority(words: list[tuple[str, int, int]]) -> str:
    female = sum(gender == "female" for gender, _, _ in words)
    return "female" if female * 2 >= len(words) else "male"


def find_people(subject: Subject, limits: Limits) -> Iterator[Finding]:
    """Find captions of several people, where it is not clear whose face moves."""
    pronouns, nouns = genders(subject) if _tells_both(subject) else ([], [])
    both = {gender for gender, _, _ in nouns}
    if len(both) == 2:
        second = next(word for word in nouns if word[0] != nouns[0][0])
        plural = len({gender for gender, _, _ in pronouns}) < 2
        words = f"“{subject.text[nouns[0][1] : nouns[0][2]]}” and “{subject.text[second[1] : second[2]]}”"
        severity = INFO if plural else WARNING
        yield Finding(severity, f"It speaks of {words}; whose face moves may be unclear.", second[1], second[2])
        return
    people = [fact for fact in subject.analysis.people if fact.attribute == "people" and fact.value != "1"]
    if people:
        fact = people[0]
        yield Finding(INFO, f"It speaks of several people: “{fact.quote}”.", fact.start, fact.end)


CHECKS = (
    Check(
        "pronoun-gender",
        "Pronouns change gender",
        "A caption of one person says both “he” and “she”, or a man has “her” mouth.",
        "The video shows a young man. Her eyes are closed.",
        Family.TEXT,
        find_mixed,
    ),
    Check(
        "several-people",
        "Several people",
        "It speaks of more than one person, so that “he” or “the face” may be either's.",
        "A man and a woman talk. She smiles while he looks at her.",
        Family.CONTENT,
        find_people,
    ),
)
