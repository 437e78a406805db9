"""The commands ``reviews plan``: captions drawn by lot, and how they were drawn."""

import json
import secrets
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import parse_qs

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from dfec_explore.commands.bar import bar
from dfec_explore.commands.options import AsJson, Database, opened_store
from dfec_explore.index import build_index
from dfec_explore.model import Dataset, Plan, PlanItem
from dfec_explore.query import Explorer, Filters, from_params, open_explorer
from dfec_explore.query.population import candidates
from dfec_explore.reviews import (
    ALLOCATIONS,
    ReviewStore,
    draw_sample,
    find_plan,
    flag_verdicts,
    plan_items,
    plans,
    random_plan,
    required_size,
    save_plan,
)
from dfec_explore.settings import load_settings

plan_app = typer.Typer(help="Sampling plans: which captions are judged, drawn by lot.", no_args_is_help=True)

DatasetName = Annotated[str | None, typer.Option(help="Name of the dataset; needed where there are several.")]


@plan_app.command("create")
def create_command(
    name: Annotated[str, typer.Option(help="Name of the plan, one of a kind in its dataset.")],
    file: Annotated[Path | None, typer.Argument(help="An annotation file; none: the dataset of the settings.")] = None,
    size: Annotated[int | None, typer.Option(min=1, help="How many captions to draw.")] = None,
    half_width: Annotated[
        float | None, typer.Option(help="Or how precise the error rate is to be: 0.03 for +-3 %.")
    ] = None,
    expected_rate: Annotated[float, typer.Option(help="A guess of the error rate, for --half-width.")] = 0.5,
    confidence: Annotated[float, typer.Option(help="Of the interval, for --half-width.")] = 0.95,
    strata: Annotated[
        str, typer.Option(help="What to stratify by, joined by commas: source, length, events, part, action:LABEL.")
    ] = "source",
    allocation: Annotated[
        str, typer.Option(help=f"How to divide the size: {' or '.join(ALLOCATIONS)}.")
    ] = "proportional",
    filter_: Annotated[
        str, typer.Option("--filter", help="Which captions, as in the address of a page: source=DFEW&words=40-80.")
    ] = "",
    seed: Annotated[
        int | None, typer.Option(min=0, help="Draws the same captions again; by default a new one.")
    ] = None,
    overlap: Annotated[int, typer.Option(min=1, help="How many reviewers judge each caption.")] = 1,
    by: Annotated[str, typer.Option(help="Who draws; by default the reviewer of the settings.")] = "",
    dataset: DatasetName = None,
    database: Database = None,
    json_: AsJson = False,
) -> None:
    """Draw captions by lot and store them as a plan that reviewers share."""
    if (size is None) == (half_width is None):
        raise typer.BadParameter("Give either --size or --half-width.")
    chosen = _dataset(file, dataset)
    settings = load_settings()
    with bar(f"Reading {chosen.name}", transient=True) as progress:
        explorer = open_explorer(build_index(chosen, settings.cache_folder, progress, workers=settings.workers))
    filters = _filters(filter_, explorer)
    with opened_store(database) as store:
        _bring_verdicts(store, chosen.name, explorer, filters)
    names = tuple(piece.strip() for piece in strata.split(",") if piece.strip())
    if half_width is not None:
        found = explorer.count(filters)
        size = required_size(found, half_width=half_width, expected_rate=expected_rate, confidence=confidence)
    seed = secrets.randbelow(2**31) if seed is None else seed
    try:
        population = list(candidates(explorer, filters, dataset=chosen.name, strata=names))
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    sample = draw_sample(population, size or 1, seed=seed, allocation=allocation)
    plan = random_plan(
        sample,
        dataset=chosen.name,
        name=name,
        created_by=by or settings.reviewer or "command line",
        seed=seed,
        strata=names,
        allocation=allocation,
        overlap=overlap,
        population=explorer.sentence(filters),
        query=filter_,
    )
    with opened_store(database) as store:
        plan = save_plan(store, plan, sample.items)
    _print_plan(plan, sample.items, as_json=json_, listed=False)


@plan_app.command("list")
def list_command(
    dataset: Annotated[str | None, typer.Option(help="Only plans of this dataset.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Also plans that were put away.")] = False,
    database: Database = None,
    json_: AsJson = False,
) -> None:
    """List the sampling plans."""
    with opened_store(database) as store:
        found = plans(store, dataset, archived=all_)
    if json_:
        typer.echo(json.dumps([plan_record(plan) for plan in found], ensure_ascii=False))
        return
    table = Table("plan", "dataset", "captions", "of", "strata", "reviewers each", "by", "created", box=SIMPLE_HEAD)
    for plan in found:
        created = plan.created_at.strftime("%Y-%m-%d %H:%M") if plan.created_at else ""
        name = f"{plan.name} (put away)" if plan.is_archived else plan.name
        of = f"{sum(plan.sizes.values()):,}" if plan.is_random else "picked"
        table.add_row(
            name,
            plan.dataset,
            f"{plan.size:,}",
            of,
            ", ".join(plan.strata),
            str(plan.overlap),
            plan.created_by,
            created,
        )
    print_table(table)


