"""Order: which action follows which, which ones go together, and when each is mentioned."""

from dfec_explore import charts
from dfec_explore.charts.text import percent
from dfec_explore.query import order
from dfec_explore.web import page
from dfec_explore.web.figure import show_chart
from dfec_explore.web.view import View


def figures(view: View) -> None:
    """The figures on top."""
    frame = view.ask(order.transitions)
    following = frame[frame["next_action"] != order.LAST]
    steps, kinds = int(following["events"].sum()), len(following)
    again = int(following.loc[following["action"] == following["next_action"], "events"].sum())
    page.metrics(
        {
            "steps": (f"{steps:,}", "Mentions of an action that are followed by another one in the same caption"),
            "different steps": (f"{kinds:,}", "Pairs of an action and the next one"),
            "the same action again": (percent(again / max(steps, 1)), "Of all steps"),
        }
    )


def transitions(view: View) -> None:
    """What follows what."""
    show_chart(
        view,
        charts.transitions(view.ask(order.transitions), mode=view.mode),
        name="transitions",
        title="What is mentioned next",
        about="Of 100 mentions of the row's action, so many have the column's next. Click a cell to filter by both.",
    )


def together(view: View) -> None:
    """Lift of pairs of actions."""
    show_chart(
        view,
        charts.together(view.ask(order.cooccurrence), mode=view.mode),
        name="together",
        title="What goes together in a caption",
        about="Blue: in the same caption more often than chance would have it; orange: less often.",
    )


def strongest(view: View) -> None:
    """The pairs that go together most."""
    show_chart(
        view,
        charts.strongest_pairs(view.ask(order.cooccurrence), mode=view.mode),
        name="pairs",
        title="Strongest pairs",
        about="Of the pairs that chance alone would give five captions and more.",
    )


def phases(view: View) -> None:
    """When each action is mentioned."""
    show_chart(
        view,
        charts.phase_profile(view.ask(order.phase_profile), mode=view.mode),
        name="profile",
        title="When each action is mentioned",
        about="Mentions by phase of the clip, as the text says; the number of mentions at the end.",
    )
