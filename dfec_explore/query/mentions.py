"""How often actions are mentioned, with what comes next, in which phase, and how: one small table for many views."""

import pandas as pd

from dfec_explore.index.mentions import MASKS, decode
from dfec_explore.language import load_lexicon
from dfec_explore.query.database import selection
from dfec_explore.query.explorer import Explorer
from dfec_explore.query.filters import NOT_STATED, Filters

LAST = "last"
"""Stands for the next action where the caption mentions no further one."""
NO_PHASE = "none"
"""Stands for the phase where none is stated."""
MISSING = {"next_action": LAST, "phase": NO_PHASE}


def mention_counts(explorer: Explorer, filters: Filters, *parts: str) -> pd.DataFrame:
    """Mentions in the selected captions, by what is asked for.

    Args:
        explorer: the dataset.
        filters: which captions.
        parts: of ``action, next_action, phase, direction, side, intensity``.

    Returns:
        A column for each part, and ``events``; no combination twice, none without events. ``next_action`` is ``last``,
        ``phase`` is ``none`` and the others are ``not-stated`` where there is none.
    """
    table, condition = selection(filters, explorer.vocabulary)
    rows = explorer.database.rows(
        f"""SELECT code, count(*) FROM
        (SELECT unnest(mentions) & ?::UINTEGER AS code FROM {table} WHERE {condition.sql}) GROUP BY code""",  # noqa: S608
        [sum(MASKS[part] for part in parts), *condition.values],
    )
    labels = {action.bit: label for label, action in load_lexicon().actions.items()}
    found = {
        part: [_value(decode(code, part), labels, MISSING.get(part, NOT_STATED)) for code, _ in rows] for part in parts
    }
    return pd.DataFrame(found | {"events": [events for _, events in rows]})


def _value(said: int | str | None, labels: dict[int, str], missing: str) -> str:
    return labels[said] if isinstance(said, int) else said or missing
