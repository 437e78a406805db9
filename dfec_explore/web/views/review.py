"""Review: the queue, the clip beside its caption, the verdict."""

from collections.abc import Mapping
from datetime import datetime

import streamlit as st

from dfec_explore.model import Verdict
from dfec_explore.query.samples import QUEUES, Sample
from dfec_explore.reviews import ReviewStore, reasons, undoable
from dfec_explore.web import page, queues, saving, state
from dfec_explore.web.components.memory import remembered_in_browser
from dfec_explore.web.errors import literal
from dfec_explore.web.filter_bar import chips
from dfec_explore.web.links import page_link
from dfec_explore.web.player import clip_facts, last_report, show_player, verdict_key
from dfec_explore.web.queues import Queue
from dfec_explore.web.view import View

ORDER_TITLES = {
    "file": "As in the file",
    "shortest": "Shortest first",
    "longest": "Longest first",
    "most-events": "Most facial actions first",
    "fewest-events": "Fewest facial actions first",
}
VERDICTS: tuple[tuple[Verdict, str, str, str], ...] = (
    (Verdict.ACCEPT, "Accept", "a", ":material/check:"),
    (Verdict.FIX, "Fix", "f", ":material/edit:"),
    (Verdict.REJECT, "Reject", "d", ":material/close:"),
    (Verdict.UNSURE, "Unsure", "u", ":material/question_mark:"),
)
PAST = {"accept": "accepted", "fix": "marked to fix", "reject": "rejected", "unsure": "unsure", "undo": "undone"}


def reviewer(view: View) -> str:
    """The reviewer's name; empty as long as there is none. The browser remembers it."""
    remembered = remembered_in_browser("reviewer", state.get("reviewer"))
    name = state.get("reviewer", remembered or view.services.settings.reviewer)
    state.set_widget("reviewer", name)
    with st.sidebar:
        st.text_input(
            "Reviewer",
            key=state.widget_key("reviewer"),
            placeholder="Your name",
            max_chars=80,
            help="Self-declared: whoever opens this app may write any name. It stands in every verdict.",
            on_change=lambda: state.put("reviewer", (state.widget_value("reviewer") or "").strip()),
        )
    return str(name)


def open_queue(view: View, name: str) -> Queue:
    """The choice of a queue in the sidebar, and the queue."""
    opened = queues.open_queue(view, name)
    with st.sidebar:
        _choice("queue", "Queue", QUEUES, opened.kind)
        _choice("order", "Order", ORDER_TITLES, opened.order)
        st.button("Open the queue anew", icon=":material/refresh:", on_click=queues.reopen, width="stretch")
        page_link(view, "browse", "Choose captions in Browse", icon=":material/grid_view:", filters=view.filters)
    return opened


def _choice(name: str, label: str, titles: Mapping[str, str], current: str) -> None:
    state.set_widget(f"review.{name}", current)
    st.selectbox(
        label,
        list(titles),
        format_func=titles.__getitem__,
        key=state.widget_key(f"review.{name}"),
        on_change=_queue_changed,
        args=(name,),
    )


def _queue_changed(key: str) -> None:
    state.set_param(key, str(state.widget_value(f"review.{key}")))
    queues.reopen()


def current_sample(view: View, queue: Queue) -> Sample | None:
    """The sample to judge."""
    return queues.current_sample(view, queue)


def nothing_to_review(view: View, queue: Queue, name: str) -> None:
    """What stands there at the end of a queue, or where it was empty from the start."""
    if len(queue.numbers):
        st.success(f"The queue of {len(queue.numbers):,} is finished.", icon=":material/task_alt:")
    elif queue.kind == "mine":
        st.info("You have judged none of these captions yet.", icon=":material/inbox:")
    else:
        st.success("Nothing is left to do here: you have judged all of these captions.", icon=":material/task_alt:")
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button("Open the queue anew", icon=":material/refresh:", on_click=queues.reopen, key="reopen.end")
        _undo_button(view, view.services.store(view.dataset), name)
        page_link(view, "browse", "Browse these captions", icon=":material/grid_view:", filters=view.filters)


