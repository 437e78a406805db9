"""Reviews, sampling plans and releases from the command line: what is printed, written, and the exit code."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from dfec_explore.cli import app
from dfec_explore.errors import DfecError
from dfec_explore.model import Review, SampleKey, Verdict, caption_hash
from dfec_explore.reviews import ReviewStore, open_store, plan_items, plans

CAPTIONS = [f"At the beginning, she {verb}." for verb in ("smiles", "nods", "blinks", "frowns", "winks", "looks up")]

Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with an annotation file of two sources."""
    monkeypatch.chdir(tmp_path)
    for name in ("DFEC_DATABASE_URL", "DFEC_ANNOTATIONS", "DFEC_STATE", "DFEC_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    records = [
        {"id": str(number), "video": f"{'DFEW' if number < 4 else 'MAFW'}/videos/{number}.mp4", "caption": caption}
        for number, caption in enumerate(CAPTIONS)
    ]
    (tmp_path / "test.json").write_text(json.dumps(records, indent=1), encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    """Run a command; its output is kept apart from its errors."""

    def invoke(*arguments: str, code: int = 0, **options: Any) -> Result:
        result = CliRunner().invoke(app, list(arguments), **options)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result

    return invoke


@pytest.fixture
def store(folder: Path) -> ReviewStore:
    """The store of the settings, there."""
    return open_store(f"sqlite:///{folder / '.dfec' / 'reviews.sqlite'}")


def say(store: ReviewStore, number: int, verdict: Verdict, reviewer: str = "Ann", **changes: Any) -> None:
    key = SampleKey("DFEC", "test", str(number))
    name = f"{number}-{reviewer}-{changes.get('plan', '')}"
    store.save(Review(name, key, caption_hash(CAPTIONS[number]), reviewer, verdict, **changes))


def test_cli_reviews_import_takes_in_an_export_once(run: Run, folder: Path, store: ReviewStore) -> None:
    say(store, 0, Verdict.FIX, note="=1+1")
    say(store, 1, Verdict.ACCEPT)
    run("reviews", "export", "--format", "csv", "--out", "reviews.csv")
    other = f"sqlite:///{folder / 'other.sqlite'}"
    first = run("reviews", "import", "reviews.csv", "--database", other)
    assert first.stdout == "2 read, 2 added, 0 here already, 0 in conflict, 0 refused\n"
    again = run("reviews", "import", "reviews.csv", "--database", other, "--json")
    report = json.loads(again.stdout)
    assert (report["added"], report["known"], report["refused"]) == (0, 2, [])


def test_cli_reviews_import_names_what_it_refuses_and_ends_with_1(run: Run, folder: Path) -> None:
    (folder / "bad.jsonl").write_text('{"row_id": "[red]x"}\nnonsense\n', encoding="utf-8")
    result = run("reviews", "import", "bad.jsonl", code=1)
    assert "2 read, 0 added, 0 here already, 0 in conflict, 2 refused" in result.stdout
    assert "line 1" in result.stderr
    assert "[red]x" in result.stderr
    assert "it is no JSON" in result.stderr


def test_cli_reviews_import_reads_standard_input(run: Run, store: ReviewStore, folder: Path) -> None:
    say(store, 0, Verdict.FIX)
    text = run("reviews", "export").stdout
    other = f"sqlite:///{folder / 'other.sqlite'}"
    result = run("reviews", "import", "-", "--format", "jsonl", "--database", other, input=text)
    assert "1 added" in result.stdout


def test_cli_reviews_merge_takes_reviews_and_plans_of_another_database(
    run: Run, folder: Path, store: ReviewStore
) -> None:
    run("reviews", "plan", "create", "test.json", "--name", "first", "--size", "4")
    say(store, 0, Verdict.FIX)
    other = f"sqlite:///{folder / 'other.sqlite'}"
    result = run("reviews", "merge", "--from", f"sqlite:///{folder / '.dfec' / 'reviews.sqlite'}", "--database", other)
    assert result.stdout.splitlines() == [
        "1 read, 1 added, 0 here already, 0 in conflict, 0 refused",
        "1 sampling plans added",
    ]
    assert "first" in run("reviews", "plan", "list", "--database", other).stdout


def test_cli_plan_create_draws_what_it_is_asked_for(run: Run, store: ReviewStore) -> None:
    options = ["--size", "4", "--seed", "5", "--overlap", "2", "--strata", "source", "--by", "Ada"]
    result = run("reviews", "plan", "create", "test.json", "--name", "first", *options, "--json")
    record = json.loads(result.stdout)
    (plan,) = plans(store, "DFEC")
    assert (plan.name, plan.size, plan.seed, plan.overlap, plan.created_by) == ("first", 4, 5, 2, "Ada")
    assert plan.sizes == {("DFEW",): 4, ("MAFW",): 2}
    assert plan.population == "All 6 captions"
    assert (record["id"], record["sizes"][0]) == (plan.id, {"stratum": ["DFEW"], "captions": 4})
    drawn = [item.key.id for item in plan_items(store, plan)]
    run("reviews", "plan", "create", "test.json", "--name", "second", *options)
    assert [item.key.id for item in plan_items(store, plans(store, "DFEC")[1])] == drawn


def test_cli_plan_create_from_a_half_width_and_a_filter(run: Run, store: ReviewStore) -> None:
    options = ["--half-width", "0.3", "--filter", "source=DFEW", "--strata", ""]
    run("reviews", "plan", "create", "test.json", "--name", "DFEW alone", *options)
    (plan,) = plans(store)
    # 10.67 / (1 + 9.67 / 4) = 3.1
    assert (plan.size, plan.sizes, plan.query) == (4, {(): 4}, "source=DFEW")
    assert plan.population == "DFEW captions, 4 of 6"


@pytest.mark.parametrize(
    ("query", "population", "ids"),
    [
        ("verdict=none", "Captions with verdict not judged yet, 4 of 6", {"2", "3", "4", "5"}),
        ("verdict=reject", "Captions with verdict rejected, 1 of 6", {"1"}),
        ("review=reviewer:Ben", "Captions judged by Ben, 1 of 6", {"1"}),
    ],
)
def test_cli_plan_create_knows_what_was_said_of_the_captions(
    run: Run, store: ReviewStore, query: str, population: str, ids: set[str]
) -> None:
    say(store, 0, Verdict.ACCEPT)
    say(store, 1, Verdict.REJECT, "Ben")
    run("reviews", "plan", "create", "test.json", "--name", "left", "--size", "4", "--filter", query, "--strata", "")
    (plan,) = plans(store)
    assert plan.population == population
    assert {item.key.id for item in plan_items(store, plan)} == ids


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ([], "either --size or --half-width"),
        (["--size", "3", "--half-width", "0.1"], "either --size or --half-width"),
        (["--size", "3", "--filter", "source=Nowhere"], "does not occur in this dataset"),
        (["--size", "3", "--filter", "nonsense=1"], "No filter in"),
        (["--size", "3", "--filter", "label=anger"], "draw a plan by label on its Progress page"),
        (["--size", "3", "--strata", "taste"], "not stratified by 'taste'"),
    ],
)
def test_cli_plan_create_refuses_what_makes_no_plan(run: Run, options: list[str], problem: str) -> None:
    result = run("reviews", "plan", "create", "test.json", "--name", "first", *options, code=2)
    assert problem in " ".join(result.stderr.replace("│", " ").split())


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--size", "1"], "1 captions cannot hold one of each of the 2 strata"),
        (["--size", "3", "--allocation", "clever"], "allocation 'clever' is unknown"),
        (["--half-width", "7"], "the half-width is 7"),
    ],
)
def test_cli_plan_create_tells_what_cannot_be_drawn(run: Run, options: list[str], problem: str) -> None:
    with pytest.raises(DfecError, match=problem):
        run("reviews", "plan", "create", "test.json", "--name", "first", *options)


