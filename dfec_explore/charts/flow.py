"""What follows what as bands from action to action: the transitions that are mentioned most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dfec_explore.charts.chart import Chart, empty_chart, figure
from dfec_explore.charts.frames import rows_of, sums, titles
from dfec_explore.charts.order import transition_table
from dfec_explore.charts.palette import colour
from dfec_explore.charts.text import count, hover, listed, percent, short_name
from dfec_explore.charts.theme import SURFACES, Mode
from dfec_explore.query.order import LAST

NODE, GAP = 20, 16
"""Height of an action (on average, on the fuller side) and gap between two, in pixels."""
LABELS, EDGE = 186, 20
"""Room for the labels on each side, and above and below the bands, in pixels."""
LABEL = 25
"""Letters of an action's name."""
SHEER: Mapping[Mode, float] = {"light": 0.4, "dark": 0.5}
"""How dense the bands are: one is seen through another."""
SWEEPS = 4
"""How often the two sides are put in order by one another."""


@dataclass(frozen=True, slots=True)
class Node:
    """An action on one side: its steps, and its middle as a share of the height from the top."""

    action: str
    steps: int
    middle: float


def transition_flow(frame: pd.DataFrame, *, mode: Mode, limit: int = 30) -> Chart:
    """The most frequent steps from an action (left) to the one mentioned next (right), as a Sankey diagram.

    Args:
        frame: ``query.order.transitions``.
        mode: the theme of the page.
        limit: steps at most; the sentence says which share of all steps they are, the table has all rows.
    """
    table = transition_table(frame)
    steps = frame[frame["next_action"] != LAST]
    if steps.empty:
        return empty_chart(mode, table, sentence="No caption mentions two facial actions.")
    top = steps.head(limit)
    first, last = _in_order(top)
    rows = max(len(first), len(last))
    before, after = _nodes(first, rows), _nodes(last, rows)
    fig = figure(mode, height=_height(rows) + 2 * EDGE)
    fig.add_trace(_sankey(top, before, after, mode))
    margin = {"l": LABELS, "r": LABELS, "t": EDGE, "b": EDGE, "pad": 0}
    fig.update_layout(margin=margin, annotations=_labels(top, before, after, mode))
    pieces = [f"{row.title} then {row.next_title} {count(row.events)}" for row in rows_of(top.head(3))]
    share = percent(float(top["events"].sum() / steps["events"].sum()))
    words = f"Bands from each facial action to the next: the {count(len(top), 'most frequent step')}, {share} of all"
    return Chart(fig, f"{words}; most: {listed(pieces)}.", table)


def _in_order(top: pd.DataFrame) -> tuple[dict[str, int], dict[str, int]]:
    """The actions of both sides with their steps, so that few bands cross: each beside the middle of its partners."""
    sides = [sums(top, "action", "events"), sums(top, "next_action", "events")]
    partners: list[dict[str, dict[str, int]]] = [{}, {}]
    for row in rows_of(top):
        partners[0].setdefault(row.action, {})[row.next_action] = row.events
        partners[1].setdefault(row.next_action, {})[row.action] = row.events
    for sweep in range(SWEEPS):
        moved, fixed = sides[1 - sweep % 2], sides[sweep % 2]
        ties, places = partners[1 - sweep % 2], {action: place for place, action in enumerate(fixed)}
        middles = {
            action: sum(places[other] * steps for other, steps in ties[action].items()) / moved[action]
            for action in moved
        }
        sides[1 - sweep % 2] = {action: moved[action] for action in sorted(moved, key=lambda name: middles[name])}
    return sides[0], sides[1]


def _height(rows: int) -> int:
    return NODE * rows + GAP * (rows - 1)


def _nodes(side: Mapping[str, int], rows: int) -> list[Node]:
    """The places of one side's actions: as high as plotly draws them, with equal gaps; ``rows`` on the fuller side."""
    height, each = _height(rows), NODE * rows / sum(side.values())
    gap = (height - NODE * rows) / max(len(side) - 1, 1)
    nodes, top = [], 0.0
    for action, steps in side.items():
        nodes.append(Node(action, steps, (top + each * steps / 2) / height))
        top += each * steps + gap
    return nodes


def _sankey(top: pd.DataFrame, first: Sequence[Node], last: Sequence[Node], mode: Mode) -> go.Sankey:
    hues = {action: colour("region", region, mode) for action, region in _by_action(top, "region").items()}
    names, steps = _by_action(top, "title"), rows_of(top)
    before = {node.action: place for place, node in enumerate(first)}
    after = {node.action: place for place, node in enumerate(last, start=len(first))}
    both = [*((node, "first") for node in first), *((node, "next") for node in last)]
    return go.Sankey(
        arrangement="fixed",
        node={
            "label": [""] * len(both),
            "x": [0.001 if kind == "first" else 0.999 for _, kind in both],
            "y": [node.middle for node, _ in both],
            "color": [hues[node.action] for node, _ in both],
            "line": {"width": 0},
            "thickness": 12,
            "pad": GAP,
            "customdata": [hover(names[node.action], f"{kind} in {count(node.steps)} steps") for node, kind in both],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        link={
            "source": [before[row.action] for row in steps],
            "target": [after[row.next_action] for row in steps],
            "value": [row.events for row in steps],
            "color": [_sheer(hues[row.action], SHEER[mode]) for row in steps],
            "customdata": [_step_words(row) for row in steps],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
    )


def _by_action(top: pd.DataFrame, what: str) -> dict[str, str]:
    return titles(top, "action", what) | titles(top, "next_action", f"next_{what}")


def _step_words(row: Any) -> str:
    return hover(
        f"{row.title}, then {row.next_title[:1].lower()}{row.next_title[1:]}",
        f"{count(row.events)} of {count(row.of, 'mention')}, {percent(row.share)}",
    )


def _labels(top: pd.DataFrame, first: Sequence[Node], last: Sequence[Node], mode: Mode) -> list[dict[str, Any]]:
    """The names beside the bands, where nothing lies behind them."""
    names = _by_action(top, "title")
    return [
        {
            "text": f"{short_name(names[node.action], LABEL)} <b>{count(node.steps)}</b>",
            "x": x,
            "y": 1 - node.middle,
            "xref": "paper",
            "yref": "paper",
            "xanchor": anchor,
            "xshift": -6 if anchor == "right" else 6,
            "yanchor": "middle",
            "showarrow": False,
            "font": {"color": SURFACES[mode].text, "size": 12.5},
        }
        for nodes, x, anchor in ((first, 0, "right"), (last, 1, "left"))
        for node in nodes
    ]


def _sheer(hue: str, density: float) -> str:
    red, green, blue = (int(hue[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {density})"
