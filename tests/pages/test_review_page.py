"""Review without a browser: verdicts, undo, queues, modes, and what happens when saving fails."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from review_acts import act, data_of, judge
from streamlit.testing.v1 import AppTest

from dfec_explore.model import Plan, PlanItem, Review, SampleKey, Verdict, caption_hash
from dfec_explore.reviews import ReviewStore, open_store, save_plan

Open = Callable[..., AppTest]
CAPTIONS = {
    "1": "The video shows a woman. At the beginning, she smiles and blinks. Towards the end, her mouth opens slightly.",
    "2": "The video shows a man. At the beginning, he looks to the left. In the middle of the video, he smiles.",
    "3": "The video shows a man with brown hair.",
}


def review(open_app: Open, name: str = "Ada", **params: str) -> AppTest:
    app = open_app(**params).switch_page("../../../pages/review.py")
    for key, value in params.items():
        app.query_params[key] = value
    app.run()
    return app.text_input(key="widget.reviewer").set_value(name).run()


def open_reviews(tmp_path: Path) -> ReviewStore:
    return open_store(f"sqlite:///{tmp_path}/state/reviews.sqlite")


def stored(tmp_path: Path) -> list[Review]:
    store = open_reviews(tmp_path)
    try:
        return list(store.reviews())
    finally:
        store.close()


def said(reviewer: str, id_: str, verdict: Verdict, *, caption: str | None = None) -> Review:
    """A verdict of somebody on a sample, by default on its caption as it is now."""
    hash_ = caption_hash(CAPTIONS[id_] if caption is None else caption)
    return Review(f"{reviewer}-{id_}-{verdict}", SampleKey("DFEC", "test", id_), hash_, reviewer, verdict)


def save(tmp_path: Path, *reviews: Review) -> None:
    (tmp_path / "state").mkdir(exist_ok=True)
    store = open_reviews(tmp_path)
    for row in reviews:
        store.save(row)
    store.close()


def known(app: AppTest) -> AppTest:
    """The page after the browser has told that no mode is on; until then others' verdicts are hidden."""
    app.toggle(key="widget.mode.blind").set_value(True).run()
    return app.toggle(key="widget.mode.blind").set_value(False).run()


def shown(app: AppTest) -> str | None:
    """The id of the sample that is shown; None at the end."""
    sample = data_of(app)["sample"]
    return sample["key"][2] if sample else None


def facts(app: AppTest) -> str:
    """The line of facts on the sample that is shown."""
    return next(element.value for element in app.text if element.value.startswith("test / "))


# ---- verdicts


def test_review_a_verdict_is_one_row_with_all_that_was_entered_and_the_next_sample_comes(
    open_app: Open, tmp_path: Path
) -> None:
    app = review(open_app)
    parts = {"event:46-52:lip_corner_pull": "right", "clause:25-66": "wrong", "missing:middle:blink": "missing"}
    judge(
        app,
        "fix",
        row="0" * 31 + "a",
        reasons=["wrong-action"],
        note=" the smile is on the left only ",
        spans=[[46, 52]],
        parts=parts,
        watched=0.5,
        seconds=12.25,
        mirrored=True,
    )
    (row,) = stored(tmp_path)
    assert (row.row_id, row.key, row.reviewer) == ("0" * 31 + "a", SampleKey("DFEC", "test", "1"), "Ada")
    assert (row.verdict, row.note, row.reasons) == (
        Verdict.FIX,
        "the smile is on the left only",
        ("wrong-action",),
    )
    assert (row.caption_hash, row.corrected_caption) == (caption_hash(CAPTIONS["1"]), None)
    assert (row.spans, row.parts) == (((46, 52),), parts)
    assert (row.watched, row.seconds, row.mode, row.plan) == (0.5, 12.25, "mirrored", None)
    assert shown(app) == "2"
    assert app.query_params["sample"] in ("2", ["2"])
    answer = data_of(app)["answer"]
    assert (answer["row"], answer["problem"]) == (row.row_id, "")
    assert answer["name"] == json.dumps(["DFEC", "test", "1", row.caption_hash], separators=(",", ":"))