def test_cli_plan_list_and_show(run: Run) -> None:
    run("reviews", "plan", "create", "test.json", "--name", "first", "--size", "4", "--seed", "1")
    assert "first" in run("reviews", "plan", "list").stdout
    assert [plan["size"] for plan in json.loads(run("reviews", "plan", "list", "--json").stdout)] == [4]
    shown = run("reviews", "plan", "show", "first", "--items").stdout
    assert "4 captions of DFEC, drawn with seed 1, proportional allocation" in shown
    assert len([line for line in shown.splitlines() if line.startswith("test\t")]) == 4
    assert len(json.loads(run("reviews", "plan", "show", "first", "--json", "--items").stdout)["items"]) == 4
    assert "Datasets with a plan 'none': none" in run("reviews", "plan", "show", "none", code=2).stderr


def test_cli_progress_tells_rates_and_agreement(run: Run, store: ReviewStore) -> None:
    assert "There is no sampling plan" in run("reviews", "progress").stdout
    run("reviews", "plan", "create", "test.json", "--name", "all", "--size", "6")
    (plan,) = plans(store)
    for number in range(6):
        say(store, number, Verdict.FIX if number == 5 else Verdict.ACCEPT, plan=plan.id)
        say(store, number, Verdict.FIX if number > 3 else Verdict.ACCEPT, "Ben", plan=plan.id)
    (record,) = json.loads(run("reviews", "progress", "--json").stdout)
    # Outcomes 0, 0, 0, 0, 0.5 and 1, of all captions there are.
    assert (record["rate"]["rate"], record["rate"]["half_width"], record["rate"]["effective_size"]) == (0.25, 0.0, None)
    assert record["rate"]["more_for_2_percent"] == 0
    assert record["by_source"]["MAFW"]["rate"] == 0.75
    assert record["judged_by"] == {"Ann": 6, "Ben": 6}
    assert record["agreement"]["percent"]["value"] == pytest.approx(5 / 6)
    words = run("reviews", "progress", "--plan", "all").stdout
    assert "all (DFEC): 6 of 6 judged" in words
    assert "25.0% errors (25.0% to 25.0% with 95% confidence)" in words
    assert "6 captions judged by two or more: agreement 0.83" in words


