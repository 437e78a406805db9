"""Nothing that was shown as saved is lost, and every failure is told with a remedy."""

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from review_makers import make_review
from review_writer import written
from writer_processes import HERE, LONG, ROOT, kill_while_saving, named, save_while_killed, start_writer, stored_ids

from dfec_explore.errors import StoreError
from dfec_explore.reviews import ReviewStore, open_store


@pytest.fixture
def sqlite_path(tmp_path: Path) -> Path:
    return tmp_path / "reviews.sqlite"


@pytest.fixture
def sqlite_store(sqlite_path: Path) -> Iterator[ReviewStore]:
    store = open_store(f"sqlite:///{sqlite_path}", busy_seconds=0.2)
    yield store
    store.close()


def assert_loses_nothing_when_killed(url: str, saves: int, kills: int) -> None:
    shown, under_way = save_while_killed(url, saves, random.Random(20260101), kills)
    there = stored_ids(url)
    assert len(there) == len(set(there))
    assert set(shown) <= set(there) <= {*shown, *under_way}
    assert len(shown) == saves


def test_kills_during_200_saves_lose_none_that_was_shown_as_saved(store_url: str) -> None:
    assert_loses_nothing_when_killed(store_url, saves=200, kills=5)


@pytest.mark.slow
def test_many_kills_lose_none_that_was_shown_as_saved(store_url: str) -> None:
    assert_loses_nothing_when_killed(store_url, saves=1000, kills=60)


def test_save_that_was_killed_is_one_row_when_it_is_tried_again(store_url: str) -> None:
    """Whether or not the kill came before the row was written."""
    for number in range(3):
        said = kill_while_saving(store_url, 1, first=number, lines=1)
        assert named(said, "saving") == [f"row-Ann-{number}"]
        store = open_store(store_url)
        store.save(written("Ann", number))
        store.close()
    assert stored_ids(store_url) == ["row-Ann-0", "row-Ann-1", "row-Ann-2"]


def test_two_processes_write_at_once_and_keep_every_row(store_url: str) -> None:
    open_store(store_url).close()
    writers = [start_writer(store_url, name, 50) for name in ("Ann", "Ben")]
    shown = [named(writer.communicate(timeout=LONG)[0], "saved") for writer in writers]
    assert [len(ids) for ids in shown] == [50, 50]
    assert sorted(shown[0] + shown[1]) == sorted(stored_ids(store_url))


