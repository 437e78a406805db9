"""What a long piece of work on clips tells of itself. Apart from ``jobs``, which this room does not know."""

from typing import Protocol


class Progress(Protocol):
    """What a job tells how far it is."""

    def report(self, done: int, total: int | None, message: str = "") -> None:
        """Tell that ``done`` of ``total`` are done."""
