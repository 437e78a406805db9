"""Filters as the query part of a URL, and back: any view can be sent to a colleague."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from dfec_explore.query.filters import EMPTY, FIELD_TITLES, NOT_STATED, RANGES, Filters, Vocabulary
from dfec_explore.query.review_facts import is_fact

TEXTS = ("text", "opening", "phrase", "term")
MAX_TEXT = 500
"""Characters of a text in a URL; browsers and proxies cut longer addresses."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """Filters read from a URL, and a sentence for each value that could not be used."""

    filters: Filters
    problems: tuple[str, ...]


def to_params(filters: Filters) -> dict[str, list[str]]:
    """The filters as query parameters; only those that are set."""
    params: dict[str, list[str]] = {}
    for key in filters.set_keys():
        value: Any = getattr(filters, key)
        if key in RANGES:
            params[key] = [f"{value[0]}-{value[1]}"]
        elif key in TEXTS:
            params[key] = [value]
        else:
            params[key] = list(value)
    return params


def from_params(params: Mapping[str, Sequence[str]], vocabulary: Vocabulary) -> Parsed:
    """Read filters from query parameters; a value that does not exist (any more) is left out and named.

    Args:
        params: all values of each parameter; parameters that are no filters are passed over.
        vocabulary: the values that exist.
    """
    values: dict[str, Any] = {}
    problems: list[str] = []
    for key in (field.name for field in fields(Filters)):
        given = [value for value in params.get(key, ()) if value]
        if not given:
            continue
        if key in RANGES:
            values[key] = _range(given[-1])
            if values[key] is None:
                problems.append(f"{FIELD_TITLES[key]}: “{given[-1][:40]}” is no range such as 80-120.")
        elif key in TEXTS:
            values[key] = given[-1][:MAX_TEXT]
        else:
            values[key], unknown = _known(key, given, vocabulary)
            problems.extend(f"{FIELD_TITLES[key]} “{value[:40]}” does not occur in this dataset." for value in unknown)
    defaults = {key: getattr(EMPTY, key) for key, value in values.items() if value is None}
    return Parsed(Filters(**(values | defaults)), tuple(problems))


def _known(key: str, given: Sequence[str], vocabulary: Vocabulary) -> tuple[tuple[str, ...], list[str]]:
    if key == "review":
        # Reviewers come and go: who is not known here may have given verdicts since.
        options = {value for value in given if is_fact(value)}
    else:
        options = {*vocabulary.options.get(key, ()), NOT_STATED}
    kept = dict.fromkeys(value for value in given if value in options)
    return tuple(kept), [value for value in given if value not in options]


def _range(text: str) -> tuple[int, int] | None:
    low, _, high = text.partition("-")
    if not (low.isdecimal() and high.isdecimal()) or len(text) > 24:
        return None
    return (int(low), int(high)) if int(low) <= int(high) else None