def test_many_threads_share_a_store_and_a_row_id_is_one_row(fresh_store: ReviewStore) -> None:
    review = make_review()
    answers: list[int | None] = []
    threads = [threading.Thread(target=lambda: answers.append(fresh_store.save(review).sequence)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [1] * 8
    assert fresh_store.last_sequence() == 1


def test_reader_of_the_sequence_never_overtakes_a_writer(fresh_store: ReviewStore, store_url: str) -> None:
    """Whoever has read up to the last sequence has read every row before it, though two processes write."""
    writers = [start_writer(store_url, name, 40) for name in ("Ann", "Ben")]
    read: list[int | None] = []
    while any(writer.poll() is None for writer in writers):
        read += [review.sequence for review in fresh_store.reviews(since_sequence=read[-1] or 0 if read else 0)]
    read += [review.sequence for review in fresh_store.reviews(since_sequence=read[-1] or 0 if read else 0)]
    for writer in writers:
        writer.communicate(timeout=LONG)
    assert read == list(range(1, 81))


@pytest.mark.skipif(sys.platform == "win32", reason="no file-size limit there")
def test_disk_full_is_told_and_the_same_review_can_be_saved_afterwards(sqlite_path: Path) -> None:
    open_store(f"sqlite:///{sqlite_path}").close()
    room = sqlite_path.stat().st_size + 100_000
    writer = start_writer(f"sqlite:///{sqlite_path}", "Ann", 200, "--file-size", str(room))
    output, _ = writer.communicate(timeout=LONG)
    assert writer.returncode == 0
    (failure,) = named(output, "failed")
    assert "the disk" in failure
    assert "What you entered is still here; save it again." in failure
    before = len(named(output[: output.index("failed")], "saved"))
    assert named(output, "readable") == [str(before)]
    assert 0 < before < 200
    assert stored_ids(f"sqlite:///{sqlite_path}") == named(output, "saved") == [f"row-Ann-{n}" for n in range(200)]


def test_locked_database_is_told_and_nothing_is_written(sqlite_store: ReviewStore, sqlite_path: Path) -> None:
    other = sqlite3.connect(sqlite_path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    review = make_review()
    with pytest.raises(StoreError, match=r"could not save the review: another program keeps it locked .*save it again"):
        sqlite_store.save(review)
    assert sqlite_store.last_sequence() == 0
    other.execute("COMMIT")
    other.close()
    assert sqlite_store.save(review).sequence == 1
    assert [row.row_id for row in sqlite_store.reviews()] == [review.row_id]


@pytest.mark.postgres
def test_locked_postgres_is_told_and_nothing_is_written(postgres_url: str) -> None:
    store = open_store(postgres_url, busy_seconds=0.2)
    other = sa.create_engine(postgres_url, poolclass=sa.NullPool)
    review = make_review()
    with other.begin() as connection:
        connection.exec_driver_sql("LOCK TABLE reviews IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(StoreError, match="another program keeps it locked"):
            store.save(review)
    assert store.save(review).sequence == 1
    assert [row.row_id for row in store.reviews()] == [review.row_id]
    store.close()


@pytest.mark.postgres
def test_postgres_connection_that_was_cut_is_replaced(postgres_url: str) -> None:
    store = open_store(postgres_url)
    store.save(make_review())
    with store._engine.connect() as pooled:
        pid = pooled.exec_driver_sql("SELECT pg_backend_pid()").scalar()
    with sa.create_engine(postgres_url, poolclass=sa.NullPool).connect() as other:
        other.exec_driver_sql("SELECT pg_terminate_backend(%s, 10000)", (pid,))
    assert store.save(make_review()).sequence == 2
    store.close()


def test_file_that_is_gone_is_told_and_not_made_anew(sqlite_store: ReviewStore, sqlite_path: Path) -> None:
    sqlite_store.save(make_review())
    for path in sqlite_path.parent.glob("reviews.sqlite*"):
        path.unlink()
    with pytest.raises(StoreError, match="the file is gone or cannot be opened"):
        sqlite_store.save(make_review())
    assert not sqlite_path.exists()


def test_file_that_is_no_database_is_refused_unchanged(sqlite_path: Path) -> None:
    sqlite_path.write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreError, match="the file is not an SQLite database"):
        open_store(f"sqlite:///{sqlite_path}")
    assert sqlite_path.read_bytes() == b"not a database" * 1000


def test_damaged_database_is_told(sqlite_store: ReviewStore, sqlite_path: Path) -> None:
    for number in range(50):
        sqlite_store.save(make_review(f"clip-{number}", note="n" * 1000))
    with sqlite_path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(sqlite_path.stat().st_size - 4096))
    with pytest.raises(StoreError, match="the file is damaged"):
        list(sqlite_store.reviews())


READ_ONLY = """
import os, sys
from review_makers import make_review
from dfec_explore.errors import StoreError
from dfec_explore.reviews import open_store
try:
    store = open_store(sys.argv[1])
    if os.geteuid() == 0:
        os.seteuid(65534)
    store.save(make_review())
except StoreError as error:
    print(error)
"""


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no POSIX rights there")
def test_read_only_file_is_told() -> None:
    """Root may write everywhere, so it becomes somebody else first, in a folder that others may enter."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reviews.sqlite"
        open_store(f"sqlite:///{path}").close()
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        command = [sys.executable, "-c", READ_ONLY, f"sqlite:///{path}"]
        environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{HERE}"}
        answer = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=LONG, check=True)
        Path(folder).chmod(0o755)
    assert "is read-only" in answer.stdout or "Permission denied" in answer.stdout


def test_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(StoreError, match=r"could not open its database: .*file"):
        open_store(f"sqlite:///{tmp_path / 'file' / 'reviews.sqlite'}")


def test_server_that_does_not_answer_is_told_without_the_password() -> None:
    with pytest.raises(StoreError, match="the server cannot be reached") as caught:
        open_store("postgresql+psycopg://ann:s3cret@127.0.0.1:1/reviews")
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    ["", "reviews.sqlite", "sqlite://", "sqlite:///", "sqlite:///:memory:", "mysql://u:s3cret@h/d", "postgresql://h/d"],
)
def test_address_of_another_kind_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(StoreError, match=r"Use sqlite:///FILE or postgresql\+psycopg://") as caught:
        open_store(url)
    assert "s3cret" not in str(caught.value)


def test_new_file_is_readable_by_its_owner_alone_and_waits_for_the_disk(sqlite_url: str, tmp_path: Path) -> None:
    store = open_store(sqlite_url)
    store.save(make_review())
    path = tmp_path / "state" / "reviews.sqlite"
    assert path.stat().st_mode & 0o777 == 0o600
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
    with store._engine.connect() as own:
        assert own.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert own.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_file_name_may_have_characters_that_mean_something_in_addresses(tmp_path: Path) -> None:
    path = tmp_path / "a b%20?mode=ro#x" / "réviews.sqlite"
    store = open_store(f"sqlite:///{path}")
    store.save(make_review())
    assert path.is_file()
