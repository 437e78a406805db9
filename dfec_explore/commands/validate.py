"""The command ``validate``: which records of an annotation file are accepted, and why the others are not."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from dfec_explore.annotations import ValidationReport, validate


def validate_command(
    file: Annotated[Path, typer.Argument(help="An annotation file, in any of the accepted shapes.")],
    json_: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")] = False,
) -> None:
    """Say which records of an annotation file are accepted, and why the others are not.

    Exit code: 0 all accepted, 1 some or all rejected, 2 no record structure could be read.
    """
    report = validate(file)
    if json_:
        typer.echo(json.dumps(report.to_json_dict(), ensure_ascii=False))
    else:
        _print_report(report)
    raise typer.Exit(report.exit_code)


def _print_report(report: ValidationReport) -> None:
    typer.echo(f"{report.file}: {report.format}, {report.records:,} records, {report.accepted:,} accepted, ", nl=False)
    typer.echo(f"{len(report.rejected):,} rejected")
    if report.rejected:
        table = Table("record", "line", "id", "reason", "value")
        for record in report.rejected[:50]:
            line = "" if record.line is None else str(record.line)
            table.add_row(str(record.index), line, record.id or "", record.reason, record.value)
        # Text from the file is shown as it is, never read as markup.
        Console(markup=False, highlight=False).print(table)
        if len(report.rejected) > 50:
            typer.echo(f"... and {len(report.rejected) - 50:,} more; --json lists all")
    for warning in report.to_json_dict()["warnings"]:
        typer.echo(f"warning: {warning['message']}")
