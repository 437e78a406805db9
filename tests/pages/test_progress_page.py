"""Progress without a browser: what is counted, plans, the error rate, agreement, final verdicts, and blind mode."""

import re
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dfec_explore.model import Plan, Review, SampleKey, Verdict, caption_hash
from dfec_explore.reviews import ReviewStore, open_store
from dfec_explore.reviews.plans import plan_items, plans

Open = Callable[..., AppTest]

CAPTIONS = [f"The video shows a man. At the beginning, he blinks{' and smiles' * (n % 3)}." for n in range(12)]
RECORDS = [
    {"id": str(n), "video": f"{'DFEW' if n < 8 else 'MAFW'}/videos/{n}.mp4", "caption": caption}
    for n, caption in enumerate(CAPTIONS)
]
PAGE = "../../../pages/progress.py"


@contextmanager
def store_of(tmp_path: Path) -> Iterator[ReviewStore]:
    store = open_store(f"sqlite:///{tmp_path}/state/reviews.sqlite")
    try:
        yield store
    finally:
        store.close()


def review(id_: int, reviewer: str, verdict: str, **more: Any) -> Review:
    key = SampleKey("DFEC", "test", str(id_))
    return Review(uuid.uuid4().hex, key, caption_hash(CAPTIONS[id_]), reviewer, Verdict(verdict), **more)


def save(tmp_path: Path, *reviews: Review) -> None:
    with store_of(tmp_path) as store:
        for row in reviews:
            store.save(row)


def stored_plans(tmp_path: Path, *, archived: bool = False) -> tuple[Plan, ...]:
    with store_of(tmp_path) as store:
        return plans(store, "DFEC", archived=archived)


def progress(open_app: Open, *, reviewer: str = "Ada", modes: str = "{}", **params: str) -> AppTest:
    app = open_app(RECORDS)
    # What the browser would have answered.
    app.session_state["dfec.reviewer"] = reviewer
    app.session_state["dfec.modes"] = modes
    app.switch_page(PAGE)
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    kinds = ("markdown", "text", "caption", "info", "warning", "success", "error", "html")
    return "\n".join(
        str(element.proto) if kind == "html" else str(element.value) for kind in kinds for element in app.get(kind)
    )


def alts(app: AppTest) -> str:
    return "\n".join(str(chart.proto.alt) for chart in app.get("plotly_chart"))


def links(app: AppTest) -> dict[str, str]:
    return {link.proto.label: link.proto.query_string for link in app.get("page_link")}


def draw_plan(open_app: Open, tmp_path: Path, *, size: int = 6, reviewers: int = 1) -> Plan:
    app = progress(open_app, show="plans")
    app.number_input(key="widget.new-plan.size").set_value(size)
    app.number_input(key="widget.new-plan.overlap").set_value(reviewers)
    app.run().button(key="new-plan.create").click().run()
    assert not app.exception
    (plan,) = stored_plans(tmp_path)
    return plan


def judge_plan(tmp_path: Path, plan: Plan, verdicts: dict[str, list[str]]) -> None:
    """Verdicts of each reviewer on the first captions of a plan, in order."""
    with store_of(tmp_path) as store:
        items = plan_items(store, plan)
        for reviewer, given in verdicts.items():
            for item, verdict in zip(items, given, strict=False):
                store.save(
                    Review(
                        uuid.uuid4().hex,
                        item.key,
                        item.caption_hash,
                        reviewer,
                        Verdict(verdict),
                        plan=plan.id,
                        mode="blind",
                    )
                )


def test_progress_of_nothing_offers_a_plan_and_the_review(open_app: Open) -> None:
    app = progress(open_app)
    assert "Nobody has judged any of these captions yet" in said(app)
    assert len(app.get("plotly_chart")) == 0
    app.button[0].click().run()
    assert app.query_params["show"] in ("plans", ["plans"])
    assert "No plan yet" in said(app)


