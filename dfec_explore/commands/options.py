"""What the commands on verdicts share: which database, in which shape the answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from dfec_explore.reviews import ReviewStore, open_store
from dfec_explore.settings import load_settings

Database = Annotated[str | None, typer.Option(help="Address of the database, instead of the setting.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@contextmanager
def opened_store(database: str | None) -> Iterator[ReviewStore]:
    """Open the store that an option names, else that of the settings."""
    store = open_store(database or load_settings().database_url)
    try:
        yield store
    finally:
        store.close()
