"""The commands ``reviews export``, ``import`` and ``merge``: verdicts in and out of the database."""

import json
import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from dfec_explore.commands.options import AsJson, Database, opened_store
from dfec_explore.reviews import (
    KINDS,
    ImportReport,
    export_reviews,
    import_reviews,
    merge_store,
)

reviews_app = typer.Typer(help="The verdicts of reviewers.", no_args_is_help=True)

SHOWN = 20
"""Problems that are printed; --json has more."""


class FileFormat(StrEnum):
    """Formats of an export of reviews."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


class What(StrEnum):
    """What is exported or imported."""

    REVIEWS = "reviews"
    """Verdicts on captions."""
    FLAGS = "flags"
    """Verdicts on the flags of checks."""


OfWhat = Annotated[What, typer.Option("--what", help="Verdicts on captions, or on the flags of checks.")]


@reviews_app.command("export")
def export_command(
    format_: Annotated[FileFormat, typer.Option("--format", help="The format of the export.")] = FileFormat.JSONL,
    out: Annotated[Path | None, typer.Option(help="Write here instead of standard output.")] = None,
    dataset: Annotated[str | None, typer.Option(help="Only of this dataset.")] = None,
    what: OfWhat = What.REVIEWS,
    database: Database = None,
) -> None:
    """Write all verdicts, the retracted ones and the retractions included, in the order of the store."""
    with opened_store(database) as store:
        target = sys.stdout.buffer if out is None else out
        export_reviews(store, target, format=format_.value, dataset=dataset, kind=KINDS[what])


@reviews_app.command("import")
def import_command(
    file: Annotated[Path, typer.Argument(help="What `reviews export` wrote; - reads standard input.")],
    format_: Annotated[
        FileFormat | None, typer.Option("--format", help="The format; by default what the file's ending says.")
    ] = None,
    what: OfWhat = What.REVIEWS,
    database: Database = None,
    json_: AsJson = False,
) -> None:
    """Take in verdicts from an export; rows that are here already stay as they are.

    Exit code: 0 all are in, 1 some were refused or conflict with what is here, 2 the file or the database failed.
    """
    with opened_store(database) as store:
        source = sys.stdin.buffer if str(file) == "-" else file
        report = import_reviews(store, source, format=format_.value if format_ else None, kind=KINDS[what])
    _tell(report, as_json=json_)


@reviews_app.command("merge")
def merge_command(
    source: Annotated[str, typer.Option("--from", help="Address of the other database; it stays as it is.")],
    dataset: Annotated[str | None, typer.Option(help="Only of this dataset.")] = None,
    database: Database = None,
    json_: AsJson = False,
) -> None:
    """Take in the verdicts, on captions and on flags, and the sampling plans of another database.

    Exit codes as of `reviews import`.
    """
    with opened_store(database) as target, opened_store(source) as origin:
        report = merge_store(origin, target, dataset=dataset)
    _tell(report, as_json=json_)


def _tell(report: ImportReport, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(asdict(report), ensure_ascii=False))
    else:
        typer.echo(
            f"{report.read:,} read, {report.added:,} added, {report.known:,} here already, "
            f"{report.conflicting:,} in conflict, {report.invalid:,} refused"
        )
        if report.plans_added:
            typer.echo(f"{report.plans_added:,} sampling plans added")
        for old, new in report.plans_renamed.items():
            typer.echo(f"the plan {old!r} is called {new!r} here: another one has its name")
        _print_problems(report)
    raise typer.Exit(1 if report.conflicting or report.invalid else 0)


def _print_problems(report: ImportReport) -> None:
    problems = [*report.conflicts, *report.refused]
    if not problems:
        return
    table = Table("where", "row id", "problem", box=SIMPLE_HEAD)
    for problem in problems[:SHOWN]:
        table.add_row(problem.place, problem.row_id, problem.what)
    # Text from the file is shown as it is, never read as markup.
    Console(stderr=True, markup=False, highlight=False).print(table)
    if (more := report.conflicting + report.invalid - SHOWN) > 0:
        typer.echo(f"... and {more:,} more; --json lists up to 1,000 of a kind", err=True)
