"""The line in which the writers of one process wait for an SQLite file."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Line:
    """First come, first served.

    SQLite lets whoever asks at the right moment go first: of twenty that save without a pause, some ask in vain for
    longer than they have patience. Writers of other processes are not in this line, and few.

    Args:
        patience: seconds that one stands in line; then it goes on, and hears from the database what is the matter.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._waiting: deque[object] = deque()
        self._change = threading.Condition()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until all who came before are done."""
        mine = object()
        with self._change:
            self._waiting.append(mine)
            self._change.wait_for(lambda: self._waiting[0] is mine, self._patience)
        try:
            yield
        finally:
            with self._change:
                self._waiting.remove(mine)
                self._change.notify_all()
