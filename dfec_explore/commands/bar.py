"""How far a command is, drawn on standard error."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn


class Bar:
    """Takes reports of how far the work is."""

    def __init__(self, progress: Progress, title: str) -> None:
        self._progress = progress
        self._task = progress.add_task(title, total=None)

    def report(self, done: int, total: int | None, message: str = "") -> None:
        """Tell that ``done`` of ``total`` (None: not known yet) are ready."""
        self._progress.update(self._task, completed=done, total=total, description=message or None)

    def stop(self) -> None:
        """Draw it no more: what follows is the answer."""
        self._progress.stop()


@contextmanager
def bar(title: str, *, transient: bool = False) -> Iterator[Bar]:
    """Draw a bar while the work goes on.

    Args:
        title: what is done, until a report says more.
        transient: whether it goes when the work is over.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=transient) as progress:
        yield Bar(progress, title)
