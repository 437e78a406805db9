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

MIGRATIONS = sa.Table(
    "schema_migrations",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("applied_at", sa.Text, nullable=False),
)