def test_cli_release_writes_the_three_files_and_says_what_they_hold(run: Run, folder: Path, store: ReviewStore) -> None:
    say(store, 0, Verdict.FIX, corrected_caption="She smiles.")
    say(store, 1, Verdict.ACCEPT)
    result = run("release", "corrected", "test.json", "--out", "new.json")
    assert result.stdout == "1 of 6 captions corrected\nverdicts: 4 not judged, 1 fix, 1 accept\n"
    before = (folder / "test.json").read_text(encoding="utf-8")
    assert (folder / "new.json").read_text(encoding="utf-8") == before.replace(CAPTIONS[0], "She smiles.")
    assert "1 of 6 captions written" in run("release", "accepted", "test.json", "--out", "accepted.json").stdout
    assert [record["id"] for record in json.loads((folder / "accepted.json").read_bytes())] == ["1"]
    report = json.loads(run("release", "pairs", "test.json", "--out", "p.jsonl", "--prompt", "Well?", "--json").stdout)
    assert (report["written"], report["verdicts"]) == (1, {"fix": 1, "accept": 1, "none": 4})
    assert json.loads((folder / "p.jsonl").read_bytes())["prompt"] == "Well?"


def test_cli_release_finds_the_dataset_that_declares_the_file(run: Run, folder: Path, store: ReviewStore) -> None:
    (folder / "dfec.toml").write_text(
        '[[dataset]]\nname = "Mine"\nparts = [{ name = "held out", file = "test.json" }]\n', encoding="utf-8"
    )
    key = SampleKey("Mine", "held out", "0")
    store.save(Review("row", key, caption_hash(CAPTIONS[0]), "Ann", Verdict.FIX, corrected_caption="New."))
    assert "1 of 6" in run("release", "corrected", "test.json", "--out", "new.json").stdout
    named = run("release", "corrected", "test.json", "--out", "new.json", "--dataset", "DFEC", "--part", "test")
    assert "0 of 6" in named.stdout


def test_cli_release_never_writes_over_the_file(run: Run, folder: Path) -> None:
    before = (folder / "test.json").read_bytes()
    with pytest.raises(DfecError, match="the new file has the name of the old one"):
        run("release", "corrected", "test.json", "--out", "test.json")
    assert (folder / "test.json").read_bytes() == before