def test_progress_counts_what_was_judged(open_app: Open, tmp_path: Path) -> None:
    progress(open_app)
    save(
        tmp_path,
        review(0, "Ada", "fix", reasons=("language",), seconds=12.0, watched=0.5),
        review(0, "Ben", "accept", seconds=8.0),
        review(9, "Ben", "accept"),
    )
    app = progress(open_app)
    assert "of 12 captions judged" in said(app)
    assert "2 of 12" in alts(app)
    assert "language 1" in alts(app)
    table = app.dataframe[0].value
    assert list(table["Reviewer"]) == ["Ben", "Ada"]
    assert list(table["Captions"]) == [2, 1]


def test_progress_follows_the_filter(open_app: Open, tmp_path: Path) -> None:
    progress(open_app)
    save(tmp_path, review(0, "Ada", "fix"), review(9, "Ben", "accept"))
    assert "of 4 captions judged" in said(progress(open_app, source="MAFW"))
    only_ada = progress(open_app, review="reviewer:Ada")
    assert "Captions judged by Ada, 1 of 12" in said(only_ada)
    assert list(only_ada.dataframe[0].value["Reviewer"]) == ["Ada"]


def test_progress_says_which_verdicts_are_stale(open_app: Open, tmp_path: Path) -> None:
    progress(open_app)
    earlier = review(0, "Ada", "fix")
    gone = SampleKey("DFEC", "test", "gone")
    save(
        tmp_path,
        Review(uuid.uuid4().hex, earlier.key, "f" * 32, "Ada", Verdict.FIX),
        Review(uuid.uuid4().hex, gone, "f" * 32, "Ada", Verdict.FIX),
        review(1, "Ada", "accept"),
    )
    app = progress(open_app)
    assert "1 verdict is on captions that changed since; 1 of these captions has no other" in said(app)
    assert "1 verdict on captions that are not in the files any more" in said(app)
    assert "queue=stale" in links(app)["Review them"]


def test_progress_the_browser_has_not_said_whether_others_are_hidden(open_app: Open, tmp_path: Path) -> None:
    progress(open_app)
    save(tmp_path, review(0, "Ben", "reject"))
    app = open_app(RECORDS).switch_page(PAGE).run()
    assert "Asking the browser" in said(app)
    assert len(app.get("plotly_chart")) == 0


def test_progress_blind_hides_what_others_said(open_app: Open, tmp_path: Path) -> None:
    plan = draw_plan(open_app, tmp_path, reviewers=2)
    judge_plan(tmp_path, plan, {"Ada": ["accept"] * 3, "Ben": ["reject"] * 3})
    blind = '{"blind": true}'
    app = progress(open_app, modes=blind)
    assert "what others said of captions is hidden" in said(app)
    assert list(app.dataframe[0].value["Reviewer"]) == ["Ada"]
    assert "Rejected" not in alts(app) + said(app)
    assert "disputed" not in said(app)
    assert len(app.get("download_button")) == sum("CSV" in b.proto.label for b in app.get("download_button"))
    rate = progress(open_app, modes=blind, show="rate")
    assert "In blind mode the error rate is hidden" in said(rate)
    agreement = progress(open_app, modes=blind, show="agreement")
    assert "In blind mode agreement is hidden" in said(agreement)
    listed = progress(open_app, modes=blind, show="plans")
    assert not [button.label for button in listed.button if "Error rate" in button.label]


def test_progress_blind_ignores_filters_that_tell_of_others(open_app: Open, tmp_path: Path) -> None:
    progress(open_app)
    save(tmp_path, review(0, "Ada", "accept"), review(9, "Ben", "reject"))
    app = progress(open_app, modes='{"blind": true}', verdict="reject")
    assert "of 12 captions judged" in said(app)


def test_progress_the_first_plan_is_one_click(open_app: Open, tmp_path: Path) -> None:
    app = progress(open_app, show="plans")
    button = app.button(key="new-plan.first")
    assert button.label == "Draw 12 captions, stratified by source: all that there are"
    button.click().run()
    (plan,) = stored_plans(tmp_path)
    assert (plan.name, plan.size, plan.strata, plan.created_by) == ("Random sample 1", 12, ("source",), "Ada")
    assert dict(plan.sizes) == {("DFEW",): 8, ("MAFW",): 4}
    assert f"plan={plan.id}" in links(app)["Start judging"]


