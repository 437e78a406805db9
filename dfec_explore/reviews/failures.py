"""Failures of the database, told so that a reviewer knows what happened and what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from dfec_explore.errors import StoreError

KEPT = "What you entered is still here; save it again."

_SQLITE = {
    "SQLITE_BUSY": ("another program keeps it locked", "Close what else uses the file. " + KEPT),
    "SQLITE_LOCKED": ("another program keeps it locked", "Close what else uses the file. " + KEPT),
    "SQLITE_FULL": ("the disk is full", "Make room on it. " + KEPT),
    "SQLITE_READONLY": ("the file or its folder is read-only", "Give the program the right to write there."),
    "SQLITE_CANTOPEN": ("the file is gone or cannot be opened", "Put it back, or check the folder and its rights."),
    "SQLITE_PERM": ("the file may not be used", "Give the program the right to read and write it."),
    "SQLITE_IOERR": ("the disk failed or has no room", "Check the disk and its free space. " + KEPT),
    "SQLITE_NOTADB": ("the file is not an SQLite database", "Name another file."),
    "SQLITE_CORRUPT": ("the file is damaged", "Make a copy of it, then run `sqlite3 FILE .recover` on the copy."),
}

_POSTGRES = {
    "08": ("the connection to the server broke", "Check that it runs and can be reached. " + KEPT),
    "25006": ("the server takes no changes (read-only)", "Connect to the primary server."),
    "28": ("the server refused the login", "Check user and password in the address."),
    "3D": ("there is no such database on the server", "Create it with `createdb NAME`."),
    "42501": ("the user lacks a right on it", "Grant the user rights on the database and its schema."),
    "42P01": ("its tables are gone", "Restore them from a backup."),
    "53100": ("the server's disk is full", "Make room on it. " + KEPT),
    "53300": ("the server has too many connections", "Close some, or raise max_connections. " + KEPT),
    "55P03": ("another program keeps it locked", "Wait until that one is done. " + KEPT),
    "57": ("the server is stopping or was stopped", "Wait until it runs again. " + KEPT),
}

_UNREACHABLE = ("the server cannot be reached", "Check that it runs and that the address is right. " + KEPT)


@contextmanager
def telling(action: str) -> Iterator[None]:
    """Turn every failure of the database inside into a `StoreError`.

    Args:
        action: what the store was about to do, as in "could not {action}".

    Raises:
        StoreError: with the problem in a sentence, the database's own words, and the remedy.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        problem, remedy = _explain(cause)
        raise StoreError(action, f"{problem} ({_words(cause)})", remedy) from error
    except SQLAlchemyError as error:
        raise StoreError(action, _words(error), "Try it again. " + KEPT) from error
    except OSError as error:
        place = f" {error.filename}" if error.filename else ""
        raise StoreError(
            action, f"{error.strerror or error}{place}", "Check the path, its rights and the disk."
        ) from error


def _explain(error: BaseException | None) -> tuple[str, str]:
    if isinstance(error, sqlite3.Error):
        return _longest(_SQLITE, getattr(error, "sqlite_errorname", None) or "")
    state = getattr(error, "sqlstate", None)
    return _UNREACHABLE if state is None else _longest(_POSTGRES, state)


def _longest(table: dict[str, tuple[str, str]], code: str) -> tuple[str, str]:
    """Extended codes begin with the plain one: SQLITE_READONLY_DBMOVED, 08006."""
    names = [name for name in table if code.startswith(name)]
    if not names:
        return (f"the database answered {code or 'with an error'}", "Try it again. " + KEPT)
    return table[max(names, key=len)]


def _words(error: BaseException | None) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__
