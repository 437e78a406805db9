"""The command ``reviews progress``: how far each sampling plan is, its error rate, and how far reviewers agree."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from dfec_explore.commands.options import AsJson, Database, opened_store
from dfec_explore.commands.plans import find_named, plan_record, print_table
from dfec_explore.model import Plan
from dfec_explore.reviews import (
    Estimate,
    Outcome,
    ReviewStore,
    agreement,
    error_rate,
    error_rates_by,
    more_needed,
    outcomes,
    plan_items,
    plans,
    stratum_value,
)

WANTED = 0.02
"""Half-width of an error rate for which it is said how many more captions are needed."""


def progress_command(
    name: Annotated[str | None, typer.Option("--plan", help="Only this plan, by name or id.")] = None,
    dataset: Annotated[str | None, typer.Option(help="Only plans of this dataset.")] = None,
    confidence: Annotated[float, typer.Option(min=0.5, max=0.999, help="Of the intervals.")] = 0.95,
    database: Database = None,
    json_: AsJson = False,
) -> None:
    """Say for each sampling plan how far it is, which error rate it shows, and how far reviewers agree."""
    with opened_store(database) as store:
        chosen = plans(store, dataset) if name is None else (find_named(store, name, dataset),)
        progress = [_progress(store, plan, confidence) for plan in chosen]
    if json_:
        typer.echo(json.dumps(progress, ensure_ascii=False, allow_nan=False))
        return
    for record in progress:
        _print_progress(record)
    if not progress:
        typer.echo("There is no sampling plan. Make one: reviews plan create FILE --name NAME --size N")


def _progress(store: ReviewStore, plan: Plan, confidence: float) -> dict[str, Any]:
    found = outcomes(plan, plan_items(store, plan), store.judgement_table(plan.dataset))
    by_source: dict[str, Any] = {}
    if "source" in plan.strata:
        rates = error_rates_by(plan, found, stratum_value(plan, "source"), confidence=confidence)
        by_source = {source: _rate_record(estimate) for source, estimate in rates.items()}
    return {
        **plan_record(plan),
        "rate": _rate_record(error_rate(plan, found, confidence=confidence)),
        "by_source": by_source,
        "judged_by": _judged_by(found),
        "agreement": asdict(agreement(found, confidence=confidence)),
    }


def _judged_by(found: Sequence[Outcome]) -> dict[str, int]:
    names = sorted({reviewer for outcome in found for reviewer in outcome.said})
    return {name: sum(name in outcome.said for outcome in found) for name in names}


def _rate_record(estimate: Estimate) -> dict[str, Any]:
    record = asdict(estimate)
    record["effective_size"] = None if math.isinf(estimate.effective_size) else estimate.effective_size
    more = more_needed(estimate, WANTED) if estimate.rate is not None else None
    return {**record, "half_width": estimate.half_width, "left": estimate.left, "more_for_2_percent": more}


def _print_progress(record: dict[str, Any]) -> None:
    rate = record["rate"]
    typer.echo(f"{record['name']} ({record['dataset']}): {rate['judged']:,} of {rate['drawn']:,} judged", nl=False)
    typer.echo(f", {rate['stale']:,} changed before they were judged" if rate["stale"] else "")
    typer.echo(f"  {_rate_words(rate)}")
    said = ", ".join(f"{rate[verdict]:,} {verdict}" for verdict in ("accept", "fix", "reject", "unsure", "disputed"))
    typer.echo(f"  {said}")
    if record["by_source"] and rate["judged"]:
        table = Table("source", "judged", "error rate", box=SIMPLE_HEAD)
        for source, one in record["by_source"].items():
            table.add_row(source, f"{one['judged']:,} of {one['drawn']:,}", _rate_words(one))
        print_table(table)
    shared = record["agreement"]
    if shared["captions"]:
        words = "; ".join(
            f"{title} {_measure_words(shared[key])}"
            for key, title in (("percent", "agreement"), ("alpha", "Krippendorff's alpha"), ("ac1", "Gwet's AC1"))
        )
        typer.echo(f"  {shared['captions']:,} captions judged by two or more: {words}")


def _rate_words(rate: dict[str, Any]) -> str:
    if rate["rate"] is None:
        return str(rate["reason"])
    low, high = rate["low"], rate["high"]
    words = f"{rate['rate']:.1%} errors ({low:.1%} to {high:.1%} with {rate['confidence']:.0%} confidence)"
    if rate["more_for_2_percent"]:
        words += f"; {rate['more_for_2_percent']:,} more for +-2 %"
    return words


def _measure_words(measure: dict[str, Any]) -> str:
    if measure["value"] is None:
        return "not defined"
    if measure["low"] is None:
        return f"{measure['value']:.2f}"
    return f"{measure['value']:.2f} ({measure['low']:.2f} to {measure['high']:.2f})"
