"""The command ``check``: flags of every caption of a file, and an exit code that can hold a release back."""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from dfec_explore.annotations import open_annotations
from dfec_explore.checks import check_annotations, load_checks
from dfec_explore.model import Annotation, Flag, Severity
from dfec_explore.settings import load_settings

SHOWN = 50
"""Flags that the table for people lists; --json lists all."""


class FailOn(StrEnum):
    """Severities that can make the command fail."""

    ERROR = "error"
    WARNING = "warning"


FAILS: dict[FailOn, frozenset[str]] = {
    FailOn.ERROR: frozenset((Severity.ERROR,)),
    FailOn.WARNING: frozenset((Severity.ERROR, Severity.WARNING)),
}
Checked = Sequence[tuple[Annotation, Sequence[Flag]]]


def check_command(
    file: Annotated[Path, typer.Argument(help="An annotation file, in any of the accepted shapes.")],
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON object for each caption.")] = False,
    fail_on: Annotated[
        FailOn | None, typer.Option(help="Exit with 1 where a flag of this severity, or a graver one, was found.")
    ] = None,
) -> None:
    """Find the captions that are probably wrong: damage, duplicates, contradictions, and more.

    Exit code: 0, or 1 with --fail-on where such a flag was found, or 2 where no record could be read.
    """
    checks = load_checks(load_settings().checks)
    source = open_annotations(file)
    found = check_annotations((record for record in source if isinstance(record, Annotation)), checks)
    if json_:
        _print_json(found)
    else:
        _print_flags(found)
    _summarise(found, len(source.report().rejected))
    if fail_on is not None and any(flag.severity in FAILS[fail_on] for _, flags in found for flag in flags):
        raise typer.Exit(1)


def _print_json(found: Checked) -> None:
    for annotation, flags in found:
        record = {"id": annotation.id, "flags": [_told(flag) for flag in flags]}
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


def _told(flag: Flag) -> dict[str, Any]:
    told = asdict(flag)
    del told["group"]  # A number of an index; a file has none.
    return told


def _print_flags(found: Checked) -> None:
    grave = [
        (annotation, flag) for annotation, flags in found for flag in flags if flag.severity in FAILS[FailOn.WARNING]
    ]
    grave.sort(key=lambda pair: (pair[1].severity != Severity.ERROR, -pair[1].score))
    table = Table("severity", "check", "score", "id", "evidence", box=SIMPLE_HEAD)
    for annotation, flag in grave[:SHOWN]:
        table.add_row(flag.severity, flag.check, f"{flag.score:.2f}", annotation.id, flag.message)
    # Text from the file is shown as it is, never read as markup; a pipe gets whole lines.
    Console(markup=False, highlight=False, width=None if sys.stdout.isatty() else 160).print(table)
    if len(grave) > SHOWN:
        typer.echo(f"... and {len(grave) - SHOWN:,} more; --json lists all, and the measures (info) too")


def _summarise(found: Checked, rejected: int) -> None:
    captions = Counter(severity for _, flags in found for severity in {flag.severity for flag in flags})
    checks = Counter((flag.severity, flag.check) for _, flags in found for flag in flags)
    parts = [f"{captions[severity]:,} with {title}" for severity, title in TITLES.items()]
    typer.echo(f"{len(found):,} captions: {', '.join(parts)}.", err=True)
    for severity in TITLES:
        named = [f"{check} {count:,}" for (each, check), count in checks.most_common() if each == severity]
        if named:
            typer.echo(f"  {severity}: {', '.join(named)}", err=True)
    if rejected:
        typer.echo(f"{rejected:,} records were rejected and not checked; see: validate", err=True)


TITLES = {Severity.ERROR: "an error", Severity.WARNING: "a warning", Severity.INFO: "a measure (info)"}