def test_progress_a_plan_is_drawn_from_the_filter_as_the_form_says(open_app: Open, tmp_path: Path) -> None:
    app = progress(open_app, show="plans", source="DFEW")
    app.text_input(key="widget.new-plan.name").set_value("Blinks of DFEW")
    app.number_input(key="widget.new-plan.size").set_value(5)
    app.number_input(key="widget.new-plan.overlap").set_value(2)
    app.number_input(key="widget.new-plan.seed").set_value(7)
    app.pills(key="widget.new-plan.strata").set_value(["length"]).run()
    assert "**5 of 8 captions**, 10 verdicts in all." in said(app)
    app.button(key="new-plan.create").click().run()
    (plan,) = stored_plans(tmp_path)
    assert (plan.name, plan.size, plan.overlap, plan.seed, plan.strata) == ("Blinks of DFEW", 5, 2, 7, ("length",))
    assert plan.population == "DFEW captions, 8 of 12"
    assert plan.query == "source=DFEW"
    with store_of(tmp_path) as store:
        assert {int(item.key.id) for item in plan_items(store, plan)} <= set(range(8))
    assert app.text_input(key="widget.new-plan.name").value == "Random sample 1"


def test_progress_a_wanted_precision_says_how_many_it_takes(open_app: Open) -> None:
    app = progress(open_app, show="plans")
    app.segmented_control(key="widget.new-plan.way").set_value("precision").run()
    app.selectbox(key="widget.new-plan.half-width").set_value(0.1).run()
    # 1.96^2 * 0.25 / 0.1^2 = 96.04; 96.04 / (1 + 95.04 / 12) = 10.8.
    assert app.button(key="new-plan.create").label == "Draw 11 captions"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": "  "}, "Give the plan a name"),
        ({"size": 13}, "There are only 12 captions to draw from"),
        ({"size": 1}, "cannot hold one of each of 2 strata"),
        ({"name": "Random sample 9"}, ""),
    ],
)
def test_progress_what_is_wrong_with_a_plan_is_said_before_it_is_drawn(
    open_app: Open, change: dict[str, Any], words: str
) -> None:
    app = progress(open_app, show="plans")
    for name, value in change.items():
        widget = app.text_input if name == "name" else app.number_input
        widget(key=f"widget.new-plan.{name}").set_value(value)
    app.run()
    assert words in said(app)
    assert app.button(key="new-plan.create").disabled == bool(words)


def test_progress_a_plan_s_name_is_one_of_a_kind(open_app: Open, tmp_path: Path) -> None:
    draw_plan(open_app, tmp_path)
    app = progress(open_app, show="plans")
    assert app.text_input(key="widget.new-plan.name").value == "Random sample 2"
    app.text_input(key="widget.new-plan.name").set_value("Random sample 1").run()
    assert "There is a plan called" in said(app)


def test_progress_without_a_name_no_plan_is_made(open_app: Open, tmp_path: Path) -> None:
    app = progress(open_app, reviewer="", show="plans")
    assert app.button(key="new-plan.create").disabled
    assert app.button(key="new-plan.first").disabled
    app.text_input(key="widget.progress.name").set_value("Eve").run()
    app.button(key="new-plan.create").click().run()
    assert stored_plans(tmp_path)[0].created_by == "Eve"


def test_progress_a_plan_shows_who_did_how_much(open_app: Open, tmp_path: Path) -> None:
    plan = draw_plan(open_app, tmp_path, reviewers=2)
    judge_plan(tmp_path, plan, {"Ada": ["accept"] * 4, "<b>Ben": ["reject"] * 2})
    app = progress(open_app, show="plans")
    html = said(app)
    assert "2 of 6" in html
    assert "2 captions judged, but not by 2 reviewers yet" in html
    assert "&lt;b&gt;Ben" in html
    assert "Go on judging" in links(app)


