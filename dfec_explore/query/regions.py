"""Which region of the face a word belongs to, as far as captions use it to say what a region does."""

from collections import Counter

import pandas as pd

from dfec_explore.language import load_lexicon
from dfec_explore.language.terms import content_terms
from dfec_explore.query.database import selected_numbers
from dfec_explore.query.explorer import Explorer
from dfec_explore.query.filters import Filters

CAPTIONS = 5_000
"""Captions whose mentions decide: the regions of words do not change with more."""
LEAST_SHARE = 0.6
"""A word belongs to a region that has at least this share of its mentions; "slightly" belongs to none."""


def term_regions(explorer: Explorer, filters: Filters) -> pd.DataFrame:
    """The region of each content word that stands in quotes of facial actions: ``term, region``.

    Words that are used for several regions are left out. The first 5,000 captions of the dataset are asked.
    """
    condition = selected_numbers(filters, explorer.vocabulary)
    quotes = explorer.database.rows(
        "SELECT action, lower(quote) AS said, count(*) FROM events "  # noqa: S608
        f"WHERE sample_no < ? AND {condition.sql} GROUP BY action, said",
        [CAPTIONS, *condition.values],
    )
    regions = {label: action.region for label, action in load_lexicon().actions.items()}
    counts: dict[str, Counter[str]] = {}
    for action, quote, number in quotes:
        for term, _ in content_terms(quote.split()):
            counts.setdefault(term, Counter())[regions.get(action, "none")] += number
    leading = {term: found.most_common(1)[0] for term, found in counts.items()}
    rows = [
        (term, region)
        for term, (region, number) in leading.items()
        if region != "none" and number >= LEAST_SHARE * counts[term].total()
    ]
    return pd.DataFrame(rows, columns=["term", "region"])
