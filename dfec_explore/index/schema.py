"""The Parquet tables of the index: names, columns and types.

Every table but ``rejects`` is split into the same partitions; ``sample_no`` (the place of a sample in its
dataset, from 0 over all parts) joins them. Sets of actions are 64-bit words in which bit *n* stands for the action
with that number in the lexicon, so that "which share of captions mentions X" reads one column of ``samples``;
``mentions`` has a 32-bit number for each mention (``mentions.py``): what follows, when, where to, how strongly.
"""

import pyarrow as pa

SCHEMA_VERSION = 7
"""Raised when a table changes: older indexes are then built again."""

WORD = pa.dictionary(pa.int32(), pa.string())
"""Text with few distinct values."""

PHASES: tuple[str, ...] = ("begin", "progress", "middle", "end", "rest")
"""Parts of a clip that a caption names; an event before the first marker has none."""

PERSON: tuple[str, ...] = (
    "gender",
    "age_group",
    "hair_colour",
    "hair_length",
    "glasses",
    "facial_hair",
    "headwear",
    "people",
)
"""What a caption may state of a person; ``samples`` has a column ``person_...`` for each."""

SEVERAL_VALUES = "several-values"
"""Stands in such a column where a caption states more than one thing, of two persons say."""

SAMPLES = pa.schema(
    [
        ("sample_no", pa.int32()),
        ("part", WORD),
        ("id", pa.string()),
        ("video", pa.string()),
        ("caption", pa.string()),
        ("caption_hash", pa.string()),
        ("extra", pa.string()),
        ("source", WORD),
        ("source_split", WORD),
        ("emotion", WORD),
        ("actor", WORD),
        ("actor_gender", WORD),
        ("scenario", WORD),
        ("characters", pa.int32()),
        ("words", pa.int32()),
        ("sentences", pa.int32()),
        ("events", pa.int32()),
        ("opening", pa.string()),
        ("actions", pa.uint64()),
        *((f"actions_{phase}", pa.uint64()) for phase in PHASES),
        ("mentions", pa.list_(pa.uint32())),
        *((f"person_{attribute}", WORD) for attribute in PERSON),
    ]
)

EVENTS = pa.schema(
    [
        ("sample_no", pa.int32()),
        ("part", WORD),
        ("source", WORD),
        ("ordinal", pa.int16()),
        ("action", WORD),
        ("next_action", WORD),
        ("direction", WORD),
        ("side", WORD),
        ("intensity", WORD),
        ("phase", WORD),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("quote", pa.string()),
        ("rule", WORD),
    ]
)

PEOPLE = pa.schema(
    [
        ("sample_no", pa.int32()),
        ("part", WORD),
        ("source", WORD),
        ("attribute", WORD),
        ("value", WORD),
        ("start", pa.int32()),
        ("end", pa.int32()),
    ]
)

PHRASES = pa.schema(
    [
        ("sample_no", pa.int32()),
        ("part", WORD),
        ("source", WORD),
        ("phrase", WORD),
        ("words", pa.int16()),
        ("count", pa.int16()),
    ]
)

TERMS = pa.schema([("sample_no", pa.int32()), ("part", WORD), ("source", WORD), ("term", WORD), ("count", pa.int16())])

UNMATCHED = pa.schema(
    [
        ("sample_no", pa.int32()),
        ("part", WORD),
        ("source", WORD),
        ("verb", pa.string()),
        ("body_part", WORD),
        ("start", pa.int32()),
        ("end", pa.int32()),
    ]
)
"""Verbs beside a part of the face that the lexicon does not know."""

FLAGS = pa.schema(
    [
        ("sample_no", pa.int32()),
        ("part", WORD),
        ("source", WORD),
        ("check", WORD),
        ("severity", WORD),
        ("score", pa.float32()),
        ("message", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("group_no", pa.int32()),  # the sample number of one of a group of duplicates; null for other flags
    ]
)
"""Flags of captions by themselves; the file ``corpus-flags.parquet`` has those that need all captions."""

REJECTS = pa.schema(
    [
        ("part", pa.string()),
        ("index", pa.int64()),
        ("line", pa.int64()),
        ("id", pa.string()),
        ("reason", pa.string()),
        ("value", pa.string()),
    ]
)

DERIVED: dict[str, pa.Schema] = {
    "events": EVENTS,
    "people": PEOPLE,
    "phrases": PHRASES,
    "terms": TERMS,
    "unmatched": UNMATCHED,
    "flags": FLAGS,
}
"""Tables that follow from a caption and the path of its clip, and can be copied from an older index."""

TABLES: dict[str, pa.Schema] = {"samples": SAMPLES, **DERIVED}
"""Tables that every partition has."""