def test_review_the_badge_says_when_the_row_was_saved(open_app: Open) -> None:
    app = review(open_app)
    assert not any("Saved" in element.value for element in app.markdown)
    judge(app, "accept")
    assert sum("Saved" in element.value and "accepted" in element.value for element in app.markdown) == 1


def test_review_marks_and_parts_outside_the_caption_are_not_stored(open_app: Open, tmp_path: Path) -> None:
    app = review(open_app)
    end = len(CAPTIONS["1"])
    parts = {"event:0-3:smile": "missing", f"clause:0-{end + 1}": "right", "nonsense": "right", "clause:5-5": "wrong"}
    judge(app, "fix", spans=[[0, 3], [5, 5], [end - 1, end + 1]], parts=parts)
    (row,) = stored(tmp_path)
    assert (row.spans, dict(row.parts)) == (((0, 3),), {})


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("The video shows a woman. She smiles.", "The video shows a woman. She smiles."),
        (f" {CAPTIONS['1']}\n", None),
        ("   ", None),
    ],
)
def test_review_a_correction_is_stored_where_it_differs(
    open_app: Open, tmp_path: Path, written: str, kept: str | None
) -> None:
    judge(review(open_app), "fix", correction=written)
    assert stored(tmp_path)[0].corrected_caption == kept


def test_review_without_a_name_nothing_can_be_judged(open_app: Open, tmp_path: Path) -> None:
    app = review(open_app, "")
    assert data_of(app)["reviewer"] == ""
    judge(app, "accept")
    assert "name" in data_of(app)["answer"]["problem"]
    assert stored(tmp_path) == []


def test_review_the_same_message_twice_is_one_row(open_app: Open, tmp_path: Path) -> None:
    app = review(open_app)
    sample, row = data_of(app)["sample"]["key"], "b" * 32
    judge(app, "accept", row=row)
    judge(app, "accept", row=row, sample=sample)
    assert len(stored(tmp_path)) == 1
    assert shown(app) == "2"


@pytest.mark.parametrize(
    "entered",
    [{"row": "short"}, {"verdict": "perhaps"}, {"do": "erase"}, {"watched": 7}, {"spans": [["a", 1]]}, {"note": 5}],
)
def test_review_a_message_that_does_not_fit_does_nothing(
    open_app: Open, tmp_path: Path, entered: dict[str, object]
) -> None:
    app = review(open_app)
    act(app, **({"do": "verdict", "verdict": "accept"} | entered))
    assert not app.exception
    assert stored(tmp_path) == []


def test_review_a_verdict_on_a_caption_that_has_changed_meanwhile_is_refused(open_app: Open, tmp_path: Path) -> None:
    app = review(open_app)
    judge(app, "accept", sample=["DFEC", "test", "1", "0" * 32])
    assert "not in the dataset any more" in data_of(app)["answer"]["problem"]
    assert stored(tmp_path) == []


def test_review_a_sample_that_was_judged_shows_ones_own_verdict(open_app: Open) -> None:
    app = review(open_app, queue="all")
    judge(app, "reject")
    act(app, "previous")
    own = data_of(app)["own"]
    assert own["verdict"] == "reject"
    assert "your verdict: rejected" in facts(app)


# ---- undo, redo, history


def test_review_undo_takes_the_last_verdict_back_and_returns_with_what_was_entered(
    open_app: Open, tmp_path: Path
) -> None:
    app = review(open_app)
    entered = {"reasons": ["language"], "note": "look again", "correction": "She smiles.", "spans": [[4, 9]]}
    judge(app, "fix", parts={"clause:0-24": "wrong"}, **entered)
    act(app, "undo")
    first, second = stored(tmp_path)
    assert (second.retracts, second.verdict) == (first.row_id, None)
    assert shown(app) == "1"
    restored = data_of(app)["restore"]
    assert restored["row"] == second.row_id
    assert restored["content"] == {**entered, "editing": "", "parts": {"clause:0-24": "wrong"}}


def test_review_redo_lets_the_verdict_stand_again(open_app: Open, tmp_path: Path) -> None:
    app = review(open_app)
    judge(app, "fix", note="once")
    assert data_of(app)["can"]["redo"] == ""
    act(app, "undo")
    assert data_of(app)["can"]["undo"] == ""
    act(app, "redo")
    assert [row.verdict for row in stored(tmp_path)] == [Verdict.FIX, None, None]
    assert data_of(app)["forget"]["content"]["note"] == "once"
    assert shown(app) == "2"
    act(app, "previous")
    assert data_of(app)["own"]["verdict"] == "fix"


