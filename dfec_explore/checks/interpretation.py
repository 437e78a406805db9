"""What is no movement: emotions and intentions, hedges, words that are spoken, clothes and surroundings."""

import re
from collections.abc import Callable, Iterator

from dfec_explore.checks.check import INFO, Check, Family, Finding, Limits
from dfec_explore.checks.subject import Subject
from dfec_explore.checks.word_lists import word_list

EMOTION = (
    r"sad(?:ness|ly)?|happ(?:y|iness|ily)|joy(?:ful|fully)?|ang(?:er|ry|rily)|fear(?:ful|fully)?|afraid|scared|"
    r"surprised?|surprise|disgust(?:ed)?|contempt(?:uous)?|anxi(?:ous|ety|ously)|nervous(?:ness|ly)?|worr(?:y|ied)|"
    r"distress(?:ed)?|sorrow(?:ful)?|grief|despair|disbelief|shock(?:ed)?|astonish(?:ed|ment)|amazed|amazement|"
    r"confus(?:ed|ion)|puzzled|doubt(?:ful)?|suspici(?:on|ous)|embarrass(?:ed|ment)|shy|shame|proud|pride|"
    r"pleased|delighted|excited|excitement|calm(?:ness|ly)?|serious(?:ness|ly)?|thoughtful(?:ly)?|confident|"
    r"disappoint(?:ed|ment)|frustrat(?:ed|ion)|annoyed|irritated|pain(?:ed|ful)?|content(?:ment)?|melanchol(?:y|ic)|"
    r"determined|determination|hesitant|hesitation|helpless(?:ness)?|attentive(?:ly)?|concern(?:ed)?|gentle smile"
)
INTERPRETED = re.compile(
    rf"\b(?:(?:looks?|looking|seems?|seeming|appears?|appearing|feels?|feeling|becomes?|is|are)\s+"
    rf"(?:\w+\s+){{0,2}}?(?:{EMOTION})"
    rf"|(?:expression|expressions|look|sense|hint|trace|touch|sign|signs|air|feeling|state|moment)\s+of\s+(?:\w+\s+)?"
    rf"(?:{EMOTION})|(?:conveying|conveys|expressing|expresses|indicating|indicates|suggesting|suggests|reflecting|"
    rf"reflects|revealing|displaying|showing|exuding)\s+(?:an?\s+|her\s+|his\s+|some\s+|clear\s+)*(?:\w+\s+)?"
    rf"(?:{EMOTION}|emotion|certain emotion)|(?:in|with)\s+(?:\w+\s+)?(?:{EMOTION})\b|as\s+(?:if|"
    rf"though)\b(?!\s+(?:(?:he|she|they)\s+(?:is|are|was|were)\s+|in\s+)?(?:speak|talk|sing|chew))"
    rf"|(?:trying|attempting|wanting|preparing|about|intending|wants|tries)\s+to\b)",
)
HEDGED = re.compile(
    r"\b(?:seems?(?: to)?|seemingly|appears? to|apparently|perhaps|maybe|possibly|probably|likely|presumably|might|"
    r"may be|could be|not sure|unclear|hard to (?:tell|see)|kind of|sort of)\b"
)
SPOKEN = re.compile(
    r"[\"“][^\"”\n]*\w+\s+\w+[^\"”\n]*[\"”]|[\"“]\w{2,}[!?.,]?[\"”]"
    r"|\b(?:says?|saying|said|shouts?|asks?|answers?|replies|tells?|mentions?|explains?) "
    r"(?:that|about|to (?:him|her|them)|hello|goodbye|yes|no|thanks|thank)\b"
    r"|\b(?:talks?|talking|speaks?|speaking) about\b|\bthe words?\b"
)
MARK = '"'
MARKS = re.compile('["“]')
CLOTHES = re.compile(
    r"\b(?:shirts?|t-shirt|jackets?|(?<!follow )(?<!follows )(?<!following )suits?|dress|coat|"
    r"sweater|hoodie|blouse|vest|uniform|tie|scarf|collar|clothes|"
    r"clothing|outfit|gown|robe|skirt|pants|jeans|trousers|gloves|armor|armour|sleeves?)\b"
)
SURROUNDINGS = re.compile(
    r"\b(?:background|behind (?:him|her|them)\b(?! (?:ears?|head|neck|back|shoulders?|hair|glasses|"
    r"palm|hands?))|indoors?|outdoors?|street|room|wall|window|sofa|couch|chair|desk|table|"
    r"bed|kitchen|office|car|forest|garden|sky|trees?|building|lighting|sunlight)\b"
)


def _finder(pattern: re.Pattern[str], says: str, first: frozenset[str]) -> Callable[..., Iterator[Finding]]:
    """A check for a pattern; ``first``: words without one of which, or a quotation mark, it cannot match."""

    def find(subject: Subject, limits: Limits) -> Iterator[Finding]:
        if subject.vocabulary.isdisjoint(first) and not (MARK in first and MARKS.search(subject.text)):
            return
        found = [match.span() for match in pattern.finditer(subject.lower)]
        if len(found) < limits["times"]:
            return
        start, end = found[0]
        more = f" ({len(found)} places)" if len(found) > 1 else ""
        yield Finding(INFO, f"“{subject.text[start:end]}” {says}{more}.", start, end)

    return find


CHECKS = (
    Check(
        "interpretation",
        "Interpretation",
        "Words of emotion or intention where a movement was asked for (“looks sad”, “as if recalling”). A measure of "
        "how much a caption interprets, no fault by itself.",
        "She looks sad, as if recalling something.",
        Family.CONTENT,
        _finder(INTERPRETED, "says what it means, not what moves", word_list("interpreted_first")),
        limits={"times": 1},
    ),
    Check(
        "hedge",
        "Hedges",
        "Words that take back what they say: seems, perhaps, somewhat.",
        "He seems to open his mouth.",
        Family.CONTENT,
        _finder(HEDGED, "is a hedge", word_list("hedged_first")),
        limits={"times": 1},
    ),
    Check(
        "spoken-words",
        "What is said",
        "The content of speech. The captions are about what is seen; most clips are judged without sound.",
        'He says "come here" and looks left.',
        Family.CONTENT,
        _finder(SPOKEN, "is about what is said, not what is seen", word_list("spoken_first") | {MARK}),
        limits={"times": 1},
    ),
    Check(
        "clothing",
        "Clothing",
        "Clothes below the face. Glasses, hats and jewellery on the head are part of its appearance and not meant.",
        "She wears a red dress.",
        Family.CONTENT,
        _finder(CLOTHES, "is clothing", word_list("clothes_first")),
        limits={"times": 1},
    ),
    Check(
        "surroundings",
        "Surroundings",
        "The background, furniture or place of the clip.",
        "He sits in an office with a window behind him.",
        Family.CONTENT,
        _finder(SURROUNDINGS, "is about the surroundings", word_list("surroundings_first")),
        limits={"times": 1},
    ),
)
