"""Saves a second while many reviewers save at once, on SQLite and on PostgreSQL."""

import os
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from benchmarks.timing import summary, timed
from dfec_explore.model import Review, SampleKey, Verdict
from dfec_explore.reviews import ReviewStore, open_store

REVIEWERS = 20
SAVES = 50
"""Of each reviewer, one after the other without a pause."""


def measure_saves() -> None:
    """Print the rates; PostgreSQL is measured in a database of its own where ``DFEC_TEST_POSTGRES`` names a server."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'reviews.sqlite'}"
        print(f"{REVIEWERS} reviewers at once, SQLite: {_measure(url)}")
    server = os.environ.get("DFEC_TEST_POSTGRES")
    if not server:
        print("PostgreSQL: not measured, DFEC_TEST_POSTGRES is not set")
        return
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    name = f"bench_{uuid.uuid4().hex}"
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
        url = sa.make_url(server).set(database=name).render_as_string(hide_password=False)
        print(f"{REVIEWERS} reviewers at once, PostgreSQL: {_measure(url)}")
        connection.execute(sa.text(f"DROP DATABASE {name}"))
    engine.dispose()


def _measure(url: str) -> str:
    store = open_store(url)
    times: list[float] = []
    threads = [threading.Thread(target=_sit, args=(store, f"reviewer {n}", times)) for n in range(REVIEWERS)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - started
    stored = sum(1 for _ in store.reviews())
    store.close()
    assert stored == len(times) == REVIEWERS * SAVES, f"{stored} rows of {REVIEWERS * SAVES}"
    return f"{stored / seconds:,.0f} saves/s; one save {summary(times)}"


def _sit(store: ReviewStore, reviewer: str, times: list[float]) -> None:
    times.extend(timed(lambda r=review: store.save(r)) for review in _reviews(reviewer))


def _reviews(reviewer: str) -> Iterator[Review]:
    for number in range(SAVES):
        yield Review(
            row_id=uuid.uuid4().hex,
            key=SampleKey("Bench", "test", str(number)),
            caption_hash="a" * 64,
            reviewer=reviewer,
            verdict=Verdict.ACCEPT,
        )
