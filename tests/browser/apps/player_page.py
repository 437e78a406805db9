"""The page of ``player_app``; the query says which clip, which caption and which layout."""

import streamlit as st

from dfec_explore.model import Clause, ClipFacts, ClipStatus, FacialEvent
from dfec_explore.web.components import ClipSource, EventLabel, caption_view, clip_player

st.set_page_config(layout="wide")

LABELS = {
    "brow_lower": EventLabel("Brow lower", "brow", "Brow", ("AU4",), "#b35900", "#f0a050"),
    "brow_raise": EventLabel("Brow raise", "brow", "Brow", ("AU1", "AU2"), "#b35900", "#f0a050"),
    "lid_droop": EventLabel("Lid droop", "eye", "Eye", ("AU41",), "#0072b2", "#56b4e9"),
    "eyes_close": EventLabel("Eyes close", "eye", "Eye", ("AU43",), "#0072b2", "#56b4e9"),
    "gaze": EventLabel("Gaze", "gaze", "Gaze", (), "#3b7f9e", "#8cc5dd", {"down": ("AU64",), "up": ("AU63",)}),
    "mouth_close": EventLabel("Mouth close", "mouth", "Mouth, jaw", (), "#c2185b", "#f48fb1"),
    "mouth_open": EventLabel("Mouth open", "mouth", "Mouth, jaw", ("AU25",), "#c2185b", "#f48fb1"),
    "lip_corner_pull": EventLabel("Lip corner pull", "mouth", "Mouth, jaw", ("AU12",), "#c2185b", "#f48fb1"),
    "lip_stretch": EventLabel("Lip stretch", "mouth", "Mouth, jaw", ("AU20",), "#c2185b", "#f48fb1"),
    "teeth_show": EventLabel("Teeth show", "mouth", "Mouth, jaw", ("AU25",), "#c2185b", "#f48fb1"),
    "head_lower": EventLabel("Head lower", "head", "Head", ("AU54",), "#00795c", "#4fc3a1"),
    "head_lift": EventLabel("Head lift", "head", "Head", ("AU53",), "#00795c", "#4fc3a1"),
}

STORY = (
    ("The video shows the emotional changes of a young woman with long brown hair.", None, None, ()),
    (
        "At the beginning of the video, her eyebrows are furrowed, her upper eyelids droop as she looks downward, and "
        "her lips are closed.",
        "begin",
        (0.0, 0.25),
        (
            ("brow_lower", None, "eyebrows are furrowed"),
            ("lid_droop", None, "upper eyelids droop"),
            ("gaze", "down", "looks downward"),
            ("mouth_close", None, "lips are closed"),
        ),
    ),
    (
        "As the video progresses, she closes her eyes, lowers her head slightly and the corners of her mouth stretch.",
        "progress",
        (0.25, 0.5),
        (
            ("eyes_close", None, "closes her eyes"),
            ("head_lower", "down", "lowers her head slightly"),
            ("lip_stretch", None, "corners of her mouth stretch"),
        ),
    ),
    (
        "In the middle of the video, she lifts her head, looks ahead, raises her eyebrows and opens her mouth.",
        "middle",
        (0.5, 0.75),
        (
            ("head_lift", "up", "lifts her head"),
            ("gaze", "forward", "looks ahead"),
            ("brow_raise", None, "raises her eyebrows"),
            ("mouth_open", None, "opens her mouth"),
        ),
    ),
    (
        "Towards the end, she looks up and smiles, revealing her upper teeth.",
        "end",
        (0.75, 1.0),
        (
            ("gaze", "up", "looks up"),
            ("lip_corner_pull", None, "smiles, revealing her upper teeth"),
            ("teeth_show", None, "revealing her upper teeth"),
        ),
    ),
)

MARKUP = "\U0001f600 She <b>smiles</b> & <script>window.hacked = 1</script> looks up.\n<img src=x onerror=hacked=1>"


def story() -> tuple[str, list[Clause], list[FacialEvent]]:
    text, clauses, events = "", [], []
    for sentence, phase, share, found in STORY:
        start = len(text)
        text += sentence + " "
        clauses.append(Clause(start, start + len(sentence), phase, share))
        for action, direction, quote in found:
            at = text.index(quote, start)
            intensity = "slight" if "slightly" in quote else None
            events.append(
                FacialEvent(action, direction, None, intensity, phase, at, at + len(quote), quote, f"{action}-1")
            )
    return text, clauses, events


def markup() -> tuple[str, list[Clause], list[FacialEvent]]:
    at = MARKUP.index("<b>smiles</b>")
    event = FacialEvent("lip_corner_pull", None, None, None, None, at, at + 13, "<b>smiles</b>", "<i>rule</i>")
    return MARKUP, [], [event]


FACTS = {
    "first": ClipFacts("h264", "mp4", 640, 360, 24000 / 1001, 472, 19.685, True, True),
    "second": ClipFacts("h264", "mp4", 640, 360, 24000 / 1001, 472, 19.685, True, True),
    "hevc": ClipFacts("hevc", "mov", 960, 540, 26.4, 169, 6.402, True, False),
}

query = st.query_params
name = st.session_state.setdefault("clip", query.get("clip", "first"))
layout = query.get("layout", "beside")
caption, clauses, events = markup() if query.get("caption") == "markup" else story()


def source(name: str) -> ClipSource:
    if name == "missing":
        return ClipSource(
            id="missing",
            status=ClipStatus.MISSING,
            reason="No file of this name lies under the folder of MAFW.",
            tried=("clips/MAFW/videos/09068.mp4", "clips/MAFW/09068.mp4"),
        )
    return ClipSource(
        id=name,
        status=ClipStatus.FOUND,
        url=f"/clips/{name}?run={st.session_state.get('runs', 0)}" if name != "second" else "/clips/second",
        filmstrip_url=f"/strips/{name}",
        facts=FACTS[name],
    )


def judge() -> None:
    st.session_state["verdicts"] = st.session_state.get("verdicts", 0) + 1
    if query.get("advance"):
        st.session_state["clip"] = "second"


def player(*, beside: bool) -> None:
    clip_player(
        source=source(name),
        key="player",
        clauses=clauses,
        caption=caption if beside else None,
        events=events,
        labels=LABELS,
        next_clip=source("second") if name == "first" else None,
        autoplay=bool(query.get("autoplay")),
        report_url=f"/viewings/{query.get('viewing', 'none')}",
        verdict_buttons=["verdicts"],
    )


def judging() -> None:
    with st.container(horizontal=True, key="verdicts"):
        for label, shortcut in (("Accept", "a"), ("Fix", "f"), ("Reject", "d"), ("Unsure", "u")):
            st.button(label, shortcut=shortcut, on_click=judge, width="stretch")
    st.text_input("Note", key="note")
    st.radio("Mode", ["open", "blind"], key="mode", horizontal=True)
    st.selectbox("Queue", ["to do", "mine"], key="queue")
    st.text(f"verdicts: {st.session_state.get('verdicts', 0)}")


st.session_state["runs"] = st.session_state.get("runs", 0) + 1
if layout == "beside":
    player(beside=True)
    judging()
elif layout == "columns":
    left, right = st.columns([1.15, 1])
    with left:
        player(beside=False)
    with right:
        caption_view(
            caption,
            events,
            clauses=clauses,
            labels=LABELS,
            key="caption",
            player="player",
            duration=19.685,
            framed=True,
        )
        judging()
else:
    caption_view(caption, events, clauses=clauses, labels=LABELS, key="caption")
# Last on the page: when it is there, everything is.
st.text(f"runs: {st.session_state['runs']}")
