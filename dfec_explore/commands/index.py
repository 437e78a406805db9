"""The command ``index``: what the app would build when it opens a dataset, built beforehand."""

from pathlib import Path
from typing import Annotated

import typer

from dfec_explore.commands.bar import bar
from dfec_explore.index import build_index
from dfec_explore.settings import load_settings


def index_command(
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
        with bar(f"Reading {dataset.name}") as progress:
            folder = build_index(dataset, settings.cache_folder, progress, workers=settings.workers)
        manifest = folder.manifest
        assert manifest is not None
        typer.echo(
            f"{dataset.name}: {manifest.samples:,} captions, {manifest.events:,} facial events, "
            f"{sum(part.rejected for part in manifest.parts):,} rejected, {manifest.copied:,} captions copied from an "
            f"older index; {manifest.seconds:.1f} s; {folder.path}"
        )
