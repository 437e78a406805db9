"""Verdicts on their way between a reviewer, the store and the index."""

from dfec_explore.model import Dataset
from dfec_explore.query import Explorer
from dfec_explore.web.flags import bring_flag_verdicts
from dfec_explore.web.opening import Opened
from dfec_explore.web.services import Services


def refresh(shared: Services, opened: Opened, *, judgements: bool = False) -> int:
    """Bring the current verdicts to the open index, if there are new ones; returns the store's last sequence number.

    Args:
        shared: has the store.
        opened: the dataset.
        judgements: whether to bring also what each reviewer said.

    Raises:
        StoreError: the store can't be read.
    """
    if opened.explorer is None:
        return 0
    bring_flag_verdicts(shared, opened.dataset, opened.explorer)
    if judgements:
        bring_judgements(shared, opened.dataset, opened.explorer)
    return bring(shared, opened.dataset, opened.explorer)


def bring(shared: Services, dataset: Dataset, explorer: Explorer) -> int:
    """As ``refresh``, for one open index."""
    store = shared.store(dataset)
    sequence = store.last_sequence()
    known = explorer.database.verdicts_sequence
    if known < sequence:
        changed = store.verdict_table(dataset.name, since_sequence=known)
        explorer.database.update_verdicts(changed, sequence=sequence)
    elif known > sequence:
        # Another database has taken the place of the one that was read.
        explorer.database.set_verdicts(store.verdict_table(dataset.name), sequence=sequence)
    return sequence


def bring_judgements(shared: Services, dataset: Dataset, explorer: Explorer) -> int:
    """Bring what each reviewer said to one open index, if there is something new; returns as ``refresh``."""
    store = shared.store(dataset)
    sequence = store.last_sequence()
    known = explorer.database.judgements_sequence
    if known < sequence:
        changed = store.judgement_table(dataset.name, since_sequence=known)
        explorer.database.update_judgements(changed, sequence=sequence)
    elif known > sequence:
        explorer.database.set_judgements(store.judgement_table(dataset.name), sequence=sequence)
    return sequence
