"""Each source against all others: which facial actions its captions mention more, less, or never."""

import pandas as pd

from dfec_explore.query.explorer import Explorer
from dfec_explore.query.filters import Filters
from dfec_explore.query.statistics import FisherTest, benjamini_hochberg, difference
from dfec_explore.query.vocabulary import action_shares_by_source

FALSE_DISCOVERIES = 0.05
"""Share of the marked differences that may be false."""

COLUMNS = ("action", "title", "source", "source_title", "captions", "of", "others", "others_of", "share")
FIGURES = ("difference", "low", "high", "p", "adjusted", "holds")


def sources_against_rest(explorer: Explorer, filters: Filters) -> pd.DataFrame:
    """Share of a source's captions that mention an action, against the captions of all other sources.

    Fisher's exact test (two-sided) for each action and source, Benjamini-Hochberg over all of them, a 95 % interval
    of the difference after Newcombe. Captions of one video or actor are not independent, which no test here knows.

    A filter by source chooses what is returned: the others are always all other sources.

    Returns:
        ``action, title, source, source_title, captions, of, others, others_of, share`` (of the source's captions),
        ``difference, low, high`` (shares, -1..1), ``p, adjusted, holds`` (``adjusted`` at most 5 %). No rows where
        there are fewer than two sources.
    """
    frame = action_shares_by_source(explorer, filters.without("source"))
    frame = frame[frame.groupby("action")["captions"].transform("sum") > 0] if len(frame) else frame
    if frame["source"].nunique() < 2:
        return pd.DataFrame(columns=[*COLUMNS, *FIGURES])
    for column in ("captions", "of"):
        others = "others" if column == "captions" else "others_of"
        frame[others] = frame.groupby("action")[column].transform("sum") - frame[column]
    tested = _tested(frame[list(COLUMNS)].reset_index(drop=True))
    return tested[tested["source"].isin(filters.source)].reset_index(drop=True) if filters.source else tested


def _tested(frame: pd.DataFrame) -> pd.DataFrame:
    tables = list(frame[["captions", "of", "others", "others_of"]].itertuples(index=False, name=None))
    intervals = [difference(*table) for table in tables]
    test = FisherTest(int((frame["of"] + frame["others_of"]).max()))
    frame["difference"] = [interval.value for interval in intervals]
    frame["low"] = [interval.low for interval in intervals]
    frame["high"] = [interval.high for interval in intervals]
    frame["p"] = [test.p_value(*table) for table in tables]
    frame["adjusted"] = benjamini_hochberg(list(frame["p"]))
    frame["holds"] = frame["adjusted"] <= FALSE_DISCOVERIES
    return frame


def never_mentioned(explorer: Explorer, filters: Filters) -> pd.DataFrame:
    """Actions that captions of other sources mention and those of a source never do; as ``missing_in`` gives them."""
    return missing_in(sources_against_rest(explorer, filters))


def missing_in(frame: pd.DataFrame) -> pd.DataFrame:
    """What ``sources_against_rest`` has of actions that a source never mentions.

    Returns:
        ``source, source_title, of`` (captions of the source), ``action, title, others, others_of, share`` (of the
        other sources' captions), ``adjusted`` (of the test above); what is most remarkable first.
    """
    missing = frame[frame["captions"] == 0].copy()
    missing["share"] = missing["others"] / missing["others_of"]
    missing = missing.sort_values(["source_title", "share", "action"], ascending=[True, False, True])
    columns = ["source", "source_title", "of", "action", "title", "others", "others_of", "share", "adjusted"]
    return missing[columns].reset_index(drop=True)
