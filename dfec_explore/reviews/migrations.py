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


@migration
def order_reviews_by_time(dialect: str) -> tuple[str, ...]:
    """Let the newest verdict by time stand, so that rows of another database can be taken in."""
    return (
        "CREATE INDEX reviews_by_standing ON reviews "
        "(dataset, part, sample_id, caption_hash, reviewer, created_at DESC, sequence DESC, verdict, mode)",
        "DROP INDEX reviews_by_sample",
        "CREATE INDEX reviews_by_reviewer_and_time ON reviews (dataset, reviewer, created_at, sequence)",
        "DROP INDEX reviews_by_reviewer",
    )


@migration
def create_plans(dialect: str) -> tuple[str, ...]:
    """Create the tables of sampling plans, which the database refuses to change like the reviews."""
    sequence = {
        "sqlite": "INTEGER PRIMARY KEY AUTOINCREMENT",
        "postgresql": "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
    }[dialect]
    tables = (
        """
        CREATE TABLE plans (
            id TEXT PRIMARY KEY,
            created_at TEXT NOT NULL,
            dataset TEXT NOT NULL,
            name TEXT NOT NULL,
            created_by TEXT NOT NULL,
            size INTEGER NOT NULL,
            sizes TEXT NOT NULL,
            strata TEXT NOT NULL,
            is_random BOOLEAN NOT NULL,
            seed BIGINT,
            allocation TEXT NOT NULL,
            overlap INTEGER NOT NULL,
            population TEXT NOT NULL,
            query TEXT NOT NULL,
            UNIQUE (dataset, name)
        )""",
        """
        CREATE TABLE plan_items (
            plan TEXT NOT NULL REFERENCES plans (id),
            position INTEGER NOT NULL,
            part TEXT NOT NULL,
            sample_id TEXT NOT NULL,
            caption_hash TEXT NOT NULL,
            stratum TEXT NOT NULL,
            PRIMARY KEY (plan, position),
            UNIQUE (plan, part, sample_id)
        )""",
        f"""
        CREATE TABLE plan_events (
            sequence {sequence},
            row_id TEXT NOT NULL UNIQUE,
            plan TEXT NOT NULL REFERENCES plans (id),
            event TEXT NOT NULL,
            created_by TEXT NOT NULL,
            created_at TEXT NOT NULL
        )""",
        "CREATE INDEX plan_events_by_plan ON plan_events (plan, created_at)",
    )
    guards = (guard for table in ("plans", "plan_items", "plan_events") for guard in _append_only(dialect, table))
    return (*tables, *_refuse_more_items(dialect), *guards)


@migration
def create_flag_reviews(dialect: str) -> tuple[str, ...]:
    """Create the table of what reviewers say of flags, append-only like the reviews."""
    sequence = {
        "sqlite": "INTEGER PRIMARY KEY AUTOINCREMENT",
        "postgresql": "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
    }[dialect]
    table = f"""
        CREATE TABLE flag_reviews (
            sequence {sequence},
            row_id TEXT NOT NULL UNIQUE,
            created_at TEXT NOT NULL,
            dataset TEXT NOT NULL,
            part TEXT NOT NULL,
            sample_id TEXT NOT NULL,
            caption_hash TEXT NOT NULL,
            check_id TEXT NOT NULL,
            reviewer TEXT NOT NULL,
            verdict TEXT,
            reason TEXT NOT NULL,
            retracts TEXT REFERENCES flag_reviews (row_id),
            CHECK ((verdict IS NULL) <> (retracts IS NULL)),
            CHECK (verdict IN ('dismissed', 'confirmed'))
        )"""
    replaced = (
        "CREATE TRIGGER flag_reviews_no_replace BEFORE INSERT ON flag_reviews "
        "WHEN EXISTS (SELECT 1 FROM flag_reviews WHERE row_id = NEW.row_id OR sequence = NEW.sequence) "
        "BEGIN SELECT RAISE(ABORT, 'flag_reviews are append-only'); END"
    )
    return (
        table,
        "CREATE INDEX flag_reviews_by_dataset ON flag_reviews (dataset, sequence)",
        "CREATE UNIQUE INDEX flag_reviews_retracted_once ON flag_reviews (retracts) WHERE retracts IS NOT NULL",
        *((replaced,) if dialect == "sqlite" else ()),
        *_append_only(dialect, "flag_reviews"),
    )


def _append_only(dialect: str, table: str) -> tuple[str, ...]:
    if dialect == "postgresql":
        return (
            f"""
            CREATE FUNCTION refuse_change_of_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{table} are append-only'; END $$""",
            f"CREATE TRIGGER {table}_stay BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION refuse_change_of_{table}()",
            f"CREATE TRIGGER {table}_stay_all BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_{table}()",
        )
    return tuple(
        f"CREATE TRIGGER {table}_no_{change} BEFORE {change} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
        for change in ("UPDATE", "DELETE")
    )


def _refuse_more_items(dialect: str) -> tuple[str, ...]:
    """A stored plan has all its places taken: an item beyond them would be one that nobody drew."""
    beyond = "NEW.position NOT BETWEEN 0 AND (SELECT size FROM plans WHERE id = NEW.plan) - 1"
    if dialect == "postgresql":
        return (
            f"""
            CREATE FUNCTION refuse_more_plan_items() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN IF {beyond} THEN RAISE EXCEPTION 'plan_items are append-only'; END IF; RETURN NEW; END $$""",
            "CREATE TRIGGER plan_items_are_all BEFORE INSERT ON plan_items "
            "FOR EACH ROW EXECUTE FUNCTION refuse_more_plan_items()",
        )
    return (
        f"CREATE TRIGGER plan_items_are_all BEFORE INSERT ON plan_items WHEN {beyond} "
        "BEGIN SELECT RAISE(ABORT, 'plan_items are append-only'); END",
        # INSERT OR REPLACE removes the row that stands in its way without asking the other triggers.
        "CREATE TRIGGER plan_items_no_replace BEFORE INSERT ON plan_items WHEN EXISTS (SELECT 1 FROM plan_items "
        "WHERE plan = NEW.plan AND (position = NEW.position OR (part = NEW.part AND sample_id = NEW.sample_id))) "
        "BEGIN SELECT RAISE(ABORT, 'plan_items are append-only'); END",
        "CREATE TRIGGER plans_no_replace BEFORE INSERT ON plans "
        "WHEN EXISTS (SELECT 1 FROM plans WHERE id = NEW.id OR (dataset = NEW.dataset AND name = NEW.name)) "
        "BEGIN SELECT RAISE(ABORT, 'plans are append-only'); END",
        "CREATE TRIGGER plan_events_no_replace BEFORE INSERT ON plan_events "
        "WHEN EXISTS (SELECT 1 FROM plan_events WHERE row_id = NEW.row_id OR sequence = NEW.sequence) "
        "BEGIN SELECT RAISE(ABORT, 'plan_events are append-only'); END",
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
