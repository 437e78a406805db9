"""Migrations are applied once, each whole, by whoever comes first, and never backwards."""

import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from review_makers import database, make_review

from dfec_explore.errors import StoreError
from dfec_explore.reviews import migrations, open_store

OPEN = "import sys; from dfec_explore.reviews import open_store; open_store(sys.argv[1]).close()"
KNOWN = (
    "create_reviews",
    "refuse_changes_of_reviews",
    "order_reviews_by_time",
    "create_plans",
    "create_flag_reviews",
)


def broken(dialect: str) -> tuple[str, ...]:
    return ("CREATE TABLE extra (name TEXT)", "CREATE TABLE extra (name TEXT)")


def mended(dialect: str) -> tuple[str, ...]:
    return ("CREATE TABLE extra (name TEXT)",)


def register(monkeypatch: pytest.MonkeyPatch, step: migrations.Step) -> None:
    new = [*migrations.REGISTERED[: len(KNOWN)], migrations.Migration("extra", step)]
    monkeypatch.setattr(migrations, "REGISTERED", new)


def test_migrations_are_all_applied_in_order(store_url: str) -> None:
    store = open_store(store_url)
    assert store.migrations() == (KNOWN, ())
    store.close()


def test_migrations_keep_what_is_there(store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(store_url)
    saved = store.save(make_review())
    register(monkeypatch, mended)
    assert store.migrations() == (KNOWN, ("extra",))
    store.close()
    newer = open_store(store_url)
    assert newer.migrations() == ((*KNOWN, "extra"), ())
    assert list(newer.reviews()) == [saved]
    newer.close()


def test_migration_that_fails_leaves_nothing_and_can_be_tried_again(
    store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(store_url).close()
    register(monkeypatch, broken)
    with pytest.raises(StoreError, match="could not open its database"):
        open_store(store_url)
    assert not sa.inspect(database(store_url)).has_table("extra")
    register(monkeypatch, mended)
    store = open_store(store_url)
    assert store.migrations() == ((*KNOWN, "extra"), ())
    store.close()


def test_database_of_a_newer_version_is_refused_unchanged(store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as newer:
        register(newer, mended)
        open_store(store_url).close()
    with pytest.raises(StoreError, match=r"newer version of the program wrote it \(unknown migration 'extra'\)"):
        open_store(store_url)


def test_many_processes_may_open_a_new_store_at_once(store_url: str) -> None:
    root = Path(__file__).parents[2]
    openers = [
        subprocess.Popen([sys.executable, "-c", OPEN, store_url], cwd=root, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    assert [opener.communicate(timeout=100)[1] for opener in openers] == [""] * 4
    store = open_store(store_url)
    assert store.migrations() == (KNOWN, ())
    store.close()
