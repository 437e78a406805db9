"""Filters: each knows its name in the URL, its SQL with bound values, and the words that explain it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from dfec_explore.index.schema import PERSON, PHASES
from dfec_explore.query import review_facts

NOT_STATED = "not-stated"
"""What stands in a URL for "the path, or the caption, does not say"."""

PHASE_WORDS: Mapping[str, str] = {
    "begin": "at the beginning",
    "progress": "as the video progresses",
    "middle": "in the middle",
    "end": "towards the end",
    "rest": "in the rest of the video",
}

Range = tuple[int, int]
"""Smallest and largest value, both included."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the captions on a page have in common; nothing set means all of them."""

    part: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    action: tuple[str, ...] = ()
    """All of these actions are mentioned."""
    phase: tuple[str, ...] = ()
    """In one of these phases (where no action is named: some action is)."""
    verdict: tuple[str, ...] = ()
    text: str = ""
    """A piece of the caption, upper and lower case alike."""
    words: Range | None = None
    characters: Range | None = None
    sentences: Range | None = None
    events: Range | None = None
    """How many facial actions a caption mentions."""
    emotion: tuple[str, ...] = ()
    split: tuple[str, ...] = ()
    scenario: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    """The clip's dataset gives it one of these emotions, in its label files or its path; ``several``: a compound."""
    person: tuple[str, ...] = ()
    """All of these are stated of a person, each as ``attribute:value`` (``gender:female``, ``glasses:not-stated``)."""
    opening: str = ""
    phrase: str = ""
    term: str = ""
    flag: tuple[str, ...] = ()
    """One of these checks flags the caption, and nobody dismissed it."""
    severity: tuple[str, ...] = ()
    """Of one of these severities (where no check is named: some flag is)."""
    review: tuple[str, ...] = ()
    """What some reviewer's verdict says, as in ``review_facts`` (``reviewer:Ada``, ``reason:language``)."""

    def __bool__(self) -> bool:
        return any(getattr(self, field_.name) for field_ in fields(self))

    def without(self, key: str) -> "Filters":
        """The same filters but for one."""
        return replace(self, **{key: getattr(EMPTY, key)})

    def with_value(self, key: str, value: object) -> "Filters":
        """The same filters with one of them set."""
        return replace(self, **{key: value})  # type: ignore[arg-type]

    def set_keys(self) -> tuple[str, ...]:
        """Names of the filters that are set, in their order on the screen."""
        return tuple(field_.name for field_ in fields(self) if getattr(self, field_.name))


