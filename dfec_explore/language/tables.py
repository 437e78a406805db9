"""Read the lexicon's data files: TOML, checked against a schema, with errors that name the place."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from dfec_explore.errors import LexiconError

Schema = TypeVar("Schema", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Table(Generic[Schema]):
    """The content of one data file."""

    name: str
    model: Schema

    def error(self, entry: str, problem: str) -> LexiconError:
        """Make the error for an entry of this file."""
        return LexiconError(f"{self.name}, {entry}", problem)


def read_table(name: str, schema: type[Schema]) -> Table[Schema]:
    """Read and check a data file of the package.

    Args:
        name: file name in the package's data folder.
        schema: pydantic model of the whole file.

    Raises:
        LexiconError: the file is no TOML, or something in it does not fit the schema.
    """
    content = files("dfec_explore.language").joinpath("data", name).read_bytes()
    return parse_table(name, content, schema)


def parse_table(name: str, content: bytes, schema: type[Schema]) -> Table[Schema]:
    """Check the content of a data file; ``name`` stands in the errors.

    Raises:
        LexiconError: the content is no TOML, or something in it does not fit the schema.
    """
    try:
        return Table(name, schema.model_validate(tomllib.loads(content.decode("utf-8"))))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(name, f"not readable as TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise LexiconError(f"{name}, {place}", f"{first['msg']} (value {first['input']!r})") from error
