"""Which facial actions captions mention: how often, in which source, when and how."""

import pandas as pd

from dfec_explore.index.schema import PHASES
from dfec_explore.language import load_lexicon, related_au
from dfec_explore.query.action_sets import captions_by_action
from dfec_explore.query.explorer import Explorer
from dfec_explore.query.filters import NOT_STATED, Filters
from dfec_explore.query.mentions import NO_PHASE, mention_counts


def action_counts(explorer: Explorer, filters: Filters) -> pd.DataFrame:
    """Facial actions: ``action, title, region, region_title, related_au, events, captions, share``.

    ``share`` is the share of the selected captions that mention the action. Most captions first; actions that no
    selected caption mentions are left out.
    """
    lexicon = load_lexicon()
    frame = mention_counts(explorer, filters, "action")
    groups = captions_by_action(explorer, filters)
    frame["captions"] = frame["action"].map(groups[0].mentions if groups else {})
    frame = frame.sort_values(["captions", "events", "action"], ascending=[False, False, True], ignore_index=True)
    actions = [lexicon.actions[label] for label in frame["action"]]
    frame.insert(1, "title", [action.title for action in actions])
    frame.insert(2, "region", [action.region for action in actions])
    region_titles = {region.id: region.title for region in lexicon.regions}
    frame.insert(3, "region_title", [region_titles[action.region] for action in actions])
    frame.insert(4, "related_au", [", ".join(related_au(action.label, None)) for action in actions])
    frame["share"] = frame["captions"] / (groups[0].captions if groups else 1)
    return frame


def action_shares_by_source(explorer: Explorer, filters: Filters) -> pd.DataFrame:
    """Share of each source's captions that mention an action.

    Columns: ``action, title, source, source_title, captions, of, share``; every action that is mentioned anywhere with
    every source, zero where a source never mentions it.
    """
    title = explorer.vocabulary.title
    rows = [
        (label, title("action", label), group.value, title("source", group.value), captions, group.captions)
        for group in captions_by_action(explorer, filters, column="source")
        for label, captions in group.mentions.items()
    ]
    frame = pd.DataFrame(rows, columns=["action", "title", "source", "source_title", "captions", "of"])
    return frame.assign(share=frame["captions"] / frame["of"])


def regions_by_phase(explorer: Explorer, filters: Filters) -> pd.DataFrame:
    """Events by region and phase: ``phase, region, region_title, events, share`` (of the phase's events)."""
    lexicon = load_lexicon()
    counts = mention_counts(explorer, filters, "phase", "action")
    regions = {label: action.region for label, action in lexicon.actions.items()}
    counts["region"] = counts["action"].map(regions)
    frame: pd.DataFrame = counts.groupby(["phase", "region"])["events"].sum().reset_index()
    frame["region_title"] = frame["region"].map({region.id: region.title for region in lexicon.regions})
    frame["share"] = frame["events"] / frame.groupby("phase")["events"].transform("sum")
    order = {phase: place for place, phase in enumerate((*PHASES, NO_PHASE))}
    frame["order"] = frame["phase"].map(order)
    return frame.sort_values(["order", "region"]).drop(columns="order").reset_index(drop=True)


MODIFIERS = ("direction", "side", "intensity")
"""What captions say of an action besides its name."""


def modifier_profiles(explorer: Explorer, filters: Filters, attribute: str) -> pd.DataFrame:
    """Events by action and a modifier, for every action that is mentioned.

    Args:
        explorer: the dataset.
        filters: which captions.
        attribute: one of ``MODIFIERS``.

    Returns:
        ``action, title, value, events, of, stated, share``: mentions with the value (``not-stated`` where the text says
        none), all mentions of the action, those with any value, and the share of the action's mentions. Actions with
        the most stated values first; the values of each with the most mentions first.
    """
    if attribute not in MODIFIERS:
        raise ValueError(f"events have no modifier {attribute!r}; they have: {', '.join(MODIFIERS)}")
    frame = mention_counts(explorer, filters, "action", attribute).rename(columns={attribute: "value"})
    frame["of"] = frame.groupby("action")["events"].transform("sum")
    frame["stated"] = frame["of"] - frame["events"].where(frame["value"] == NOT_STATED, 0).groupby(
        frame["action"]
    ).transform("sum")
    titles = explorer.vocabulary.titles["action"]
    frame.insert(1, "title", [titles[action] for action in frame["action"]])
    frame["share"] = frame["events"] / frame["of"]
    order = ["stated", "of", "action", "events", "value"]
    return frame.sort_values(order, ascending=[False, False, True, False, True], ignore_index=True)


def in_all(profiles: pd.DataFrame) -> pd.DataFrame:
    """The profiles of all actions together: ``value, events, share``, most events first."""
    counts = profiles.groupby("value")["events"].sum().reset_index()
    counts["share"] = counts["events"] / counts["events"].sum()
    return counts.sort_values(["events", "value"], ascending=[False, True], ignore_index=True)


def modifiers(explorer: Explorer, filters: Filters, attribute: str) -> pd.DataFrame:
    """Events by a modifier: ``value, events, share``; ``not-stated`` where the text says none.

    Args:
        explorer: the dataset.
        filters: which captions.
        attribute: one of ``MODIFIERS``.
    """
    return in_all(modifier_profiles(explorer, filters, attribute))
