"""The head of Review: where one is, what was saved last, how one judges, and what is known of the sample."""

import streamlit as st

from dfec_explore.clips import RATES
from dfec_explore.query.samples import Sample
from dfec_explore.web import page, queues, saving, state
from dfec_explore.web.errors import literal
from dfec_explore.web.filter_bar import chips
from dfec_explore.web.modes import Modes, set_mode, set_rate
from dfec_explore.web.player import clip_facts, shown_frames
from dfec_explore.web.sample_labels import label_words
from dfec_explore.web.view import View
from dfec_explore.web.views.review.desk import Desk

PAST = {
    "accept": "accepted",
    "fix": "marked to fix",
    "reject": "rejected",
    "unsure": "unsure",
    "undo": "undone",
    "redo": "stands again",
}
"""What was done to a sample, after its name."""

LONGEST_ID = 12
"""Characters of an id in the line of what was saved; some are the path of a video."""

MODES = {
    "watch_first": (
        "Watch first",
        "The caption appears when the clip has been played once, or with the key v: what is read before biases what "
        "is seen. Where there is no clip to play it is there at once.",
    ),
    "blind": (
        "Blind",
        "Others' verdicts are hidden on this page, and so is the queue of disputed captions: agreement between "
        "reviewers means something only if they did not know of each other's verdicts.",
    ),
}


def head(desk: Desk) -> None:
    """One line on where one is; below it what is known of the sample."""
    view = desk.view
    with st.container(key="review-head", gap=None):
        with st.container(key="review-line", horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown("# Review", width="content")
            if desk.queue.plan is not None:
                st.text(f"Plan “{desk.queue.plan.name}”", width="content")
            _place(desk)
            _saved_line()
            st.space("stretch")
            _modes(desk.modes)
            _frame_rate(desk)
            st.button(
                "History",
                key="open.history",
                icon=":material/history:",
                type="tertiary",
                help="Your verdicts (h)",
                on_click=open_history,
            )
            st.button(
                "Guidelines",
                key="open.guidelines",
                icon=":material/menu_book:",
                type="tertiary",
                help="What each verdict means (g)",
                on_click=toggle_guidelines,
                args=(desk.modes.guidelines,),
            )
            page.link_button()
        page.link_problems(view)
        for problem in queues.link_problems(view, desk.modes, desk.queue):
            st.warning(f"The link names something that is not there. {literal(problem)}", icon=":material/link_off:")
        if desk.queue.filters:
            st.text(view.ask(type(view.explorer).sentence, filters=desk.queue.filters))
            chips(view.explorer, desk.queue.filters)
        if desk.sample is not None:
            with st.container(key="review-facts"):
                st.text(" · ".join(_facts(desk, desk.sample)))


def _place(desk: Desk) -> None:
    if desk.sample is None:
        return
    place = desk.queue.place(desk.sample)
    if place is None:
        st.text("Opened by a link, not part of this queue", width="content")
        return
    total = len(desk.queue.numbers)
    st.progress((place + 1) / total, width=140)
    st.text(f"{place + 1:,} of {total:,}", width="content")


def _saved_line() -> None:
    saved = saving.last_saved()
    if saved is not None:
        id_ = saved.id if len(saved.id) <= LONGEST_ID else f"…{saved.id[-LONGEST_ID:]}"
        st.badge(literal(f"Saved {saved.at} · {id_} {PAST[saved.done]}"), icon=":material/check:", color="green")


def _modes(modes: Modes) -> None:
    on = [title.lower() for name, (title, _) in MODES.items() if getattr(modes, name)]
    label = f"Mode: {', '.join(on)}" if on else "Mode"
    with (
        st.popover(label, icon=":material/tune:", type="tertiary", key="modes"),
        st.container(width=360, gap="small"),
    ):
        for name, (title, words) in MODES.items():
            state.set_widget(f"mode.{name}", getattr(modes, name))
            st.toggle(title, key=state.widget_key(f"mode.{name}"), on_change=_mode_changed, args=(name,))
            st.caption(words)
        st.caption("A verdict carries the modes in which it was given.")


def _frame_rate(desk: Desk) -> None:
    """The choice of a rate, where the clip is single frames: nobody knows how fast they once were."""
    rate = shown_frames(desk.view, desk.sample) if desk.sample is not None else None
    if rate is None:
        return
    with (
        st.popover(f"{rate:g} frames/s", icon=":material/speed:", type="tertiary", key="frame-rate"),
        st.container(width=300, gap="small"),
    ):
        state.set_widget("frame.rate", rate)
        st.selectbox(
            "Frames a second",
            sorted({*RATES, rate}),
            format_func=lambda value: f"{value:g}",
            key=state.widget_key("frame.rate"),
            on_change=lambda: set_rate(state.widget_value("frame.rate")),
        )
        st.caption(
            "This clip is a folder of single frames; how fast they were taken is not stored. The choice is yours alone "
            "and is remembered; times under the picture follow it."
        )


def _mode_changed(name: str) -> None:
    set_mode(name, bool(state.widget_value(f"mode.{name}")))


def open_history() -> None:
    """Open the reviewer's own history. For callbacks."""
    state.put("dialog", "history")


def toggle_guidelines(is_open: bool) -> None:
    """Show the guidelines, or put them away. For callbacks."""
    set_mode("guidelines", not is_open)


def _facts(desk: Desk, sample: Sample) -> list[str]:
    view = desk.view
    sides = {"viewer": "left and right: the viewer's", "person": "left and right: the person's"}
    return [
        f"{sample.part} / {sample.id}",
        view.explorer.vocabulary.title("source", sample.source),
        *_verdicts(desk),
        *_clip_words(view, sample),
        sides.get(view.dataset.left_right, "left and right: not known whose; judge as seen on screen"),
        *label_words(view, sample),
        sample.video,
    ]


def _verdicts(desk: Desk) -> list[str]:
    title = desk.view.explorer.vocabulary.title
    words = []
    if desk.own is not None:
        words.append(f"your verdict: {title('verdict', str(desk.own.verdict))}")
    if desk.verdict is not None:
        words.append(f"verdict so far: {title('verdict', desk.verdict)}")
    if desk.earlier:
        said = ", ".join(dict.fromkeys(title("verdict", str(row.verdict)) for row in desk.earlier))
        words.append(f"the caption has changed since it was judged: {said}")
    return words


def _clip_words(view: View, sample: Sample) -> list[str]:
    facts = clip_facts(view, sample)
    if facts is None:
        return []
    sound = "sound" if facts.has_sound else "no sound"
    size = f"{facts.width}×{facts.height}"
    return [f"{facts.duration:.1f} s", f"{facts.frame_rate:.5g} fps", size, facts.codec.upper(), sound]