@plan_app.command("show")
def show_command(
    name: Annotated[str, typer.Argument(help="Name or id of the plan.")],
    dataset: DatasetName = None,
    items: Annotated[bool, typer.Option("--items", help="List its captions too.")] = False,
    database: Database = None,
    json_: AsJson = False,
) -> None:
    """Show how a plan was drawn."""
    with opened_store(database) as store:
        plan = find_named(store, name, dataset)
        found = plan_items(store, plan)
    _print_plan(plan, found, as_json=json_, listed=items)


def _dataset(file: Path | None, name: str | None) -> Dataset:
    options = {"annotations": str(file)} if file else {}
    if file and name:
        options["dataset_name"] = name
    datasets = [each for each in load_settings(options=options).datasets if name in (None, each.name)]
    if len(datasets) != 1:
        known = ", ".join(each.name for each in load_settings(options=options).datasets) or "none"
        raise typer.BadParameter(f"Name an annotation file, or one of the declared datasets (--dataset): {known}.")
    return datasets[0]


def _filters(query: str, explorer: Explorer) -> Filters:
    parsed = from_params(parse_qs(query.removeprefix("?")), explorer.vocabulary)
    if parsed.problems:
        raise typer.BadParameter(" ".join(parsed.problems))
    if query and not parsed.filters:
        raise typer.BadParameter(f"No filter in {query!r}.")
    if parsed.filters.label:
        raise typer.BadParameter(
            "The datasets' own labels are read by the app: draw a plan by label on its Progress page."
        )
    return parsed.filters


def _bring_verdicts(store: ReviewStore, dataset: str, explorer: Explorer, filters: Filters) -> None:
    """Bring what reviewers said to the open index, as far as the filters ask for it."""
    if filters.verdict:
        explorer.database.set_verdicts(store.verdict_table(dataset))
    if filters.review:
        explorer.database.set_judgements(store.judgement_table(dataset))
    if filters.flag or filters.severity:
        explorer.database.set_flag_verdicts(flag_verdicts(store, dataset))


def find_named(store: ReviewStore, name: str, dataset: str | None) -> Plan:
    """Find a plan by its name or id, in the only dataset that has it where none is named."""
    if dataset is None:
        matching = {plan.dataset for plan in plans(store, archived=True) if name in (plan.name, plan.id)}
        if len(matching) != 1:
            places = ", ".join(sorted(matching)) or "none"
            raise typer.BadParameter(f"Datasets with a plan {name!r}: {places}. Name one with --dataset.")
        dataset = matching.pop()
    return find_plan(store, dataset, name)


def plan_record(plan: Plan) -> dict[str, Any]:
    """Turn a plan into what JSON can hold."""
    record = asdict(plan)
    record["sizes"] = [{"stratum": list(stratum), "captions": size} for stratum, size in plan.sizes.items()]
    record["created_at"] = plan.created_at.isoformat() if plan.created_at else None
    return record


def _print_plan(plan: Plan, items: Sequence[PlanItem], *, as_json: bool, listed: bool) -> None:
    if as_json:
        record = plan_record(plan)
        if listed:
            record["items"] = [
                {"part": item.key.part, "id": item.key.id, "caption_hash": item.caption_hash, "stratum": item.stratum}
                for item in items
            ]
        typer.echo(json.dumps(record, ensure_ascii=False))
        return
    how = f"drawn with seed {plan.seed}, {plan.allocation} allocation" if plan.is_random else "picked by hand"
    typer.echo(f"{plan.name}: {plan.size:,} captions of {plan.dataset}, {how}, by {plan.created_by}")
    typer.echo(f"id {plan.id}; each is judged by {plan.overlap}; from: {plan.population or 'not said'}")
    drawn: dict[tuple[str, ...], int] = {}
    for item in items:
        drawn[item.stratum] = drawn.get(item.stratum, 0) + 1
    table = Table(*(plan.strata or ("stratum",)), "captions", "drawn", box=SIMPLE_HEAD)
    for stratum, size in plan.sizes.items():
        table.add_row(*(stratum or ("all",)), f"{size:,}", f"{drawn.get(stratum, 0):,}")
    print_table(table)
    if listed:
        for item in items:
            typer.echo(f"{item.key.part}\t{item.key.id}\t{' / '.join(item.stratum)}")


def print_table(table: Table) -> None:
    """Print a table to standard output."""
    # Text from files and people is shown as it is, never read as markup; a pipe gets whole lines.
    Console(markup=False, highlight=False, width=None if sys.stdout.isatty() else 160).print(table)