def test_review_undo_goes_back_verdict_by_verdict(open_app: Open) -> None:
    app = review(open_app)
    for _ in range(3):
        judge(app, "accept")
    assert shown(app) is None
    seen = []
    for _ in range(3):
        act(app, "undo")
        seen.append(shown(app))
    assert seen == ["3", "2", "1"]
    assert data_of(app)["can"]["undo"] == ""


def test_review_undo_sent_twice_takes_one_verdict_back(open_app: Open, tmp_path: Path) -> None:
    app = review(open_app)
    judge(app, "accept")
    judge(app, "accept")
    act(app, "undo", row="c" * 32)
    act(app, "undo", row="c" * 32)
    assert sum(row.retracts is not None for row in stored(tmp_path)) == 1


def test_review_history_lists_ones_own_verdicts_and_takes_one_back(open_app: Open, tmp_path: Path) -> None:
    save(tmp_path, said("Grace", "2", Verdict.REJECT))
    app = review(open_app)
    judge(app, "fix", note="$x_1$ <b>", reasons=["language", "gone-since"])
    judge(app, "accept")
    act(app, "history")
    words = [element.value for element in app.text]
    assert "“$x_1$ <b>” · Language · gone-since" in words
    first = stored(tmp_path)[1]
    assert first.note == "$x_1$ <b>"
    app.button(key=f"back-{first.row_id}").click().run()
    assert stored(tmp_path)[-1].retracts == first.row_id
    assert [row.reviewer for row in stored(tmp_path)] == ["Grace", "Ada", "Ada", "Ada"]


def test_review_history_can_be_narrowed_to_a_verdict(open_app: Open) -> None:
    app = review(open_app)
    judge(app, "fix", note="mend this")
    judge(app, "accept", note="fine")
    app.session_state["widget.history.verdicts"] = ["accept"]
    act(app, "history")
    words = [element.value for element in app.text]
    assert ("“fine”" in words, "“mend this”" in words) == (True, False)


# ---- queues


def test_review_the_queue_stays_as_it_was_opened_and_ends(open_app: Open, tmp_path: Path) -> None:
    app = review(open_app)
    for _ in range(3):
        judge(app, "accept")
    assert "The queue of 3 is finished." in app.success[0].value
    app.button(key="reopen.end").click().run()
    assert "Nothing is left to do here" in app.success[0].value
    assert len(stored(tmp_path)) == 3


def test_review_at_the_end_of_a_queue_the_last_verdict_can_be_undone(open_app: Open, tmp_path: Path) -> None:
    app = review(open_app)
    for _ in range(3):
        judge(app, "accept")
    act(app, "undo")
    assert shown(app) == "3"
    assert stored(tmp_path)[-1].retracts is not None


@pytest.mark.parametrize(
    ("queue", "ids"),
    [("todo", ["2", "3"]), ("mine", ["1"]), ("disputed", ["3"]), ("stale", ["2"]), ("all", ["1", "2", "3"])],
)
def test_review_each_queue_opens_as_a_link(open_app: Open, tmp_path: Path, queue: str, ids: list[str]) -> None:
    save(
        tmp_path,
        said("Ada", "1", Verdict.ACCEPT),
        said("Grace", "2", Verdict.ACCEPT, caption="He looks."),
        said("Grace", "3", Verdict.ACCEPT),
        said("Lise", "3", Verdict.REJECT),
    )
    app = review(open_app, queue=queue)
    seen = []
    while (id_ := shown(app)) is not None:
        seen.append(id_)
        act(app, "next")
    assert seen == ids


def test_review_says_that_the_caption_has_changed_since_it_was_judged(open_app: Open, tmp_path: Path) -> None:
    save(tmp_path, said("Grace", "1", Verdict.REJECT, caption="An older one."))
    app = known(review(open_app))
    assert "the caption has changed since it was judged: rejected" in facts(app)