def head(view: View, queue: Queue, sample: Sample | None) -> None:
    """One line: where in the queue one is, what was saved last; below it what is known of the sample."""
    with st.container(key="review-head", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            st.markdown("# Review", width="content")
            _place(queue, sample)
            st.space("stretch")
            _saved_line()
            page.link_button()
        page.link_problems(view)
        for problem in queues.link_problems(view):
            st.warning(f"The link names something that is not there. {literal(problem)}", icon=":material/link_off:")
        if view.filters:
            st.text(view.ask(type(view.explorer).sentence))
            chips(view.explorer, view.filters)
        if sample is not None:
            st.text(_facts(view, sample))


def _place(queue: Queue, sample: Sample | None) -> None:
    if sample is None:
        return
    place = queue.place(sample)
    if place is None:
        st.text("Opened by a link, not part of this queue", width="content")
        return
    st.progress((place + 1) / len(queue.numbers), width=220)
    st.text(f"{place + 1:,} of {len(queue.numbers):,}", width="content")


def _facts(view: View, sample: Sample) -> str:
    sides = {"viewer": "left and right: the viewer's", "person": "left and right: the person's"}
    facts = [
        f"{sample.part} / {sample.id}",
        view.explorer.vocabulary.title("source", sample.source),
        sample.video,
        *_clip_words(view, sample),
        f"emotion in the path: {sample.emotion}" if sample.emotion else "no emotion in the path",
        sides.get(view.dataset.left_right, "left and right: not known whose; judge as seen on screen"),
    ]
    if sample.verdict:
        facts.append(f"verdict so far: {view.explorer.vocabulary.title('verdict', sample.verdict)}")
    return " · ".join(facts)


def _clip_words(view: View, sample: Sample) -> list[str]:
    facts = clip_facts(view, sample)
    if facts is None:
        return []
    sound = "sound" if facts.has_sound else "no sound"
    size = f"{facts.width}×{facts.height}"
    return [f"{facts.duration:.1f} s", f"{facts.frame_rate:.5g} fps", size, facts.codec.upper(), sound]


def _saved_line() -> None:
    saved = saving.last_saved()
    if saved is None:
        return
    if saved.error:
        st.error(f"Not saved; what you entered is kept. {saved.error}", icon=":material/error:")
        return
    words = f"Saved {saved.at} · {saved.sample_part} / {saved.sample_id} {PAST[saved.verdict]}"
    st.badge(literal(words), icon=":material/check:", color="green")


def player(view: View, queue: Queue, sample: Sample) -> None:
    """The clip beside its caption; the next clip is loaded already."""
    show_player(view, sample, queue.neighbour(view, sample, 1))


def judging(view: View, queue: Queue, sample: Sample, name: str) -> None:
    """Verdicts, reasons, note, correction, and the way to the neighbours, at the bottom of the window."""
    store = view.services.store(view.dataset)
    with st.bottom, st.container(key="judging", gap="small"):
        if not name:
            st.caption(":material/person: Enter your name in the sidebar to judge; watching needs none.")
        _inputs(sample)
        _buttons(view, queue, sample, name, store)


def _inputs(sample: Sample) -> None:
    left, right = st.columns([7, 3], gap="medium", vertical_alignment="top")
    with left:
        _reasons(sample)
    with right:
        _note(sample)


def _reasons(sample: Sample) -> None:
    titles = {reason.id: reason.title for reason in reasons()}
    name = f"reasons.{sample.part}.{sample.id}"
    state.set_widget(name, [value for value in saving.draft(sample.part, sample.id).reasons if value in titles])
    st.pills(
        "Reasons",
        list(titles),
        format_func=titles.__getitem__,
        selection_mode="multi",
        key=state.widget_key(name),
        label_visibility="collapsed",
        wrap=True,
        on_change=saving.keep_widgets,
        args=(sample.part, sample.id),
    )


def _note(sample: Sample) -> None:
    name = f"note.{sample.part}.{sample.id}"
    entered = saving.draft(sample.part, sample.id)
    state.set_widget(name, entered.note)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.text_input(
            "Note",
            key=state.widget_key(name),
            placeholder="Note",
            label_visibility="collapsed",
            help="Saved with the verdict",
            max_chars=2000,
            on_change=saving.keep_widgets,
            args=(sample.part, sample.id),
        )
        if st.button(
            "Corrected" if entered.correction else "Correct",
            key="correct",
            icon=":material/edit_note:",
            help="Write the caption as it should be",
        ):
            _correct(sample)


@st.dialog("Correct the caption", width="large")
def _correct(sample: Sample) -> None:
    entered = saving.draft(sample.part, sample.id)
    st.caption("It is saved with your verdict, where it differs from the caption. The file itself never changes.")
    st.text_area(
        "Corrected caption",
        value=entered.correction or sample.caption,
        key=state.widget_key(f"correction.{sample.part}.{sample.id}"),
        height=320,
        label_visibility="collapsed",
    )
    with st.container(horizontal=True, gap="small"):
        keep = st.button(
            "Keep this correction", type="primary", key="correct.keep", on_click=_keep_correction, args=(sample,)
        )
        drop = st.button(
            "Back to the caption of the file",
            key="correct.drop",
            on_click=saving.keep_draft,
            args=(sample.part, sample.id),
            kwargs={"correction": ""},
        )
    if keep or drop:
        st.rerun()  # closes the dialog


def _keep_correction(sample: Sample) -> None:
    text = str(state.widget_value(f"correction.{sample.part}.{sample.id}") or "").strip()
    saving.keep_draft(sample.part, sample.id, correction="" if text == sample.caption else text)


def _buttons(view: View, queue: Queue, sample: Sample, name: str, store: ReviewStore) -> None:
    following = queue.neighbour(view, sample, 1)
    before = queue.neighbour(view, sample, -1)
    row = saving.row_id(sample)
    with st.container(horizontal=True, gap="small", key="verdicts", vertical_alignment="center"):
        for verdict, label, key, icon in VERDICTS:
            st.button(
                label,
                key=verdict_key(verdict, sample),
                shortcut=key,
                icon=icon,
                disabled=not name,
                width="stretch",
                on_click=_judge,
                args=(view, sample, name, verdict, row, _target(following)),
            )
        st.button(
            "Previous",
            key="go.previous",
            shortcut="p",
            disabled=before is None,
            on_click=saving.go_to,
            args=(_target(before),),
        )
        st.button("Next", key="go.next", shortcut="n", on_click=saving.go_to, args=(_target(following),))
        _undo_button(view, store, name)


def _undo_button(view: View, store: ReviewStore, name: str) -> None:
    last = undoable(store.history(view.dataset.name, name, 20)) if name else None
    st.button(
        "Undo",
        key="go.undo",
        shortcut="b",
        icon=":material/undo:",
        disabled=last is None,
        help=_undo_words(last) if last else "You have no verdict to take back",
        on_click=_undo,
        args=(view, name),
    )


def _undo_words(last: object) -> str:
    when = getattr(last, "created_at", None)
    shown = when.astimezone().strftime("%H:%M:%S") if isinstance(when, datetime) else ""
    return f"Take back your last verdict {shown}".strip()


def _target(sample: Sample | None) -> tuple[str, str] | None:
    return (sample.part, sample.id) if sample else None


def _judge(
    view: View, sample: Sample, name: str, verdict: Verdict, row: str, following: tuple[str, str] | None
) -> None:
    saving.save_verdict(
        view.services.store(view.dataset),
        view.dataset,
        sample,
        name,
        verdict,
        row,
        last_report(sample),
        following,
    )


def _undo(view: View, name: str) -> None:
    store = view.services.store(view.dataset)
    last = undoable(store.history(view.dataset.name, name, 20))
    if last is not None:
        saving.take_back(store, name, last)
