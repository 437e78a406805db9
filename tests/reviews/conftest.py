"""Stores to test with: an SQLite file and a PostgreSQL schema, each test its own."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from dfec_explore.reviews import ReviewStore, open_store


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'state' / 'reviews.sqlite'}"


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """A new schema on the server that DFEC_TEST_POSTGRES names, dropped afterwards."""
    server = os.environ.get("DFEC_TEST_POSTGRES")
    if not server:
        pytest.skip("DFEC_TEST_POSTGRES is not set: no PostgreSQL server to test with")
    schema = f"test_{uuid.uuid4().hex}"
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    address = sa.make_url(server).update_query_dict({"options": f"-csearch_path={schema}"})
    yield address.render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def fresh_store(store_url: str) -> Iterator[ReviewStore]:
    store = open_store(store_url)
    yield store
    store.close()


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[ReviewStore]:
    """A store in a file of its own, also beside ``fresh_store``."""
    store = open_store(f"sqlite:///{tmp_path / 'second.sqlite'}")
    yield store
    store.close()
