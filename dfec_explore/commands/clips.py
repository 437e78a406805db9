"""The command ``clips``: where the clips of an annotation file lie, counted by source or listed one by one."""

import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from dfec_explore.annotations import open_annotations
from dfec_explore.clips.answers import Answers
from dfec_explore.clips.cataloguing import catalogue_clips
from dfec_explore.clips.coverage import Counts, clips_of, unreadable_in
from dfec_explore.clips.probing import probe_clips
from dfec_explore.clips.resolve import ClipRoots, places_tried
from dfec_explore.clips.suggesting import suggest_root
from dfec_explore.commands.bar import bar
from dfec_explore.model import Annotation, Clip, ClipStatus
from dfec_explore.settings import Settings, load_settings
from dfec_explore.sources import registry, source_id, source_of

MAX_REASONS = 1_000


@dataclass(frozen=True, slots=True)
class _Sample:
    id: str
    source: str
    video: str


def clips_command(
    file: Annotated[Path, typer.Argument(help="An annotation file, in any of the accepted shapes.")],
    root: Annotated[
        list[str] | None,
        typer.Option(help="SOURCE=DIR: the folder of one source, by its id, title or an alias. May be repeated."),
    ] = None,
    parent: Annotated[Path | None, typer.Option(help="The folder that holds all sources, one folder each.")] = None,
    json_: Annotated[
        bool, typer.Option("--json", help="Print one JSON object with the counts of each source.")
    ] = False,
    list_: Annotated[bool, typer.Option("--list", help="List what became of each sample.")] = False,
    probe: Annotated[
        bool, typer.Option(help="Open each clip that was found: one that can't be decoded is unreadable.")
    ] = True,
) -> None:
    """Say where the clips of a file lie, and why others are not found.

    Folders that are not named are those of the settings. A substitute counts as found too, a clip in an archive as
    missing too. Suggestions of other folders go to standard error.

    Exit code: 0 the clips were looked for, whatever came of it; 2 the file can't be read, or an option is wrong.
    """
    settings = load_settings()
    records = open_annotations(file)
    samples = [_sample(record) for record in records if isinstance(record, Annotation)]
    roots = _roots(settings, root or [], parent, {sample.source for sample in samples})
    with _cache(settings) as cache, _looked_up(samples, roots, cache, settings.workers, probe=probe) as clips:
        report = _Report(roots)
        for sample, clip in zip(samples, clips, strict=True):
            report.add(sample, clip)
            if list_:
                report.rows.setdefault(sample.source, []).append(_row(sample, clip, roots))
    if json_:
        typer.echo(json.dumps(report.as_json(listed=list_)))
    elif list_:
        _print_rows(row for rows in report.rows.values() for row in rows)
    else:
        report.print()
    _suggest(samples, report.counts, roots)
    if rejected := len(records.report().rejected):
        typer.echo(f"{rejected:,} records were rejected and not looked for; see: validate {file}", err=True)


