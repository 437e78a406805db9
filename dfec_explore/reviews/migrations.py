"""The store's schema, step by step: each migration runs in one transaction together with the record of it.

A migration that was ever released is not edited; what is to change comes as another one at the end.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from dfec_explore.errors import StoreError
from dfec_explore.reviews.engine import writing
from dfec_explore.reviews.tables import MIGRATIONS

Step = Callable[[str], tuple[str, ...]]
"""From the name of a dialect, ``sqlite`` or ``postgresql``, to the statements to run."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema."""

    name: str
    statements: Step


REGISTERED: list[Migration] = []


def migration(step: Step) -> Step:
    """Register a function as the next migration, by its name."""
    REGISTERED.append(Migration(step.__name__, step))
    return step


@migration
def create_reviews(dialect: str) -> tuple[str, ...]:
    """Create the append-only table of reviews."""
    sequence = {
        "sqlite": "INTEGER PRIMARY KEY AUTOINCREMENT",
        "postgresql": "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
    }[dialect]
    table = f"""
        CREATE TABLE reviews (
            sequence {sequence},
            row_id TEXT NOT NULL UNIQUE,
            created_at TEXT NOT NULL,
            dataset TEXT NOT NULL,
            part TEXT NOT NULL,
            sample_id TEXT NOT NULL,
            caption_hash TEXT NOT NULL,
            reviewer TEXT NOT NULL,
            verdict TEXT,
            reasons TEXT NOT NULL,
            note TEXT NOT NULL,
            corrected_caption TEXT,
            mode TEXT NOT NULL,
            plan TEXT,
            seconds DOUBLE PRECISION,
            watched DOUBLE PRECISION,
            spans TEXT NOT NULL,
            parts TEXT NOT NULL,
            retracts TEXT REFERENCES reviews (row_id),
            CHECK (verdict IS NOT NULL OR retracts IS NOT NULL)
        )"""
    return (
        table,
        "CREATE INDEX reviews_by_sample ON reviews "
        "(dataset, part, sample_id, caption_hash, reviewer, sequence DESC, verdict)",
        "CREATE INDEX reviews_by_dataset ON reviews (dataset, sequence)",
        "CREATE INDEX reviews_by_reviewer ON reviews (dataset, reviewer, sequence)",
        "CREATE INDEX reviews_by_retracted ON reviews (retracts) WHERE retracts IS NOT NULL",
    )


@migration
def refuse_changes_of_reviews(dialect: str) -> tuple[str, ...]:
    """Let the database itself refuse to change or remove a review."""
    if dialect == "postgresql":
        return (
            """
            CREATE FUNCTION refuse_change_of_review() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'reviews are append-only'; END $$""",
            "CREATE TRIGGER reviews_stay BEFORE UPDATE OR DELETE ON reviews "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_review()",
            "CREATE TRIGGER reviews_stay_all BEFORE TRUNCATE ON reviews "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_review()",
        )
    return (
        """
        CREATE TRIGGER reviews_no_update BEFORE UPDATE ON reviews
        BEGIN SELECT RAISE(ABORT, 'reviews are append-only'); END""",
        """
        CREATE TRIGGER reviews_no_delete BEFORE DELETE ON reviews
        BEGIN SELECT RAISE(ABORT, 'reviews are append-only'); END""",
        # INSERT OR REPLACE removes the row that stands in its way without asking the trigger above.
        """
        CREATE TRIGGER reviews_no_replace BEFORE INSERT ON reviews
        WHEN EXISTS (SELECT 1 FROM reviews WHERE row_id = NEW.row_id OR sequence = NEW.sequence)
        BEGIN SELECT RAISE(ABORT, 'reviews are append-only'); END""",
    )


def applied(connection: sa.Connection) -> tuple[str, ...]:
    """Return the names of the migrations that the database has, in the order they were applied."""
    if not sa.inspect(connection).has_table(MIGRATIONS.name):
        return ()
    names = connection.scalars(sa.select(MIGRATIONS.c.name).order_by(MIGRATIONS.c.applied_at, MIGRATIONS.c.name))
    return tuple(names)


def pending(connection: sa.Connection) -> tuple[str, ...]:
    """Return the names of the migrations that the database lacks, in the order they are to be applied.

    Raises:
        StoreError: the database has migrations that this version of the program does not know.
    """
    there = set(applied(connection))
    known = [step.name for step in REGISTERED]
    if unknown := there.difference(known):
        raise StoreError(
            "open the database",
            f"a newer version of the program wrote it (unknown migration {min(unknown)!r})",
            "Update the program; nothing was changed.",
        )
    return tuple(name for name in known if name not in there)


def migrate(engine: sa.Engine) -> None:
    """Apply what is pending; several processes may do so at once.

    Raises:
        StoreError: the database is from a newer version.
        sqlalchemy.exc.SQLAlchemyError: the database refused; what was applied until then is whole.
    """
    with engine.connect() as connection:
        names = pending(connection)
    for name in names:
        with writing(engine) as connection:
            # Another process may have done it since, or a newer one more than that.
            if name in pending(connection):
                _apply(connection, name)


def _apply(connection: sa.Connection, name: str) -> None:
    MIGRATIONS.create(connection, checkfirst=True)
    step = next(step for step in REGISTERED if step.name == name)
    for statement in step.statements(connection.dialect.name):
        connection.exec_driver_sql(statement)
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    connection.execute(MIGRATIONS.insert().values(name=name, applied_at=now))
