"""The command ``index``: what the app would build when it opens a dataset, built beforehand."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

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
    with Progress(*columns, console=Console(stderr=True)) as progress:
        yield _Bar(progress, title)
