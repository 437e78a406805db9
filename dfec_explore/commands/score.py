"""The command ``score``: what a model's predictions are worth against references."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from dfec_explore.annotations import validate
from dfec_explore.commands.bar import bar
from dfec_explore.scoring import Counts, Predictions, Scores, read_predictions, read_references, score_file
from dfec_explore.scoring.meteor import has_meteor
from dfec_explore.scoring.tokens import available_tokenizer

LISTED = 50
"""Rejected records that are written out; the others are counted."""

TOKENIZERS = {
    "ptb-java": "the PTB tokenizer of pycocoevalcap",
    "ptb-rules": "own PTB rules, for there is no Java (see docs/metrics.md)",
}


def score_command(
    references: Annotated[Path, typer.Option(help="Annotation file with the captions that are right.")],
    predictions: Annotated[Path, typer.Option(help="File with the model's captions: id or video, and caption.")],
    model: Annotated[str | None, typer.Option(help="The model's name; by default the file's.")] = None,
    answered_only: Annotated[
        bool, typer.Option("--answered-only", help="Leave captions without a prediction out, not count them as empty.")
    ] = False,
    meteor: Annotated[bool, typer.Option(help="Also METEOR, where Java is there; it takes by far the longest.")] = True,
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Score a model's captions against references, by words and by facial events.

    A reference without a prediction is missing and counts as an empty caption. Exit code: 0 all records were read, 1
    some records of either file were rejected, 2 a file could not be read.
    """
    captions, said = read_references(references), read_predictions(predictions)
    with bar("Scoring") as progress:
        scores, counts = score_file(captions, said, progress, meteor=meteor)
    unread = len(validate(references).rejected)
    _tell(said, counts, unread, references)
    typer.echo(f"words cut by {TOKENIZERS[available_tokenizer()]}", err=True)
    if meteor and not has_meteor():
        typer.echo("METEOR is left out: it needs Java", err=True)
    record = score_record(model or predictions.name, scores, answered_only=answered_only)
    if json_:
        typer.echo(json.dumps(record, ensure_ascii=False, allow_nan=False))
    else:
        _print(record)
    raise typer.Exit(1 if said.rejected or unread else 0)


def score_record(model: str, scores: Scores, *, answered_only: bool) -> dict[str, Any]:
    """The scores as plain values: of all captions, and of each source."""
    chosen = scores.answered if answered_only else None
    count = int(scores.answered.sum()) if answered_only else len(scores.ids)
    by_source = {}
    for source in sorted(set(scores.sources)):
        here = scores.of_source(source)
        metrics = scores.metrics(here & scores.answered if answered_only else here)
        if not answered_only and source in scores.meteor:
            metrics["meteor"] = scores.meteor[source]
        texts = [text for text, is_here in zip(scores.predictions, here, strict=True) if is_here]
        by_source[source] = {
            "n": int((here & scores.answered).sum()) if answered_only else int(here.sum()),
            "missing": sum(text is None for text in texts),
            "metrics": _plain(metrics, with_meteor=bool(scores.meteor)),
        }
    return {
        "model": model,
        "n": count,
        "missing": scores.missing,
        "metrics": _plain(scores.metrics(chosen), with_meteor=bool(scores.meteor)),
        "by_source": by_source,
    }


def _plain(metrics: Mapping[str, float], *, with_meteor: bool) -> dict[str, float | None]:
    """Metrics for JSON: what has no base is null, METEOR is left out where it was not worked out."""
    return {
        name: None if math.isnan(value) else value for name, value in metrics.items() if name != "meteor" or with_meteor
    }


def _tell(said: Predictions, counts: Counts, unread: int, references: Path) -> None:
    """What became of the records, for a person."""
    line = f"{counts.captions:,} references, {counts.answered:,} with a prediction, {counts.missing:,} missing"
    for number, words in (
        (counts.empty, "empty"),
        (counts.extra, "of no reference"),
        (counts.duplicates, "duplicates (the first counts)"),
        (counts.by_video, "matched by video"),
        (counts.conflicts, "with the id of one reference and the video of another (the id counts)"),
        (len(counts.rejected), "rejected"),
        (said.undecodable, "places that are no text"),
    ):
        line += f", {number:,} {words}" if number else ""
    typer.echo(line, err=True)
    for kind, names in counts.examples.items():
        if names:
            typer.echo(f"{kind}: {', '.join(names)}", err=True)
    if counts.rejected:
        table = Table("record", "line", "id", "reason", "value")
        for record in counts.rejected[:LISTED]:
            place = "" if record.line is None else str(record.line)
            table.add_row(str(record.index), place, record.id or "", record.reason, record.value)
        # Text from the file is shown as it is, never read as markup.
        Console(stderr=True, markup=False, highlight=False).print(table)
        if len(counts.rejected) > LISTED:
            typer.echo(f"... and {len(counts.rejected) - LISTED:,} more", err=True)
    if unread:
        typer.echo(f"{unread:,} references were rejected and are not scored; see: validate {references}", err=True)


def _print(record: Mapping[str, Any]) -> None:
    typer.echo(f"{record['model']}: {record['n']:,} captions, {record['missing']:,} missing")
    table = Table("metric", "all", *record["by_source"], box=SIMPLE_HEAD)
    for name, value in record["metrics"].items():
        of_sources = (_figure(entry["metrics"][name]) for entry in record["by_source"].values())
        table.add_row(name, _figure(value), *of_sources)
    Console(markup=False, highlight=False).print(table)


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