def test_progress_a_plan_can_be_put_away_and_taken_out_again(open_app: Open, tmp_path: Path) -> None:
    plan = draw_plan(open_app, tmp_path)
    app = progress(open_app, show="plans")
    app.button(key=f"plan.archive.{plan.id}").click().run()
    assert stored_plans(tmp_path) == ()
    assert "No plan yet" in said(app)
    app.button(key=f"plan.archive.{plan.id}").click().run()
    assert [kept.id for kept in stored_plans(tmp_path)] == [plan.id]


def test_progress_a_plan_that_cannot_be_stored_is_said(open_app: Open, tmp_path: Path) -> None:
    app = progress(open_app, show="plans")
    from dfec_explore.web.services import services

    store = services().store(services().datasets[0])
    store._engine = open_store(f"sqlite:///{tmp_path}/state/reviews.sqlite", busy_seconds=0.2)._engine
    holder = sqlite3.connect(tmp_path / "state" / "reviews.sqlite")
    holder.execute("BEGIN IMMEDIATE")
    try:
        app.button(key="new-plan.create").click().run()
        assert "could not save the plan" in app.error[0].value
    finally:
        holder.rollback()
        holder.close()
    app.button(key="new-plan.create").click().run()
    assert len(stored_plans(tmp_path)) == 1


def test_progress_the_error_rate_wants_a_plan(open_app: Open, tmp_path: Path) -> None:
    progress(open_app)
    save(tmp_path, *(review(n, "Ada", "reject") for n in range(5)))
    app = progress(open_app, show="rate")
    assert "No sampling plan yet" in said(app)
    assert not re.search(r"\d %", said(app))


def test_progress_the_error_rate_is_of_the_plan_alone(open_app: Open, tmp_path: Path) -> None:
    plan = draw_plan(open_app, tmp_path, size=12)
    judge_plan(tmp_path, plan, {"Ada": ["fix", "reject", "unsure", *["accept"] * 9]})
    # Picked by hand: not in the rate.
    save(tmp_path, *(review(n, "Ben", "reject") for n in range(12)))
    app = progress(open_app, show="rate")
    # All are judged: 2 of the 11 that could be decided, without a sampling error.
    assert "**18 %** have an error, 18 % to 18 %" in said(app)
    assert "1 unsure, which are left out of the rate" in said(app)
    assert "**12 verdicts** under this plan **count**" in said(app)
    assert "**12** outside of plans do not" in said(app)
    assert "± 2 % is reached" in said(app)


def test_progress_the_error_rate_says_how_many_more_it_takes(open_app: Open, tmp_path: Path) -> None:
    plan = draw_plan(open_app, tmp_path, size=6)
    judge_plan(tmp_path, plan, {"Ada": ["fix", *["accept"] * 5]})
    app = progress(open_app, show="rate", width="2")
    assert "**6 more** for ± 2 %" in said(app)
    app.button(key="rate.larger").click().run()
    assert not app.exception
    assert app.number_input(key="widget.new-plan.size").value == 12
    app = progress(open_app, show="rate", width="10", level="90")
    assert "with 90 % confidence" in said(app)


def test_progress_the_error_rate_is_shown_by_source_and_by_stratum(open_app: Open, tmp_path: Path) -> None:
    plan = draw_plan(open_app, tmp_path, size=12)
    judge_plan(tmp_path, plan, {"Ada": ["accept"] * 12})
    app = progress(open_app, show="rate")
    assert "All captions 0 %" in alts(app)
    assert "DFEW 0 %" in alts(app)
    assert "MAFW 0 %" in alts(app)


def test_progress_a_link_to_a_plan_that_is_not_there_says_so(open_app: Open, tmp_path: Path) -> None:
    draw_plan(open_app, tmp_path)
    app = progress(open_app, show="rate", plan="nonsense")
    assert "names a plan that is not there" in said(app)
    assert "No error rate yet" in said(app)


def test_progress_agreement_wants_two_reviewers(open_app: Open, tmp_path: Path) -> None:
    progress(open_app)
    save(tmp_path, review(0, "Ada", "accept"), review(1, "Ben", "accept"))
    assert "No caption has verdicts of two reviewers yet" in said(progress(open_app, show="agreement"))


