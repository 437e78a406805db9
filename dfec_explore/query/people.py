"""What captions state of the persons in the clips, with "not stated" as a value of its own."""

import pandas as pd

from dfec_explore.index.schema import PERSON
from dfec_explore.query.action_sets import captions_by_action
from dfec_explore.query.database import selection
from dfec_explore.query.explorer import Explorer, person_title
from dfec_explore.query.filters import NOT_STATED, Filters

ATTRIBUTES: dict[str, str] = {attribute: person_title(attribute).capitalize() for attribute in PERSON}
"""What captions state of a person, and how it is called on the screen."""


def _column(attribute: str) -> str:
    if attribute not in ATTRIBUTES:
        raise ValueError(f"captions state no {attribute!r} of a person; they state: {', '.join(ATTRIBUTES)}")
    return f"person_{attribute}"


def by_source(explorer: Explorer, filters: Filters, attribute: str) -> pd.DataFrame:
    """Captions by source and what they state of the person.

    Args:
        explorer: the dataset.
        filters: which captions.
        attribute: one of ``ATTRIBUTES``.

    Returns:
        ``source, title, value, captions, of, share`` (of the source's captions): ``not-stated`` where the caption says
        nothing, ``several-values`` where it says more than one thing (of two persons, say).
    """
    table, condition = selection(filters, explorer.vocabulary)
    frame = explorer.database.frame(
        f"SELECT source, coalesce({_column(attribute)}, ?) AS value, count(*) AS captions "  # noqa: S608
        f"FROM {table} WHERE {condition.sql} GROUP BY ALL ORDER BY source, captions DESC, value",
        [NOT_STATED, *condition.values],
    )
    frame.insert(1, "title", [explorer.vocabulary.title("source", source) for source in frame["source"]])
    frame["of"] = frame.groupby("source")["captions"].transform("sum")
    frame["share"] = frame["captions"] / frame["of"]
    return frame


def stated(explorer: Explorer, filters: Filters) -> pd.DataFrame:
    """How many captions state each attribute at all: ``attribute, title, captions, of, share``, in order."""
    table, condition = selection(filters, explorer.vocabulary)
    counts = ", ".join(f"count({_column(attribute)})" for attribute in ATTRIBUTES)
    of, *numbers = explorer.database.row(
        f"SELECT count(*), {counts} FROM {table} WHERE {condition.sql}",  # noqa: S608
        condition.values,
    )
    rows = [
        (attribute, title, int(captions), int(of), captions / max(of, 1))
        for (attribute, title), captions in zip(ATTRIBUTES.items(), numbers, strict=True)
    ]
    return pd.DataFrame(rows, columns=["attribute", "title", "captions", "of", "share"])


def actions_by_value(explorer: Explorer, filters: Filters, attribute: str) -> pd.DataFrame:
    """Share of the captions that state something of a person which mention each facial action.

    Args:
        explorer: the dataset.
        filters: which captions.
        attribute: one of ``ATTRIBUTES``.

    Returns:
        ``action, title, value, captions, of, share``: every action that is mentioned anywhere with every value, the
        values with the most captions first; ``of`` counts the captions with the value.
    """
    groups = captions_by_action(explorer, filters, column=_column(attribute))
    rows = [
        (label, explorer.vocabulary.title("action", label), group.value, captions, group.captions)
        for group in sorted(groups, key=lambda group: (-group.captions, group.value))
        for label, captions in group.mentions.items()
    ]
    frame = pd.DataFrame(rows, columns=["action", "title", "value", "captions", "of"])
    return frame.assign(share=frame["captions"] / frame["of"])
