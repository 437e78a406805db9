"""Queries: every view of the pages under a set of filters, nothing cached between them."""

from collections.abc import Callable, Iterable

from benchmarks.timing import Timing, summary, timed
from dfec_explore.query import (
    EMPTY,
    Explorer,
    Filters,
    composition,
    contrast,
    growth,
    lengths,
    order,
    people,
    variants,
    vocabulary,
    wording,
)
from dfec_explore.query.concordance import concordance
from dfec_explore.query.regions import term_regions
from dfec_explore.query.samples import page

Question = Callable[[Explorer, Filters], object]

COUNTS: dict[str, Question] = {
    "filter sentence": Explorer.sentence,
    "totals": composition.totals,
    "captions by source": composition.by_source,
    "emotion by source": lambda explorer, filters: composition.by_source_and(explorer, filters, "emotion"),
    "length summary": lambda explorer, filters: lengths.summary(explorer, filters, "words"),
    "length histogram": lambda explorer, filters: lengths.histogram(explorer, filters, "words", width=5),
    "length boxes": lambda explorer, filters: lengths.quantiles_by_source(explorer, filters, "words"),
    "length curves": lambda explorer, filters: lengths.cumulative(explorer, filters, "words"),
    "openings": wording.openings,
    "action shares by source": vocabulary.action_shares_by_source,
    "action counts": vocabulary.action_counts,
    "regions by phase": vocabulary.regions_by_phase,
    "direction of each action": lambda explorer, filters: vocabulary.modifier_profiles(explorer, filters, "direction"),
    "intensity of each action": lambda explorer, filters: vocabulary.modifier_profiles(explorer, filters, "intensity"),
    "left and right": variants.balance,
    "sources against the rest": contrast.sources_against_rest,
    "never mentioned": contrast.never_mentioned,
    "what is mentioned next": order.transitions,
    "phases of each action": order.phase_profile,
    "what captions state of persons": people.stated,
    "gender by source": lambda explorer, filters: people.by_source(explorer, filters, "gender"),
    "actions by gender": lambda explorer, filters: people.actions_by_value(explorer, filters, "gender"),
    "a page of Browse": lambda explorer, filters: page(explorer, filters, number=1, size=24),
}
"""Views built from counts."""

SEARCHES: dict[str, Question] = {
    "text search": lambda explorer, filters: explorer.count(filters.with_value("text", "corners of his mouth")),
    "phrases": wording.phrases,
    "terms": wording.terms,
    "unusual lengths": lambda explorer, filters: lengths.outliers(explorer, filters, "words"),
    "concordance": lambda explorer, filters: concordance(explorer, filters, action="gaze", direction="left"),
    "wordings of an action": lambda explorer, filters: variants.variants(explorer, filters, action="mouth_open"),
    "unknown verbs": variants.unknown_verbs,
    "regions of words": term_regions,
    "growth of the vocabulary": growth.growth,
    "lexical diversity": growth.diversity,
    "co-occurrence": order.cooccurrence,
}
"""Views that read text, or look at all pairs of actions."""

FILTERS = (
    EMPTY,
    Filters(source=("DFEW",)),
    Filters(action=("blink",)),
    Filters(action=("brow_raise",), phase=("begin",)),
    Filters(source=("RAVDESS", "MAFW"), words=(40, 90)),
)


def measure(explorer: Explorer, questions: dict[str, Question], *, rounds: int = 3) -> Iterable[tuple[str, Timing]]:
    """Time each question under each filter, some times."""
    for name, question in questions.items():
        times = [timed(lambda q=question, f=f: q(explorer, f)) for _ in range(rounds) for f in FILTERS]
        yield name, summary(times)


def print_measured(explorer: Explorer) -> None:
    """Time all questions, and print each and what they come to."""
    for title, questions in (("views built from counts", COUNTS), ("views that read text or all pairs", SEARCHES)):
        found = list(measure(explorer, questions))
        slowest = max(found, key=lambda pair: pair[1].p95)
        print(
            f"  {title}: {summary(timing.p95 for _, timing in found)} over views; slowest: {slowest[0]}, {slowest[1]}"
        )
        for name, timing in found:
            print(f"    {name}: {timing}")
