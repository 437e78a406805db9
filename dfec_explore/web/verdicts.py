"""Verdicts on their way between a reviewer, the store and the index."""

from dfec_explore.model import Dataset
from dfec_explore.query import Explorer
from dfec_explore.web.opening import Opened
from dfec_explore.web.services import Services


def refresh(shared: Services, opened: Opened) -> int:
    """Bring the current verdicts to the open index, if there are new ones; returns the store's last sequence number.

    Raises:
        StoreError: the store can't be read.
    """
    if opened.explorer is None:
        return 0
    return bring(shared, opened.dataset, opened.explorer)


def bring(shared: Services, dataset: Dataset, explorer: Explorer) -> int:
    """As ``refresh``, for one open index."""
    store = shared.store(dataset)
    sequence = store.last_sequence()
    if explorer.database.verdicts_sequence != sequence:
        explorer.database.set_verdicts(store.verdict_table(dataset.name), sequence=sequence)
    return sequence
