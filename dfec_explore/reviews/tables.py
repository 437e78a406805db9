"""The tables of the store as queries see them; how they come to be is in `migrations`."""

import sqlalchemy as sa

METADATA = sa.MetaData()

REVIEWS = sa.Table(
    "reviews",
    METADATA,
    sa.Column("sequence", sa.BigInteger, primary_key=True),
    sa.Column("row_id", sa.Text, nullable=False),
    sa.Column("created_at", sa.Text, nullable=False),
    sa.Column("dataset", sa.Text, nullable=False),
    sa.Column("part", sa.Text, nullable=False),
    sa.Column("sample_id", sa.Text, nullable=False),
    sa.Column("caption_hash", sa.Text, nullable=False),
    sa.Column("reviewer", sa.Text, nullable=False),
    sa.Column("verdict", sa.Text),
    sa.Column("reasons", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("corrected_caption", sa.Text),
    sa.Column("mode", sa.Text, nullable=False),
    sa.Column("plan", sa.Text),
    sa.Column("seconds", sa.Double),
    sa.Column("watched", sa.Double),
    sa.Column("spans", sa.Text, nullable=False),
    sa.Column("parts", sa.Text, nullable=False),
    sa.Column("retracts", sa.Text),
)
"""One row a review. Lists and maps are JSON; times are UTC as ISO 8601 text of one width, so that they sort."""

PLANS = sa.Table(
    "plans",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("created_at", sa.Text, nullable=False),
    sa.Column("dataset", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("created_by", sa.Text, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("sizes", sa.Text, nullable=False),
    sa.Column("strata", sa.Text, nullable=False),
    sa.Column("is_random", sa.Boolean, nullable=False),
    sa.Column("seed", sa.BigInteger),
    sa.Column("allocation", sa.Text, nullable=False),
    sa.Column("overlap", sa.Integer, nullable=False),
    sa.Column("population", sa.Text, nullable=False),
    sa.Column("query", sa.Text, nullable=False),
)
"""One row a sampling plan; ``sizes`` is a JSON list of [stratum, population size], ``strata`` one of names."""

PLAN_ITEMS = sa.Table(
    "plan_items",
    METADATA,
    sa.Column("plan", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("part", sa.Text, nullable=False),
    sa.Column("sample_id", sa.Text, nullable=False),
    sa.Column("caption_hash", sa.Text, nullable=False),
    sa.Column("stratum", sa.Text, nullable=False),
)
"""One row a caption of a plan; its stratum is a JSON list of values."""

PLAN_EVENTS = sa.Table(
    "plan_events",
    METADATA,
    sa.Column("sequence", sa.BigInteger, primary_key=True),
    sa.Column("row_id", sa.Text, nullable=False),
    sa.Column("plan", sa.Text, nullable=False),
    sa.Column("event", sa.Text, nullable=False),
    sa.Column("created_by", sa.Text, nullable=False),
    sa.Column("created_at", sa.Text, nullable=False),
)
"""What happened to a plan after it was stored: ``archived``, ``restored``."""

FLAG_REVIEWS = sa.Table(
    "flag_reviews",
    METADATA,
    sa.Column("sequence", sa.BigInteger, primary_key=True),
    sa.Column("row_id", sa.Text, nullable=False),
    sa.Column("created_at", sa.Text, nullable=False),
    sa.Column("dataset", sa.Text, nullable=False),
    sa.Column("part", sa.Text, nullable=False),
    sa.Column("sample_id", sa.Text, nullable=False),
    sa.Column("caption_hash", sa.Text, nullable=False),
    sa.Column("check_id", sa.Text, nullable=False),
    sa.Column("reviewer", sa.Text, nullable=False),
    sa.Column("verdict", sa.Text),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("retracts", sa.Text),
)
"""One row a verdict on a flag (``dismissed``, ``confirmed``), or the retraction of one."""

MIGRATIONS = sa.Table(
    "schema_migrations",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("applied_at", sa.Text, nullable=False),
)