def test_review_a_random_order_has_its_seed_in_the_address_and_is_the_same_again(open_app: Open) -> None:
    app = review(open_app, queue="all", order="random")
    seed = "".join(app.query_params["seed"])

    def walk(app: AppTest) -> list[str | None]:
        seen = []
        for _ in range(3):
            seen.append(shown(app))
            act(app, "next")
        return seen

    first = walk(app)
    assert sorted(map(str, first)) == ["1", "2", "3"]
    assert walk(review(open_app, "Grace", queue="all", order="random", seed=seed)) == first


def test_review_a_link_opens_its_sample(open_app: Open) -> None:
    assert "test / 3" in facts(review(open_app, sample="3"))


@pytest.mark.parametrize("params", [{"sample": "zzz"}, {"queue": "zzz"}, {"order": "zzz"}, {"plan": "zzz"}])
def test_review_a_link_to_what_does_not_exist_says_so(open_app: Open, params: dict[str, str]) -> None:
    app = review(open_app, **params)
    assert any("zzz" in warning.value for warning in app.warning)
    assert shown(app) == "1"


def test_review_next_and_previous_go_through_the_queue(open_app: Open) -> None:
    app = review(open_app)
    act(app, "next")
    act(app, "next")
    assert shown(app) == "3"
    act(app, "next")
    assert shown(app) is None
    act(app, "previous")
    assert shown(app) == "3"
    assert data_of(app)["can"]["previous"] == "test / 2"


# ---- plans


def plan_of(tmp_path: Path, *ids: str) -> Plan:
    """A plan of some samples, in this order."""
    plan = Plan("p1", "DFEC", "Spot check", "Ada", len(ids), {(): 3}, seed=1)
    keys = [SampleKey("DFEC", "test", id_) for id_ in ids]
    items = [PlanItem(place, key, caption_hash(CAPTIONS[key.id])) for place, key in enumerate(keys)]
    (tmp_path / "state").mkdir(exist_ok=True)
    store = open_reviews(tmp_path)
    save_plan(store, replace(plan, size=len(items)), items)
    store.close()
    return plan


def test_review_a_plan_is_a_queue_and_its_verdicts_carry_its_id(open_app: Open, tmp_path: Path) -> None:
    plan_of(tmp_path, "3", "1")
    app = review(open_app, plan="p1")
    assert any("Plan “Spot check”" in element.value for element in app.text)
    seen = []
    while (id_ := shown(app)) is not None:
        seen.append(id_)
        judge(app, "accept")
    assert sorted(seen) == ["1", "3"]
    assert [row.plan for row in stored(tmp_path)] == ["p1", "p1"]


def test_review_a_sample_that_the_plan_did_not_choose_is_not_judged_for_it(open_app: Open, tmp_path: Path) -> None:
    plan_of(tmp_path, "3", "1")
    app = review(open_app, plan="p1", sample="2")
    judge(app, "accept")
    assert [(row.key.id, row.plan) for row in stored(tmp_path)] == [("2", None)]


# ---- modes


def test_review_blind_hides_others_verdicts_and_is_recorded(open_app: Open, tmp_path: Path) -> None:
    save(tmp_path, said("Grace", "1", Verdict.REJECT), said("Grace", "2", Verdict.FIX, caption="older"))
    app = review(open_app, queue="all")
    app.toggle(key="widget.mode.watch_first").set_value(True).run()
    assert "verdict so far: rejected" in facts(app)
    app.toggle(key="widget.mode.blind").set_value(True).run()
    assert "rejected" not in facts(app)
    judge(app, "accept", watchedFirst=True)
    assert stored(tmp_path)[-1].mode == "blind,watch-first"
    assert "has changed since it was judged" not in facts(app)


def test_review_blind_has_no_queue_of_disputed_captions_and_says_why(open_app: Open, tmp_path: Path) -> None:
    save(tmp_path, said("Grace", "3", Verdict.ACCEPT), said("Lise", "3", Verdict.REJECT))
    app = review(open_app, queue="disputed")
    assert shown(app) == "3"
    app.toggle(key="widget.mode.blind").set_value(True).run()
    assert shown(app) == "1"
    assert any("blind" in warning.value for warning in app.warning)
    assert "disputed" not in app.selectbox(key="widget.review.queue").options