class _Report:
    """What became of the samples of each source."""

    def __init__(self, roots: ClipRoots) -> None:
        self.counts: dict[str, Counts] = {}
        self.rows: dict[str, list[dict[str, Any]]] = {}
        self._roots = roots
        self._reasons: dict[str, Counter[str]] = {}

    def add(self, sample: _Sample, clip: Clip) -> None:
        self.counts.setdefault(sample.source, Counts()).add(clip.status)
        if clip.path is None or clip.status is ClipStatus.UNREADABLE:
            reasons = self._reasons.setdefault(sample.source, Counter())
            # Each reason may name its own file: the first few are enough for an example.
            reasons[clip.reason if clip.reason in reasons or len(reasons) < MAX_REASONS else ""] += 1

    def as_json(self, *, listed: bool) -> dict[str, dict[str, Any]]:
        report: dict[str, dict[str, Any]] = {}
        for source, count in sorted(self.counts.items()):
            report[source] = {**count.as_dict(), **({"samples": self.rows[source]} if listed else {})}
        return report

    def print(self) -> None:
        names = ("samples", "found", "stand-in", "missing", "packed", "ambiguous", "unreadable")
        table = Table("source", *names, box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
        for column in table.columns[1:]:
            column.justify = "right"
        for source, count in sorted(self.counts.items()):
            clips = (count.total, count.found, count.substitute, count.missing, count.packed)
            table.add_row(source, *(f"{number:,}" for number in (*clips, count.ambiguous, count.unreadable)))
        # Text from the file is shown as it is, never read as markup.
        Console(markup=False, highlight=False).print(table)
        for source, reasons in sorted(self._reasons.items()):
            ((reason, number),) = reasons.most_common(1)
            folder = self._roots.own(source) or self._roots.parent or "no folder"
            typer.echo(f"{source} ({folder}): {number:,} times: {reason}")


def _print_rows(rows: Iterable[Mapping[str, Any]]) -> None:
    for row in rows:
        typer.echo("\t".join(str(row[name] or "") for name in ("id", "video", "status", "rule", "path", "reason")))


def _sample(record: Annotation) -> _Sample:
    return _Sample(record.id, source_of(record.video), record.video)


def _roots(settings: Settings, given: Sequence[str], parent: Path | None, sources: set[str]) -> ClipRoots:
    by_source = {source_id(name) or name: path for name, path in settings.clips_by_source.items()}
    named = [_root(text, sources) for text in given]
    for source, count in Counter(source for source, _ in named).items():
        if count > 1:
            raise typer.BadParameter(f"The folder of {source} is given twice.", param_hint="--root")
    by_source |= dict(named)
    folder = parent.expanduser().absolute() if parent is not None else settings.clips_parent
    return ClipRoots(folder, by_source)


def _root(text: str, sources: set[str]) -> tuple[str, Path]:
    name, sign, folder = text.partition("=")
    source = source_id(name) or (name if name in sources else None)
    if not (sign and folder.strip()):
        raise typer.BadParameter(f"{text!r} is not of the form SOURCE=DIR.", param_hint="--root")
    if source is None:
        known = ", ".join(sorted({*registry(), *sources}))
        raise typer.BadParameter(f"There is no source {name!r}; known: {known}.", param_hint="--root")
    return source, Path(folder).expanduser().absolute()


@contextmanager
def _cache(settings: Settings) -> Iterator[Path]:
    """The folder for scans and facts; one that is thrown away where the configured one can't be written."""
    folder = settings.cache_folder / "clips"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder):
            pass
    except OSError as error:
        typer.echo(f"{folder}: {error.strerror}. Nothing is kept for the next time.", err=True)
        with tempfile.TemporaryDirectory() as temporary:
            yield Path(temporary)
    else:
        yield folder


@contextmanager
def _looked_up(
    samples: Sequence[_Sample], roots: ClipRoots, cache: Path, workers: int, *, probe: bool
) -> Iterator[Iterator[Clip]]:
    """What became of each sample, in their order."""
    by_source = {source: str(path) for source, path in sorted(roots.by_source.items())}
    parent = str(roots.parent) if roots.parent else None
    pairs = [(sample.source, sample.video) for sample in samples]
    # What was probed is kept for the next time with these folders; where clips lie is looked for each time.
    facts = cache / f"command-{hashlib.sha256(json.dumps([parent, by_source]).encode()).hexdigest()[:32]}.parquet"
    with tempfile.TemporaryDirectory() as temporary, bar("Looking for clips") as progress:
        wanted, answers = Path(temporary, "wanted.jsonl"), Path(temporary, "answers.sqlite")
        with wanted.open("w", encoding="utf-8") as lines:
            lines.writelines(json.dumps({"source": source, "video": video}) + "\n" for source, video in pairs)
        arguments: dict[str, Any] = {"parent": parent, "by_source": by_source, "scans": str(cache / "scans")}
        arguments |= {"clips": str(wanted), "answers": str(answers)}
        if probe:
            probe_clips(progress, facts=str(facts), workers=workers, **arguments)
        else:
            catalogue_clips(progress, **arguments)
        with closing(Answers(answers)) as located:
            yield clips_of(pairs, located, unreadable_in(facts) if probe else {})


def _row(sample: _Sample, clip: Clip, roots: ClipRoots) -> dict[str, Any]:
    return {
        "id": sample.id,
        "video": sample.video,
        "status": clip.status.value,
        "path": None if clip.path is None else str(clip.path),
        "rule": clip.rule,
        "reason": clip.reason,
        "places": [str(place) for place in clip.places],
        "archive": None if clip.archive is None else str(clip.archive),
        "tried": [str(place) for place in places_tried(sample.video, source=sample.source, roots=roots)],
    }


def _suggest(samples: Sequence[_Sample], counts: Mapping[str, Counts], roots: ClipRoots) -> None:
    for source, count in counts.items():
        root = roots.own(source) or roots.parent
        if root is None or (count.missing - count.packed) * 2 <= count.total:
            continue
        videos = [sample.video for sample in samples if sample.source == source]
        better = suggest_root(source, videos, root)
        if better is not None and better.share > count.found / count.total:
            typer.echo(
                f"{source}: {count.found:,} of {count.total:,} clips are found under {root}. This looks like "
                f"{better.folder}: {better.found:,} of {better.looked_for:,} are found there, in {better.clips_in}. "
                f"Try --root {source}={better.folder}",
                err=True,
            )
