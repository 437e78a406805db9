"""Progress that nobody wants to hear of."""


class Quiet:
    """Takes reports of progress and says nothing."""

    def report(self, done: int, total: int | None, message: str = "") -> None:
        """Nothing."""
