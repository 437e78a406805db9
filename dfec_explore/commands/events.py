"""The command ``events``: the facial actions that captions speak of."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, TextIO

import typer

from dfec_explore.annotations import AnnotationFile, open_annotations
from dfec_explore.language import extract_events
from dfec_explore.model import Annotation


def events_command(
    file: Annotated[Path, typer.Argument(help="An annotation file; - reads one caption per line from standard input.")],
    out: Annotated[Path | None, typer.Option(help="Write here instead of standard output.")] = None,
) -> None:
    """Write the facial events of each caption, one JSON object per line, in the order of the file."""
    source = None if str(file) == "-" else open_annotations(file)
    captions = _lines() if source is None else _accepted(source)
    with _output(out) as stream:
        identities: list[str] = []
        for found in extract_events(_remember(captions, identities)):
            record = {"id": identities.pop(0), "events": [asdict(event) for event in found]}
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
    if source is not None and (rejected := source.report().rejected):
        typer.echo(f"{len(rejected):,} records were rejected and have no line; see: validate {file}", err=True)
        raise typer.Exit(1)


def _lines() -> Iterator[tuple[str, str]]:
    for number, line in enumerate(sys.stdin):
        yield str(number), line.rstrip("\n")


def _accepted(file: AnnotationFile) -> Iterator[tuple[str, str]]:
    for record in file:
        if isinstance(record, Annotation):
            yield record.id, record.caption


def _remember(pairs: Iterator[tuple[str, str]], identities: list[str]) -> Iterator[str]:
    """Captions for the parser, which reads ahead in batches; their ids wait in order."""
    for identity, caption in pairs:
        identities.append(identity)
        yield caption


@contextmanager
def _output(path: Path | None) -> Iterator[TextIO]:
    if path is None:
        yield sys.stdout
        return
    with path.open("w", encoding="utf-8") as stream:
        yield stream
