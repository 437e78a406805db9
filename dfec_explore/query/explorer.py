"""One dataset, open for questions: its database, its vocabulary and how many captions it has."""

from dataclasses import dataclass

from dfec_explore.checks.registry import known_checks
from dfec_explore.index import IndexFolder
from dfec_explore.index.schema import PERSON, PHASES, SEVERAL_VALUES
from dfec_explore.language import load_lexicon
from dfec_explore.query.database import SEVERAL_EMOTIONS, Database, selection
from dfec_explore.query.filters import NOT_STATED, PHASE_WORDS, Filters, Vocabulary, sentence
from dfec_explore.sources import emotion_words, registry

VERDICT_TITLES = {
    "accept": "accepted",
    "fix": "to fix",
    "reject": "rejected",
    "unsure": "unsure",
    "disputed": "disputed",
    "none": "not judged yet",
}
"""The verdict on a sample, as it is written on the screen."""

SEVERITY_TITLES = {"error": "error", "warning": "warning", "info": "measure (info)"}
"""How severities of flags are written on the screen, gravest first."""

PERSON_TITLES = {
    "gender": "gender",
    "age_group": "age group",
    "hair_colour": "hair colour",
    "hair_length": "hair length",
    "glasses": "glasses",
    "facial_hair": "beard or moustache",
    "headwear": "headwear",
    "people": "number of people",
}
"""What captions state of a person, in order, and how it is called within a sentence."""

MAX_OPTIONS = 500
"""Values of one filter that are offered and accepted; only actors could be more."""


@dataclass(frozen=True, slots=True)
class Explorer:
    """What a page needs to ask about a dataset."""

    database: Database
    vocabulary: Vocabulary
    total: int

    def count(self, filters: Filters) -> int:
        """How many captions the filters select."""
        if not filters:
            return self.total
        table, condition = selection(filters, self.vocabulary)
        return int(self.database.row(f"SELECT count(*) FROM {table} WHERE {condition.sql}", condition.values)[0])  # noqa: S608

    def sentence(self, filters: Filters) -> str:
        """What the filters select, in English, with its number."""
        return sentence(filters, self.vocabulary, found=self.count(filters), total=self.total)


def open_explorer(folder: IndexFolder, *, memory_megabytes: int = 1000, threads: int = 2) -> Explorer:
    """Open an index, finished or not, for questions."""
    database = Database(folder, memory_megabytes=memory_megabytes, threads=threads)
    total = int(database.row("SELECT count(*) FROM samples")[0])
    return Explorer(database, _vocabulary(database), total)


def _vocabulary(database: Database) -> Vocabulary:
    lexicon = load_lexicon()
    columns = {"part": "part", "source": "source", "emotion": "emotion", "split": "source_split"} | {
        "scenario": "scenario",
        "actor": "actor",
    }
    options = {key: _values(database, column) for key, column in columns.items()}
    used = int(database.row("SELECT coalesce(bit_or(actions), 0) FROM samples")[0])
    options["action"] = tuple(label for label, action in lexicon.actions.items() if used >> action.bit & 1)
    options["phase"] = PHASES
    options["label"] = (*sorted(set(emotion_words().values())), SEVERAL_EMOTIONS)
    options["verdict"] = tuple(VERDICT_TITLES)
    options |= _flag_options(database)
    people = _people(database)
    options["person"] = tuple(people)
    return Vocabulary(
        options=options,
        titles={
            "source": {source.id: source.title for source in registry().values()},
            "action": {label: action.title for label, action in lexicon.actions.items()},
            "phase": PHASE_WORDS,
            "verdict": VERDICT_TITLES,
            "person": people,
            "flag": {check.id: check.title for check in known_checks().values()},
            "severity": SEVERITY_TITLES,
        },
        action_bits={label: action.bit for label, action in lexicon.actions.items()},
    )


def _flag_options(database: Database) -> dict[str, tuple[str, ...]]:
    """Checks and severities that occur, in their order."""
    checks = {row[0] for row in database.rows('SELECT DISTINCT "check" FROM flags')}
    severities = {row[0] for row in database.rows("SELECT DISTINCT severity FROM flags")}
    known = [*known_checks(), *sorted(checks - known_checks().keys())]
    return {
        "flag": tuple(check for check in known if check in checks),
        "severity": tuple(severity for severity in SEVERITY_TITLES if severity in severities),
    }


def _people(database: Database) -> dict[str, str]:
    """What captions state of persons, as the filter names it -> as it is written in a sentence."""
    titles = {}
    for attribute in PERSON:
        for value in _values(database, f"person_{attribute}"):
            titles[f"{attribute}:{value}"] = _stated_title(person_title(attribute), value)
    return titles


def _stated_title(attribute: str, value: str) -> str:
    if value == NOT_STATED:
        return f"no {attribute}"
    return f"more than one {attribute}" if value == SEVERAL_VALUES else f"{attribute} {value}"


def person_title(attribute: str) -> str:
    """What a person's attribute is called within a sentence."""
    return PERSON_TITLES.get(attribute, attribute.replace("_", " "))


def _values(database: Database, column: str) -> tuple[str, ...]:
    rows = database.rows(
        f"SELECT {column} AS value, count(*) AS n FROM samples GROUP BY value ORDER BY n DESC, value LIMIT ?",  # noqa: S608
        [MAX_OPTIONS],
    )
    named = sorted(str(value) for value, _ in rows if value is not None)
    return (*named, NOT_STATED) if len(named) < len(rows) else tuple(named)
