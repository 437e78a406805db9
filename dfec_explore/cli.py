"""The command line, ``python -m dfec_explore COMMAND``: results on standard output, all else on standard error."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from dfec_explore import __version__
from dfec_explore.annotations import AnnotationFile, ValidationReport, open_annotations, validate
from dfec_explore.commands_check import check_command
from dfec_explore.commands_clips import clips_command
from dfec_explore.commands_diff import diff_command
from dfec_explore.commands_plans import plan_app
from dfec_explore.commands_progress import progress_command
from dfec_explore.commands_release import release_app
from dfec_explore.commands_reviews import reviews_app
from dfec_explore.commands_score import score_command
from dfec_explore.errors import DfecError
from dfec_explore.index import build_index
from dfec_explore.language import extract_events
from dfec_explore.model import Annotation
from dfec_explore.settings import load_settings

app = typer.Typer(
    help="DFEC Explore: load, check and review captions of facial movement.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(reviews_app, name="reviews")
reviews_app.add_typer(plan_app, name="plan")
reviews_app.command("progress")(progress_command)
app.add_typer(release_app, name="release")
app.command("clips")(clips_command)
app.command("check")(check_command)
app.command("diff")(diff_command)
app.command("score")(score_command)
console = Console(stderr=True)

File = Annotated[Path, typer.Argument(help="An annotation file, in any of the accepted shapes.")]


@app.callback()
def version_option(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False,
) -> None:
    """Options of the program itself."""
    if version:
        typer.echo(f"dfec-explore {__version__}")
        raise typer.Exit


@app.command("validate")
def validate_command(
    file: File, json_: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")] = False
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


@app.command()
def events(
    file: Annotated[Path, typer.Argument(help="An annotation file; - reads one caption per line from standard input.")],
    out: Annotated[Path | None, typer.Option(help="Write here instead of standard output.")] = None,
) -> None:
    """Write the facial events of each caption, one JSON object per line, in the order of the file."""
    source = None if str(file) == "-" else open_annotations(file)
    captions = _lines() if source is None else _accepted(source)
    with _output(out) as stream:
        identities: list[str] = []
        for found in extract_events(_remember(captions, identities)):
            record = {"id": identities.pop(0), "events": [asdict(event) for event in found]}
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
    if source is not None and (rejected := source.report().rejected):
        typer.echo(f"{len(rejected):,} records were rejected and have no line; see: validate {file}", err=True)
        raise typer.Exit(1)


def _lines() -> Iterator[tuple[str, str]]:
    for number, line in enumerate(sys.stdin):
        yield str(number), line.rstrip("\n")


def _accepted(file: AnnotationFile) -> Iterator[tuple[str, str]]:
    for record in file:
        if isinstance(record, Annotation):
            yield record.id, record.caption


def _remember(pairs: Iterator[tuple[str, str]], identities: list[str]) -> Iterator[str]:
    """Captions for the parser, which reads ahead in batches; their ids wait in order."""
    for identity, caption in pairs:
        identities.append(identity)
        yield caption


@contextmanager
def _output(path: Path | None) -> Iterator[TextIO]:
    if path is None:
        yield sys.stdout
        return
    with path.open("w", encoding="utf-8") as stream:
        yield stream


@app.command()
def index(
    file: Annotated[Path | None, typer.Argument(help="An annotation file; none: every declared dataset.")] = None,
    cache: Annotated[Path | None, typer.Option(help="Folder of the cache.")] = None,
    workers: Annotated[int | None, typer.Option(help="Processes that read captions.")] = None,
) -> None:
    """Build the index that the app reads; does nothing for what did not change."""
    options = {"annotations": str(file)} if file else {}
    options |= {"cache_folder": str(cache)} if cache else {}
    options |= {"workers": str(workers)} if workers else {}
    settings = load_settings(options=options)
    if not settings.datasets:
        raise typer.BadParameter("Name an annotation file, or declare datasets in dfec.toml.")
    for dataset in settings.datasets:
        with _bar(f"Reading {dataset.name}") as progress:
            folder = build_index(dataset, settings.cache_folder, progress, workers=settings.workers)
        manifest = folder.manifest
        assert manifest is not None
        typer.echo(
            f"{dataset.name}: {manifest.samples:,} captions, {manifest.events:,} facial events, "
            f"{sum(part.rejected for part in manifest.parts):,} rejected, {manifest.copied:,} captions copied from an "
            f"older index; {manifest.seconds:.1f} s; {folder.path}"
        )


class _Bar:
    def __init__(self, progress: Progress, title: str) -> None:
        self._progress = progress
        self._task = progress.add_task(title, total=None)

    def report(self, done: int, total: int | None, message: str = "") -> None:
        self._progress.update(self._task, completed=done, total=total, description=message or None)


@contextmanager
def _bar(title: str) -> Iterator[_Bar]:
    columns: list[Any] = [TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()]
    with Progress(*columns, console=console) as progress:
        yield _Bar(progress, title)


@app.command()
def settings() -> None:
    """Print every setting in force, its value, and where the value comes from."""
    table = Table("setting", "value", "from", "environment")
    for item in load_settings().in_force:
        table.add_row(item.setting.name, str(item.value), item.origin, item.setting.variable)
    Console(markup=False, highlight=False).print(table)


def main() -> None:
    """Run the command line; an error that the package raised on purpose becomes one sentence and exit code 2."""
    try:
        app()
    except DfecError as error:
        typer.echo(str(error), err=True)
        raise SystemExit(2) from error
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            # The reader of our output went away (`| head`): nothing to say, and nobody to say it to.
            sys.stderr.close()
            raise SystemExit(141) from None
        typer.echo(f"{error.filename or 'A file'}: {error.strerror}. Nothing more was written.", err=True)
        raise SystemExit(2) from error