def test_progress_agreement_is_measured_on_the_overlap_alone(open_app: Open, tmp_path: Path) -> None:
    progress(open_app)
    given = {0: ("accept", "accept"), 1: ("fix", "fix"), 2: ("accept", "reject"), 3: ("accept", "accept")}
    for n, (first, second) in given.items():
        save(tmp_path, review(n, "Ada", first, mode="blind"), review(n, "Ben", second))
    save(tmp_path, review(9, "Ada", "reject"))
    app = progress(open_app, show="agreement")
    assert "Two reviewers of a caption say the same in **75 %** of cases." in said(app)
    assert "Share of agreement 0.75" in alts(app)
    # Expected by chance: 3/4 * 2/4 accept + 1/4 * 1/4 fix = 7/16; (3/4 - 7/16) / (1 - 7/16) = 5/9.
    assert "Kappa, Ada – Ben 0.56" in alts(app)
    assert "4 of 8 verdicts were given where" in said(app)
    assert "Disagreements by what was said: accepted – rejected 1." in said(app)


def test_progress_a_final_verdict_settles_and_keeps_the_others(open_app: Open, tmp_path: Path) -> None:
    progress(open_app)
    save(tmp_path, review(2, "Ada", "accept"), review(2, "Ben", "reject", reasons=("language",), note="<i>typo</i>"))
    app = progress(open_app, show="agreement")
    assert "&lt;i&gt;typo" in said(app)
    app.text_input(key="widget.final.note.test-2").set_value("seen twice")
    app.button(key="final.fix.test-2").click().run()
    assert not app.exception
    assert "All are settled." in said(app)
    with store_of(tmp_path) as store:
        rows = list(store.reviews())
        table = store.verdict_table("DFEC")
    assert (rows[-1].mode, rows[-1].verdict, rows[-1].note) == ("adjudication", Verdict.FIX, "seen twice")
    assert rows[-1].reviewer == "Ada"
    assert table["verdict"].to_pylist() == ["fix"]
    assert table["reviewers"].to_pylist() == [2]
    app.query_params["disputes"] = "settled"
    app.run()
    assert "<b>Final</b>, by Ada" in said(app).replace("\\'", "'")
    app.button(key=f"final.undo.{rows[-1].row_id}").click().run()
    with store_of(tmp_path) as store:
        assert store.verdict_table("DFEC")["verdict"].to_pylist() == ["disputed"]


def test_progress_only_who_settled_it_takes_it_back(open_app: Open, tmp_path: Path) -> None:
    progress(open_app)
    final = review(2, "Cleo", "fix", mode="adjudication")
    save(tmp_path, review(2, "Ada", "accept"), review(2, "Ben", "reject"), final)
    app = progress(open_app, show="agreement", disputes="settled")
    assert "by Cleo" in said(app)
    assert f"final.undo.{final.row_id}" not in [button.key for button in app.button]


def test_progress_a_final_verdict_that_fails_is_said_and_its_note_kept(open_app: Open, tmp_path: Path) -> None:
    progress(open_app)
    save(tmp_path, review(2, "Ada", "accept"), review(2, "Ben", "reject"))
    app = progress(open_app, show="agreement")
    app.text_input(key="widget.final.note.test-2").set_value("do not lose me").run()
    from dfec_explore.web.services import services

    store = services().store(services().datasets[0])
    store._engine = open_store(f"sqlite:///{tmp_path}/state/reviews.sqlite", busy_seconds=0.2)._engine
    holder = sqlite3.connect(tmp_path / "state" / "reviews.sqlite")
    holder.execute("BEGIN IMMEDIATE")
    try:
        app.button(key="final.accept.test-2").click().run()
        assert "Not saved; what you entered is kept" in app.error[0].value
        assert app.text_input(key="widget.final.note.test-2").value == "do not lose me"
    finally:
        holder.rollback()
        holder.close()
    app.button(key="final.accept.test-2").click().run()
    with store_of(tmp_path) as kept:
        assert [row.note for row in kept.reviews() if row.mode] == ["do not lose me"]
