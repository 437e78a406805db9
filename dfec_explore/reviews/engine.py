"""Connections to the database: how each backend is set up so that a commit is kept, whatever happens next."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from dfec_explore.errors import StoreError
from dfec_explore.reviews.line import Line

SQLITE_PREFIX = "sqlite:///"
POSTGRES_DRIVER = "postgresql+psycopg"

CONNECT_SECONDS = 10
"""How long a PostgreSQL server may take to answer the door."""

WRITE_LOCK = 0x44464543
"""Key of PostgreSQL's advisory lock that all writers of a store take: the letters DFEC."""


def make_engine(url: str, *, busy_seconds: float) -> sa.Engine:
    """Make an engine for a store; an SQLite file that is not there is created, readable by its owner alone.

    Args:
        url: ``sqlite:///FILE`` or ``postgresql+psycopg://USER@HOST/NAME``.
        busy_seconds: how long to wait for another writer.

    Raises:
        StoreError: the address is not one of these.
        OSError: the file or its folder cannot be made.
        sqlalchemy.exc.SQLAlchemyError: the file is no database.
    """
    if url.startswith(SQLITE_PREFIX):
        return _sqlite_engine(url.removeprefix(SQLITE_PREFIX), busy_seconds)
    try:
        address = sa.make_url(url)
    except ArgumentError:
        address = None
    if address is None or address.drivername != POSTGRES_DRIVER:
        # The address itself may hold a password.
        raise _unusable("it is not of a kind that is supported")
    return _postgres_engine(address, busy_seconds)


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Give the one writer of a store its transaction; others wait for its end.

    So a row's place in the sequence is also its place in the order of commits: who has read up to a number has seen
    everything before it.
    """
    line: Line | None = engine.get_execution_options().get("line")
    turn = line.turn() if line else nullcontext()
    with turn, engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            # One lock for each schema: several stores may share a database.
            schema = sa.func.hashtext(sa.func.current_schema())
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(WRITE_LOCK, schema)))
        yield connection


def _unusable(problem: str) -> StoreError:
    remedy = f"Use {SQLITE_PREFIX}FILE or {POSTGRES_DRIVER}://USER@HOST/NAME."
    return StoreError("use the address of its database", problem, remedy)


def _sqlite_engine(name: str, busy_seconds: float) -> sa.Engine:
    if name in ("", ":memory:"):
        raise _unusable("it names no file")
    path = Path(name).absolute()
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    uri = f"{path.as_uri()}?mode=rw"

    def connect() -> sqlite3.Connection:
        # mode=rw: a file that has gone since is an error, not a new and empty database.
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=busy_seconds)
        # FULL: in WAL mode the default does not wait for the disk at a commit, and a power cut could take a verdict
        # that was shown as saved.
        connection.executescript("PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;")
        return connection

    options = {"line": Line(busy_seconds)}
    engine = sa.create_engine("sqlite://", creator=connect, poolclass=NullPool, execution_options=options)
    sa.event.listen(engine, "begin", _begin_sqlite)
    _use_wal(engine, busy_seconds)
    return engine


def _begin_sqlite(connection: sa.Connection) -> None:
    # A writer takes its lock at once: one that only finds out at its first INSERT would fail instead of wait.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _use_wal(engine: sa.Engine, busy_seconds: float) -> None:
    """Switch a file to write-ahead logging: readers then never wait for the writer, nor it for them.

    The switch does not wait for another process that does the same, so it is tried again.
    """
    give_up = time.monotonic() + busy_seconds
    connection = engine.raw_connection()
    try:
        while connection.cursor().execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            try:
                connection.cursor().execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                    raise
                time.sleep(0.02)
    finally:
        connection.close()


def _postgres_engine(address: sa.URL, busy_seconds: float) -> sa.Engine:
    engine = sa.create_engine(
        address,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            # A server without a locale keeps text as bytes, and would hand it out as such.
            "client_encoding": "utf8",
            # A cut cable is noticed while somebody waits, not after the system's quarter of an hour.
            "tcp_user_timeout": int(busy_seconds * 1000) + 5_000,
        },
    )

    @sa.event.listens_for(engine, "connect")
    def set_up(connection: Any, _: object) -> None:
        connection.autocommit = True
        connection.execute(f"SET lock_timeout = {int(busy_seconds * 1000)}")
        # Whatever the server's default: a commit is on its disk before the reviewer reads "saved".
        connection.execute("SET synchronous_commit = on")
        connection.autocommit = False

    return engine
