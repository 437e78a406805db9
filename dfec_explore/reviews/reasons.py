"""The reasons that a reviewer can give, kept as data so that a team can change them."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dfec_explore.errors import StoreError

REASONS_FILE = Path(__file__).parent / "data" / "reasons.toml"


class Reason(BaseModel):
    """One reason why a caption is not right as it is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)]
    """What reviews store; it never changes."""
    title: Annotated[str, Field(min_length=1, max_length=60)]
    explanation: Annotated[str, Field(min_length=1)]


class _ReasonFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Annotated[tuple[Reason, ...], Field(min_length=1)]


@cache
def reasons(path: Path = REASONS_FILE) -> tuple[Reason, ...]:
    """Read the reasons, in the order in which they are offered.

    Raises:
        StoreError: the file cannot be read, or does not hold ``[[reason]]`` tables with distinct ids.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        found = _ReasonFile.model_validate(table).reason
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise StoreError(f"read the reasons in {path}", str(error), "Mend the file.") from error
    ids = [reason.id for reason in found]
    twice = next((name for name in ids if ids.count(name) > 1), None)
    if twice:
        raise StoreError(f"read the reasons in {path}", f"the id {twice!r} is there twice", "Give each its own.")
    return found
