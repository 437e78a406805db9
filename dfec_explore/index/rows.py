"""Annotations and their analysis as columns of the index."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from dfec_explore.checks import CheckSet, check_caption
from dfec_explore.index.mentions import encode
from dfec_explore.index.phrases import phrases
from dfec_explore.index.schema import DERIVED, PERSON, PHASES, SAMPLES, SEVERAL_VALUES
from dfec_explore.model import Annotation, FacialEvent, Flag, PersonFact, caption_hash
from dfec_explore.sources import path_facts

if TYPE_CHECKING:
    from dfec_explore.language import Analysis, Lexicon


@dataclass(frozen=True, slots=True)
class Numbered:
    """An accepted annotation and its place in the dataset."""

    sample_no: int
    part: str
    annotation: Annotation


STATISTICS = (
    *("words", "sentences", "events", "opening", "actions"),
    *(f"actions_{phase}" for phase in PHASES),
    "mentions",
    *(f"person_{attribute}" for attribute in PERSON),
)
"""Columns of ``samples`` that follow from the caption alone, and can be copied from an older index."""


def action_sets(events: Iterable[FacialEvent], lexicon: "Lexicon") -> dict[str, int]:
    """The sets of actions of a caption, as 64-bit words: all of them, and those of each phase."""
    sets = dict.fromkeys(("actions", *(f"actions_{phase}" for phase in PHASES)), 0)
    for event in events:
        bit = 1 << lexicon.actions[event.action].bit
        sets["actions"] |= bit
        if event.phase in PHASES:
            sets[f"actions_{event.phase}"] |= bit
    return sets


def statistics(analysis: "Analysis", lexicon: "Lexicon") -> dict[str, Any]:
    """The columns of ``samples`` that the analysis of the caption gives."""
    return {
        "words": analysis.words,
        "sentences": analysis.sentences,
        "events": len(analysis.events),
        "opening": analysis.opening,
        **action_sets(analysis.events, lexicon),
        "mentions": encode(analysis.events, lexicon),
        **stated_of_persons(analysis.people),
    }


def stated_of_persons(facts: Iterable[PersonFact]) -> dict[str, str | None]:
    """The one value of each attribute that a caption states of a person; None where it states nothing."""
    stated: dict[str, str | None] = dict.fromkeys(f"person_{attribute}" for attribute in PERSON)
    for fact in facts:
        column = f"person_{fact.attribute}"
        if column in stated:
            stated[column] = fact.value if stated[column] in (None, fact.value) else SEVERAL_VALUES
    return stated


def sample_row(sample: Numbered) -> dict[str, Any]:
    """The columns of ``samples`` that the record itself and its path give."""
    annotation = sample.annotation
    facts = path_facts(annotation.video)
    return {
        "sample_no": sample.sample_no,
        "part": sample.part,
        "id": annotation.id,
        "video": annotation.video,
        "caption": annotation.caption,
        "caption_hash": caption_hash(annotation.caption),
        "extra": json.dumps(annotation.extra, ensure_ascii=False) if annotation.extra else None,
        "source": facts.source,
        "source_split": facts.source_split,
        "emotion": facts.emotion,
        "actor": facts.actor,
        "actor_gender": facts.actor_gender,
        "scenario": facts.scenario,
        "characters": len(annotation.caption),
    }


Rows = dict[str, list[tuple[Any, ...]]]
"""Rows by table, each a tuple in the order of the table's schema."""


def derived_rows(sample: Numbered, source: str, analysis: "Analysis", checks: CheckSet) -> Rows:
    """The rows that one analysed caption adds to each derived table."""
    head = (sample.sample_no, sample.part, source)
    following = [*(event.action for event in analysis.events[1:]), None]
    return {
        "events": [
            (*head, ordinal, event.action, next_action, *_event_values(event))
            for ordinal, (event, next_action) in enumerate(zip(analysis.events, following, strict=False))
        ],
        "people": [(*head, fact.attribute, fact.value, fact.start, fact.end) for fact in analysis.people],
        "phrases": [
            (*head, phrase, phrase.count(" ") + 1, times)
            for phrase, times in Counter(phrases(sample.annotation.caption)).items()
        ],
        "terms": [(*head, term, count) for term, count in analysis.terms],
        "flags": flag_rows(head, check_caption(sample.annotation, analysis, checks)),
        "unmatched": [(*head, found.verb, found.part, found.start, found.end) for found in analysis.unmatched],
    }


def flag_rows(head: tuple[int, str, str], flags: Iterable[Flag]) -> list[tuple[Any, ...]]:
    """Flags as rows; ``head`` is the sample's number, part and source."""
    return [(*head, f.check, f.severity, f.score, f.message, f.start, f.end, f.group) for f in flags]


def _event_values(event: FacialEvent) -> tuple[Any, ...]:
    return (
        event.direction,
        event.side,
        event.intensity,
        event.phase,
        event.start,
        event.end,
        event.quote,
        event.rule,
    )


def table_of(rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    """Rows as a table; no rows give an empty table of the same schema."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    return pa.Table.from_arrays(
        [pa.array(values, type=field.type) for values, field in zip(columns, schema, strict=True)], schema=schema
    )


def samples_table(samples: Sequence[Numbered], stats: Sequence[dict[str, Any]]) -> pa.Table:
    """The ``samples`` table of a partition; ``stats`` in the order of the samples."""
    rows = [sample_row(sample) | stat for sample, stat in zip(samples, stats, strict=True)]
    return pa.Table.from_pylist(rows, schema=SAMPLES)


def derived_tables(analysed: Iterable[tuple[Numbered, str, "Analysis"]], checks: CheckSet) -> dict[str, pa.Table]:
    """The derived tables of freshly analysed captions, given as (sample, source, analysis)."""
    rows: Rows = {name: [] for name in DERIVED}
    for sample, source, analysis in analysed:
        for name, added in derived_rows(sample, source, analysis, checks).items():
            rows[name].extend(added)
    return {name: table_of(rows[name], schema) for name, schema in DERIVED.items()}