def test_review_blind_leaves_out_a_filter_by_verdict(open_app: Open, tmp_path: Path) -> None:
    save(tmp_path, said("Grace", "3", Verdict.ACCEPT))
    app = review(open_app, queue="all", verdict="accept")
    assert shown(app) == "3"
    app.toggle(key="widget.mode.blind").set_value(True).run()
    assert shown(app) == "1"


def test_review_watch_first_without_a_clip_shows_the_caption_and_is_not_recorded(
    open_app: Open, tmp_path: Path
) -> None:
    app = review(open_app)
    app.toggle(key="widget.mode.watch_first").set_value(True).run()
    assert data_of(app, "caption")["judging"]["isHeldBack"] is False
    judge(app, "accept")
    assert stored(tmp_path)[-1].mode == ""


def test_review_watch_first_holds_the_caption_back_where_there_is_a_clip(
    open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = tmp_path / "clips" / "DFEW" / "videos" / "1.mp4"
    clip.parent.mkdir(parents=True)
    clip.write_bytes(b"no video, but there")
    monkeypatch.setenv("DFEC_CLIPS", str(tmp_path / "clips"))
    app = review(open_app)
    assert data_of(app, "caption")["judging"]["isHeldBack"] is False
    app.toggle(key="widget.mode.watch_first").set_value(True).run()
    assert data_of(app, "caption")["judging"]["isHeldBack"] is True
    # What the caption says does not stand under the time axis either.
    assert data_of(app, "widget.player")["events"] == []


# ---- reasons and guidelines


def test_review_reasons_come_with_their_explanation(open_app: Open) -> None:
    first = data_of(review(open_app))["reasons"][0]
    assert first["id"] == "wrong-action"
    assert first["explanation"].startswith("The caption names a movement")


def test_review_a_team_can_bring_its_own_reasons(
    open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "reasons.toml"
    own.write_text('[[reason]]\nid = "odd"\ntitle = "Odd"\nexplanation = "It is odd."\n', encoding="utf-8")
    monkeypatch.setenv("DFEC_REASONS_FILE", str(own))
    app = review(open_app)
    assert [reason["title"] for reason in data_of(app)["reasons"]] == ["Odd"]


def test_review_a_broken_file_of_reasons_is_named_and_judging_goes_on(
    open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "reasons.toml"
    own.write_text("[[reason", encoding="utf-8")
    monkeypatch.setenv("DFEC_REASONS_FILE", str(own))
    app = review(open_app)
    assert any("reasons" in error.value for error in app.error)
    judge(app, "accept")
    assert len(stored(tmp_path)) == 1


def test_review_guidelines_stand_beside_the_item_and_say_whose_left_is_meant(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DFEC_LEFT_RIGHT", "person")
    app = review(open_app)
    act(app, "guidelines")
    assert any("the person's own" in element.value for element in app.info)
    assert any("Judge the caption" in element.value for element in app.markdown)
    act(app, "guidelines")
    assert not any("Judge the caption" in element.value for element in app.markdown)


def test_review_guidelines_explain_every_verdict_and_every_reason(open_app: Open) -> None:
    app = review(open_app)
    act(app, "guidelines")
    (text,) = [element.value for element in app.markdown if "Judge the caption" in element.value]
    titles = [reason["title"] for reason in data_of(app)["reasons"]] + ["Accept", "Fix", "Reject", "Unsure"]
    assert [title for title in titles if f"- **{title}**" not in text] == []


def test_review_a_team_can_bring_its_own_guidelines(
    open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "ours.md"
    monkeypatch.setenv("DFEC_GUIDELINES_FILE", str(own))
    app = review(open_app)
    act(app, "guidelines")
    assert any("ours.md" in error.value.replace("\\", "") for error in app.error)
    own.write_text("Count the blinks.", encoding="utf-8")
    app.run()
    assert any(element.value == "Count the blinks." for element in app.markdown)


# ---- when the store fails


def fail_soon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the app's store give up on a locked database after a moment."""
    from dfec_explore.web.services import services

    store = services().store(services().datasets[0])
    quick = open_store(f"sqlite:///{tmp_path}/state/reviews.sqlite", busy_seconds=0.2)
    monkeypatch.setattr(store, "_engine", quick.engine)


def test_review_a_locked_database_loses_nothing_and_the_same_row_is_saved_later(
    open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = review(open_app)
    fail_soon(tmp_path, monkeypatch)
    holder = sqlite3.connect(tmp_path / "state" / "reviews.sqlite")
    holder.execute("BEGIN EXCLUSIVE")
    judge(app, "accept", row="d" * 32, note="do not lose me")
    answer = data_of(app)["answer"]
    assert (answer["row"], shown(app)) == ("d" * 32, "1")
    assert "locked" in answer["problem"]
    assert not any("Saved" in element.value for element in app.markdown)
    holder.rollback()
    holder.close()
    judge(app, "accept", row="d" * 32, note="do not lose me")
    (row,) = stored(tmp_path)
    assert (row.row_id, row.note) == ("d" * 32, "do not lose me")
    assert data_of(app)["answer"]["problem"] == ""
    assert data_of(app)["answer"]["count"] > answer["count"]


def test_review_a_database_that_goes_away_leaves_the_page_and_says_so(open_app: Open, tmp_path: Path) -> None:
    app = review(open_app)
    folder = tmp_path / "state"
    files = {path: path.read_bytes() for path in folder.glob("reviews.sqlite*")}
    for path in files:
        path.unlink()
    judge(app, "accept")
    data = data_of(app)
    assert shown(app) == "1"
    assert "gone or cannot be opened" in data["answer"]["problem"]
    assert "gone or cannot be opened" in data["trouble"]
    assert not app.exception
    assert not (folder / "reviews.sqlite").exists(), (
        "an empty database in the place of the lost one would hide the loss"
    )
    for path, content in files.items():
        path.write_bytes(content)
    judge(app, "accept")
    assert [row.key.id for row in stored(tmp_path)] == ["1"]
    assert data_of(app)["trouble"] == ""


def test_review_a_read_only_database_is_told(open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = review(open_app)
    from dfec_explore.web.services import services

    store = services().store(services().datasets[0])
    # Whoever runs the tests may be allowed to write everywhere: the connection itself refuses to.
    import sqlalchemy as sa

    sa.event.listen(store.engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only = ON"))
    judge(app, "accept")
    assert "read-only" in data_of(app)["answer"]["problem"]
    assert (shown(app), stored(tmp_path)) == ("1", [])


def test_review_undo_that_fails_is_told_and_can_be_tried_again(
    open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = review(open_app)
    judge(app, "accept")
    fail_soon(tmp_path, monkeypatch)
    holder = sqlite3.connect(tmp_path / "state" / "reviews.sqlite")
    holder.execute("BEGIN EXCLUSIVE")
    act(app, "undo", row="e" * 32)
    assert "locked" in data_of(app)["answer"]["problem"]
    holder.rollback()
    holder.close()
    act(app, "undo", row="e" * 32)
    assert (shown(app), stored(tmp_path)[-1].row_id) == ("1", "e" * 32)


def test_review_notes_of_the_checks_keep_their_place_from_clip_to_clip(open_app: Open) -> None:
    # A browser keeps the nodes of each part of the page that goes: it would grow with every clip.
    clean = (
        "The video shows a woman with long hair. At the beginning of the video, her mouth is closed and her eyes look "
        "ahead. Then she raises her eyebrows and slightly opens her mouth. Towards the end of the video, she smiles."
    )
    videos = ("DFEW/videos/1.mp4", "MAFW/videos/00002.mp4")
    captions = zip("12", videos, (clean, CAPTIONS["3"]), strict=True)
    records = [{"id": id_, "video": video, "caption": caption} for id_, video, caption in captions]
    drawn = {}
    for id_ in "12":
        app = open_app(records).switch_page("../../../pages/review.py")
        for name, value in {"queue": "all", "in": "test", "sample": id_}.items():
            app.query_params[name] = value
        (notes,) = [fold for fold in app.run().expander if fold.label.startswith("Notes of the checks")]
        drawn[notes.label] = notes.proto.id
    assert set(drawn) == {"Notes of the checks (none)", "Notes of the checks (2)"}
    assert len(set(drawn.values())) == 1
