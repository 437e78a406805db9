"""A database server that goes away and comes back: nothing that was saved is lost, and what was not is told."""

import os
import time
from collections.abc import Iterator

import pytest
from postgres_server import PostgresServer, programs_of_postgres, user_for_postgres
from review_makers import full_review, make_review
from writer_processes import LONG, named, start_writer, stored_ids

from dfec_explore.errors import StoreError
from dfec_explore.reviews import open_store

pytestmark = [pytest.mark.postgres, pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no POSIX users there")]


@pytest.fixture(scope="module")
def machine() -> Iterator[PostgresServer]:
    programs = programs_of_postgres()
    if programs is None:
        pytest.skip("there is no PostgreSQL to start")
    try:
        user = user_for_postgres()
    except KeyError:
        pytest.skip("there is no user to run PostgreSQL, which refuses root")
    server = PostgresServer(programs, user)
    yield server
    server.remove()


@pytest.fixture
def server(machine: PostgresServer) -> Iterator[PostgresServer]:
    machine.start()
    yield machine
    if (machine.folder / "data" / "postmaster.pid").exists():
        machine.stop()


@pytest.mark.parametrize("mode", ["immediate", "fast"])
def test_server_that_stopped_is_told_and_a_review_is_saved_when_it_is_back(server: PostgresServer, mode: str) -> None:
    store = open_store(server.url)
    before = store.save(make_review(f"before-{mode}"))
    review = make_review(f"after-{mode}")
    server.stop(mode)
    with pytest.raises(StoreError, match=r"could not save the review: .* What you entered is still here"):
        store.save(review)
    with pytest.raises(StoreError, match="could not read"):
        list(store.reviews())
    server.start()
    saved = store.save(review)
    assert store.save(review) == saved
    rows = [row.row_id for row in store.reviews()]
    assert rows[-2:] == [before.row_id, review.row_id]
    assert len(rows) == len(set(rows))
    store.close()


def test_server_without_a_locale_keeps_text_as_it_is(server: PostgresServer) -> None:
    """Its database has no encoding, and a client that asks for none is given bytes."""
    store = open_store(server.url)
    saved = store.save(full_review())
    assert [row for row in store.reviews() if row.row_id == saved.row_id] == [saved]
    store.close()


def test_server_that_crashes_during_200_saves_loses_none_and_doubles_none(server: PostgresServer) -> None:
    url = server.url
    writer = start_writer(url, "Crash", 200, "--patience", str(LONG))
    assert writer.stdout is not None
    said = ""
    for lines in (60, 90):
        said += "".join(writer.stdout.readline() for _ in range(lines))
        server.stop("immediate")
        time.sleep(0.3)
        server.start()
    rest, _ = writer.communicate(timeout=LONG)
    said += rest
    assert writer.returncode == 0
    assert named(said, "failed")
    expected = [f"row-Crash-{number}" for number in range(200)]
    assert named(said, "saved") == expected
    assert [row for row in stored_ids(url) if row.startswith("row-Crash-")] == expected