EMPTY = Filters()


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece of SQL about ``samples`` and the values bound in it."""

    sql: str
    values: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What filters may name: the values that exist in a dataset, and how they are written on a screen."""

    options: Mapping[str, tuple[str, ...]]
    """By filter: the values that exist."""
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By filter: value -> text on the screen."""
    action_bits: Mapping[str, int] = field(default_factory=dict)
    """The number of each action in the 64-bit sets of the index."""

    def title(self, key: str, value: str) -> str:
        """How a value is written on a screen."""
        if value == NOT_STATED:
            return "not stated"
        return self.titles.get(key, {}).get(value, value)


def _column(column: str) -> Callable[[Filters, str], Condition]:
    def condition(filters: Filters, key: str) -> Condition:
        values = [value for value in getattr(filters, key) if value != NOT_STATED]
        pieces = [f"{column} IN ({_marks(values)})"] if values else []
        if NOT_STATED in getattr(filters, key):
            pieces.append(f"{column} IS NULL")
        return Condition(f"({' OR '.join(pieces)})", tuple(values))

    return condition


def _range(column: str) -> Callable[[Filters, str], Condition]:
    def condition(filters: Filters, key: str) -> Condition:
        return Condition(f"{column} BETWEEN ? AND ?", tuple(getattr(filters, key)))

    return condition


def _text(filters: Filters, key: str) -> Condition:
    return Condition("contains(lower(caption), lower(?))", (filters.text,))


def _opening(filters: Filters, key: str) -> Condition:
    return Condition("opening = ?", (filters.opening,))


def _in_table(table: str, column: str) -> Callable[[Filters, str], Condition]:
    def condition(filters: Filters, key: str) -> Condition:
        return Condition(
            f"sample_no IN (SELECT sample_no FROM {table} WHERE {column} = ?)",  # noqa: S608 - fixed names
            (getattr(filters, key),),
        )

    return condition


def _label(filters: Filters, key: str) -> Condition:
    values = [value for value in filters.label if value != NOT_STATED]
    marks = _marks(values)
    pieces = [f"sample_no IN (SELECT sample_no FROM own_labels WHERE value IN ({marks}))"] if values else []  # noqa: S608
    if NOT_STATED in filters.label:
        pieces.append("sample_no NOT IN (SELECT sample_no FROM own_labels)")
    return Condition(f"({' OR '.join(pieces)})", tuple(values))


def _person(filters: Filters, key: str) -> Condition:
    facts = [fact.split(":", 1) for fact in filters.person if fact.partition(":")[0] in PERSON]
    pieces = [f"person_{name} IS NULL" if value == NOT_STATED else f"person_{name} = ?" for name, value in facts]
    return Condition(" AND ".join(pieces) or "FALSE", tuple(value for _, value in facts if value != NOT_STATED))


def _verdict(filters: Filters, key: str) -> Condition:
    values = [value for value in filters.verdict if value != "none"]
    pieces = [f"verdict IN ({_marks(values)})"] if values else []
    if "none" in filters.verdict:
        pieces.append("verdict IS NULL")
    return Condition(f"({' OR '.join(pieces)})", tuple(values))


def _review(filters: Filters, key: str) -> Condition:
    sql, values = review_facts.condition(filters.review)
    return Condition(
        f"sample_no IN (SELECT current_no FROM judgements WHERE standing AND NOT adjudication AND {sql})",  # noqa: S608
        tuple(values),
    )


CONDITIONS: Mapping[str, Callable[[Filters, str], Condition]] = {
    "part": _column("part"),
    "source": _column("source"),
    "verdict": _verdict,
    "text": _text,
    "words": _range("words"),
    "characters": _range("characters"),
    "sentences": _range("sentences"),
    "events": _range("events"),
    "emotion": _column("emotion"),
    "split": _column("source_split"),
    "scenario": _column("scenario"),
    "actor": _column("actor"),
    "label": _label,
    "person": _person,
    "opening": _opening,
    "phrase": _in_table("phrases", "phrase"),
    "term": _in_table("terms", "term"),
    "review": _review,
}
"""The condition of each filter; action and phase go together and have their own."""


def where(filters: Filters, vocabulary: Vocabulary) -> Condition:
    """All filters as one condition on ``samples``; ``TRUE`` where nothing is set."""
    pieces = [CONDITIONS[key](filters, key) for key in filters.set_keys() if key in CONDITIONS]
    if filters.action or filters.phase:
        pieces.append(_actions(filters, vocabulary))
    if filters.flag or filters.severity:
        pieces.append(flag_condition(filters))
    if not pieces:
        return Condition("TRUE")
    return Condition(
        " AND ".join(piece.sql for piece in pieces), tuple(value for piece in pieces for value in piece.values)
    )


def flag_condition(filters: Filters) -> Condition:
    """Samples with a flag that fits; check and severity are asked of one and the same flag."""
    fits = [Condition("TRUE")]
    for column, values in (("check", filters.flag), ("severity", filters.severity)):
        if values:
            fits.append(Condition(f'"{column}" IN ({_marks(values)})', values))
    sql = " AND ".join(piece.sql for piece in fits)
    values = tuple(value for piece in fits for value in piece.values)
    return Condition(f"sample_no IN (SELECT sample_no FROM standing_flags WHERE {sql})", values)  # noqa: S608 - fixed


def _actions(filters: Filters, vocabulary: Vocabulary) -> Condition:
    columns = [f"actions_{phase}" for phase in filters.phase if phase in PHASES] or ["actions"]
    word = f"({' | '.join(columns)})"
    if not filters.action:
        return Condition(f"{word} <> 0")
    mask = sum({1 << vocabulary.action_bits[action] for action in filters.action})
    return Condition(f"({word} & ?::UBIGINT) = ?::UBIGINT", (mask, mask))


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)


def sentence(filters: Filters, vocabulary: Vocabulary, *, found: int, total: int) -> str:
    """Say in English what the filters select, such as "DFEW captions that mention blink, 37 of 800"."""
    if not filters:
        return f"All {total:,} captions"
    pieces = [_subject(filters, vocabulary), *_clauses(filters, vocabulary)]
    return f"{' '.join(pieces)}, {found:,} of {total:,}"


def describe(filters: Filters, key: str, vocabulary: Vocabulary) -> str:
    """Say in a few words what one filter that is set selects, for its chip."""
    value = getattr(filters, key)
    if key == "text":
        return f"contains “{value}”"
    if key in ("opening", "phrase", "term"):
        return f"{FIELD_TITLES[key].lower()} “{value}”"
    if key in RANGES:
        return f"{_span(value)} {RANGES[key]}"
    if key == "review":
        return review_facts.words(value)
    titles = [PHASE_WORDS.get(v, v) if key == "phase" else vocabulary.title(key, v) for v in value]
    if key in ("action", "phase", "part", "source", "person"):
        return _listed(titles, "and" if key in ("action", "person") else "or")
    return f"{FIELD_TITLES[key].lower()} {_listed(titles, 'or')}"


FIELD_TITLES: Mapping[str, str] = {
    "part": "Part",
    "source": "Source",
    "action": "Facial action",
    "phase": "Phase",
    "verdict": "Verdict",
    "text": "Caption contains",
    "words": "Length in words",
    "characters": "Length in characters",
    "sentences": "Length in sentences",
    "events": "Facial actions in a caption",
    "emotion": "Emotion in the path",
    "split": "Split of the source",
    "scenario": "Scenario",
    "actor": "Actor",
    "label": "Dataset's label",
    "person": "Person",
    "opening": "Opens with",
    "phrase": "Phrase",
    "term": "Word",
    "flag": "Check",
    "severity": "Severity of a flag",
    "review": "Review",
}
"""What each filter is called on the screen."""

RANGES: Mapping[str, str] = {
    "words": "words",
    "characters": "characters",
    "sentences": "sentences",
    "events": "facial actions",
}
"""Filters that are a range, and the unit of each."""


def _subject(filters: Filters, vocabulary: Vocabulary) -> str:
    sources = _listed([vocabulary.title("source", value) for value in filters.source], "and")
    parts = _listed([vocabulary.title("part", value) for value in filters.part], "and")
    return " ".join(piece for piece in (sources, parts, "captions") if piece) if sources or parts else "Captions"


def _clauses(filters: Filters, vocabulary: Vocabulary) -> list[str]:
    clauses = []
    if filters.action or filters.phase:
        clauses.append(_movement(filters, vocabulary))
    if filters.text:
        clauses.append(f"that contain “{filters.text}”")
    openers = {"opening": "that open with", "phrase": "with the phrase", "term": "with the word"}
    clauses += [f"{words} “{value}”" for key, words in openers.items() if (value := getattr(filters, key))]
    for key, unit in RANGES.items():
        if (span := getattr(filters, key)) is not None:
            clauses.append(f"of {_span(span)} {unit}")
    if filters.person:
        facts = [vocabulary.title("person", value) for value in filters.person]
        clauses.append(f"that state {_listed(facts, 'and')}")
    for key in ("emotion", "split", "scenario", "actor", "label", "verdict"):
        if values := getattr(filters, key):
            names = _listed([vocabulary.title(key, value) for value in values], "or")
            clauses.append(f"with {FIELD_TITLES[key].lower()} {names}")
    if filters.flag or filters.severity:
        clauses.append(_flagged(filters, vocabulary))
    if filters.review:
        clauses.append(review_facts.words(filters.review))
    return clauses


def _flagged(filters: Filters, vocabulary: Vocabulary) -> str:
    severities = _listed([vocabulary.title("severity", value).lower() for value in filters.severity], "or")
    checks = _listed([f"“{vocabulary.title('flag', value)}”" for value in filters.flag], "or")
    return " ".join(piece for piece in ("flagged", f"with {severities}" if severities else "", checks) if piece)


def _movement(filters: Filters, vocabulary: Vocabulary) -> str:
    actions = (
        _listed([vocabulary.title("action", value).lower() for value in filters.action], "and") or "some facial action"
    )
    phases = _listed([PHASE_WORDS.get(value, value) for value in filters.phase], "or")
    return f"that mention {actions} {phases}".rstrip()


def _span(span: Range) -> str:
    low, high = span
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _listed(names: Sequence[str], word: str) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}"
