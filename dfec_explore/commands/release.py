"""The commands ``release corrected``, ``accepted`` and ``pairs``: files with what reviewers said carried out."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from dfec_explore.commands.options import AsJson, Database, opened_store
from dfec_explore.release import PROMPT, ReleaseReport, write_accepted, write_corrected, write_pairs
from dfec_explore.reviews import ReviewStore
from dfec_explore.settings import load_settings

release_app = typer.Typer(help="Files with what reviewers said carried out.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="The annotation file that was judged.")]
Out = Annotated[Path, typer.Option(help="The new file.")]
DatasetName = Annotated[
    str | None, typer.Option(help="Name of the dataset; by default the one that declares the file, else the setting.")
]
PartName = Annotated[str | None, typer.Option(help="Name of the part; by default as the dataset declares it.")]


@release_app.command("corrected")
def corrected_command(
    file: File,
    out: Out,
    dataset: DatasetName = None,
    part: PartName = None,
    database: Database = None,
    json_: AsJson = False,
) -> None:
    """Write the file again with corrected captions; everything else stays as it is, byte for byte in text formats."""
    report = _release(write_corrected, file, out, dataset, part, database)
    _tell(report, f"{report.changed:,} of {report.captions:,} captions corrected", as_json=json_)


@release_app.command("accepted")
def accepted_command(
    file: File,
    out: Out,
    dataset: DatasetName = None,
    part: PartName = None,
    database: Database = None,
    json_: AsJson = False,
) -> None:
    """Write the accepted records of the file alone, in its format."""
    report = _release(write_accepted, file, out, dataset, part, database)
    _tell(report, f"{report.written:,} of {report.captions:,} captions written", as_json=json_)


@release_app.command("pairs")
def pairs_command(
    file: File,
    out: Out,
    prompt: Annotated[str, typer.Option(help="The question, for records that have none of their own.")] = PROMPT,
    dataset: DatasetName = None,
    part: PartName = None,
    database: Database = None,
    json_: AsJson = False,
) -> None:
    """Write pairs of rejected and corrected captions as JSON Lines, for training on preferences."""

    def write(source: Path, target: Path, store: ReviewStore, *, dataset: str, part: str) -> ReleaseReport:
        return write_pairs(source, target, store, dataset=dataset, part=part, prompt=prompt)

    report = _release(write, file, out, dataset, part, database)
    _tell(report, f"{report.written:,} pairs written from {report.captions:,} captions", as_json=json_)


def _release(
    write: Callable[..., ReleaseReport],
    file: Path,
    out: Path,
    dataset: str | None,
    part: str | None,
    database: str | None,
) -> ReleaseReport:
    declared = _declared(file)
    with opened_store(database) as store:
        return write(file, out, store, dataset=dataset or declared[0], part=part or declared[1])


def _declared(file: Path) -> tuple[str, str]:
    """The dataset and part under which a file is judged: as declared, else as it would be opened by itself."""
    path = file.absolute()
    # A file that is named is also that of a dataset, where there is one with it.
    for dataset in (*load_settings().datasets, *load_settings(options={"annotations": str(path)}).datasets):
        for part in dataset.parts:
            if part.path == path or (path.exists() and part.path.exists() and path.samefile(part.path)):
                return dataset.name, part.name
    raise typer.BadParameter(f"{file} is no annotation file.")


def _tell(report: ReleaseReport, headline: str, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(asdict(report), ensure_ascii=False))
        return
    typer.echo(headline)
    words = {"none": "not judged", "stale": "changed since they were judged"}
    verdicts = sorted(report.verdicts.items(), key=lambda pair: -pair[1])
    said = ", ".join(f"{number:,} {words.get(verdict, verdict)}" for verdict, number in verdicts)
    typer.echo(f"verdicts: {said or 'none'}")
    if report.uncorrected:
        typer.echo(f"{report.uncorrected:,} are to be fixed, but nobody wrote how")
    if report.unplaced:
        typer.echo(f"{len(report.unplaced):,} corrections have no place, for media tags stand among the words")
    if report.rejected:
        typer.echo(f"{report.rejected:,} records could not be read; see: validate FILE", err=True)
