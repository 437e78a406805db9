"""The command ``diff``: two versions of an annotation file side by side."""

import json
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dfec_explore.commands.bar import bar
from dfec_explore.commands.options import AsJson, Database, opened_store
from dfec_explore.language import load_lexicon
from dfec_explore.language.comparing import EventChange, compare_words
from dfec_explore.release import (
    KIND_TITLES,
    ChangeKind,
    DiffSummary,
    RecordChange,
    StaleVerdict,
    Wanted,
    caption_checks,
    changes,
    stale_verdicts,
    write_diff,
)
from dfec_explore.reviews import final_verdicts
from dfec_explore.settings import Settings, load_settings

SHOWN = 20
"""Changed captions that are printed; --json lists all."""
SIGNS = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
"""How words that went and came are marked, as ``git diff --word-diff`` marks them; colour is added on a terminal."""
STYLES = {"same": "", "removed": "red", "added": "green"}
VERBS = {"added": "gained", "removed": "lost", "changed": "changed"}
OUTCOMES = {"carried-out": "carried out", "changed": "gone stale", "removed": "lost with their record"}


class FailOn(StrEnum):
    """What makes the exit code 1."""

    ANY = "any"
    ADDED = "added"
    REMOVED = "removed"
    CAPTION = "caption"
    VIDEO = "video"
    FIELDS = "fields"
    REJECTED = "rejected"
    STALE = "stale"
    NEW_ERRORS = "new-errors"


def diff_command(
    old: Annotated[Path, typer.Argument(help="The older annotation file, in any of the accepted shapes.")],
    new: Annotated[Path, typer.Argument(help="The newer one; it may have another shape.")],
    fail_on: Annotated[
        list[FailOn] | None,
        typer.Option(
            help="Exit with 1 where there is one: a change of this kind, a rejected record of the newer file, a "
            "verdict gone stale, a new error. May be repeated."
        ),
    ] = None,
    dataset: Annotated[
        str | None, typer.Option(help="Dataset whose verdicts may go stale; by default as declared.")
    ] = None,
    part: Annotated[str | None, typer.Option(help="Part that the files hold; by default as declared.")] = None,
    database: Database = None,
    checks: Annotated[bool, typer.Option(help="Check the captions that differ: flags fixed and new.")] = True,
    json_: AsJson = False,
) -> None:
    """Compare two versions of an annotation file, record by record.

    Records are the same where their id is. Verdicts are those on the older captions: one whose caption is now the
    correction that it asked for is carried out, the others on changed captions are stale.

    Exit code: 0 compared, 1 something of --fail-on was found, 2 a file can't be read.
    """
    settings = load_settings()
    with (
        tempfile.TemporaryDirectory(prefix="dfec-diff-") as temporary,
        bar(f"Comparing {old.name}", transient=True) as progress,
    ):
        folder = Path(temporary) / "diff"
        flags_of = caption_checks(settings.checks)[0] if checks else None
        summary = write_diff(old, new, folder, progress, flags_of=flags_of)
        stale = _stale(settings, folder, _named(settings, old, new, dataset, part), database)
        progress.stop()
        if json_:
            _print_json(summary, folder, stale)
        else:
            _print(summary, folder, stale)
    raise typer.Exit(1 if any(_is_found(what, summary, stale) for what in fail_on or ()) else 0)


def _named(settings: Settings, old: Path, new: Path, dataset: str | None, part: str | None) -> tuple[str, str]:
    """The dataset and part whose verdicts are concerned: as one file is declared, else as it would be opened."""
    opened = load_settings(options={"annotations": str(old.absolute())}).datasets[0]
    declared = [(known.name, piece) for known in settings.datasets for piece in known.parts]
    for path in (old, new):
        for name, piece in declared:
            if piece.path.exists() and path.exists() and piece.path.samefile(path):
                return dataset or name, part or piece.name
    return dataset or opened.name, part or opened.parts[0].name


def _stale(settings: Settings, folder: Path, named: tuple[str, str], database: str | None) -> list[StaleVerdict]:
    url = database or settings.database_url
    file = url.removeprefix("sqlite:///")
    if file != url and not Path(file).exists():
        # Nobody has judged anything; to look makes no database.
        return []
    with opened_store(database) as store:
        return stale_verdicts(folder, final_verdicts(store, named[0]), part=named[1])


def _is_found(what: FailOn, summary: DiffSummary, stale: Sequence[StaleVerdict]) -> bool:
    found: Mapping[FailOn, int] = {
        FailOn.ANY: summary.changed,
        FailOn.REJECTED: summary.new.rejected,
        FailOn.STALE: sum(verdict.outcome != "carried-out" for verdict in stale),
        FailOn.NEW_ERRORS: summary.new_errors,
    }
    return bool(found[what] if what in found else summary.counts[what.value])


# ---- for machines


def _print_json(summary: DiffSummary, folder: Path, stale: Sequence[StaleVerdict]) -> None:
    """One object, written piece by piece: its lists may be long."""
    head = asdict(summary) | {"verdicts": _counted(stale), "stale": [asdict(verdict) for verdict in stale]}
    sys.stdout.write(json.dumps(head, ensure_ascii=False)[:-1])
    for name, kind in (("changed", "caption"), ("added", "added"), ("removed", "removed")):
        _write_list(name, (_captions(change) for change in changes(folder, Wanted((kind,)))))
    moved = changes(folder, Wanted((ChangeKind.VIDEO,)))
    _write_list("moved", ({"id": one.id, "before": one.old_video, "after": one.new_video} for one in moved))
    others = changes(folder, Wanted((ChangeKind.FIELDS,)))
    _write_list("other_fields", ({"id": one.id, "fields": [asdict(field) for field in one.fields]} for one in others))
    sys.stdout.write("}\n")


def _write_list(name: str, items: Iterable[dict[str, Any]]) -> None:
    sys.stdout.write(f", {json.dumps(name)}: [")
    for number, item in enumerate(items):
        sys.stdout.write(("," if number else "") + "\n" + json.dumps(item, ensure_ascii=False))
    sys.stdout.write("]")


def _captions(change: RecordChange) -> dict[str, Any]:
    found: dict[str, Any] = {"id": change.id, "source": change.source}
    if change.is_caption_changed:
        found["words"] = compare_words(change.old_caption or "", change.new_caption or "")
        found["events"] = [asdict(event) for event in change.events]
    else:
        found["video"] = change.new_video or change.old_video
        found["caption"] = change.new_caption if change.new_caption is not None else change.old_caption
    return found | {"flags": [asdict(flag) for flag in change.flags]}


def _counted(stale: Iterable[StaleVerdict]) -> dict[str, int]:
    counts = dict.fromkeys(OUTCOMES, 0)
    for verdict in stale:
        counts[verdict.outcome] += 1
    return counts


# ---- for people


def _print(summary: DiffSummary, folder: Path, stale: Sequence[StaleVerdict]) -> None:
    # Text from the files is shown as it is, never read as markup.
    console = Console(markup=False, highlight=False)
    for title, side in (("old", summary.old), ("new", summary.new)):
        console.print(f"{title}: {side.file}: {side.format}, {side.accepted:,} accepted, {side.rejected:,} rejected")
    if not summary.changed:
        console.print(f"All {summary.unchanged:,} records are the same.")
    else:
        console.print(f"{summary.unchanged:,} of {summary.kept:,} records in both files are the same.")
        console.print(_table(summary))
        _print_sums(console, summary, stale)
        _print_captions(console, summary, folder)


def _table(summary: DiffSummary) -> Table:
    table = Table("source", *KIND_TITLES.values(), box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in table.columns[1:]:
        column.justify = "right"
    for source, found in summary.by_source.items():
        table.add_row(source, *(f"{found.get(kind, 0):,}" for kind in KIND_TITLES))
    if len(summary.by_source) > 1:
        table.add_row("all", *(f"{summary.counts[kind]:,}" for kind in KIND_TITLES))
    return table


def _print_sums(console: Console, summary: DiffSummary, stale: Sequence[StaleVerdict]) -> None:
    if sum(summary.events.values()):
        said = ", ".join(f"{number:,} {VERBS[kind]}" for kind, number in summary.events.items())
        console.print(f"facial actions of changed captions: {said}")
    for check, found in summary.flags.items():
        console.print(f"flags of {check}: {found.get('fixed', 0):,} fixed, {found.get('new', 0):,} new")
    if stale:
        said = ", ".join(f"{number:,} {OUTCOMES[outcome]}" for outcome, number in _counted(stale).items() if number)
        console.print(f"verdicts on older captions: {said}")


def _print_captions(console: Console, summary: DiffSummary, folder: Path) -> None:
    titles = {label: action.title for label, action in load_lexicon().actions.items()}
    for number, change in enumerate(changes(folder, Wanted((ChangeKind.CAPTION,)))):
        if number == SHOWN:
            console.print(f"... and {summary.counts['caption'] - SHOWN:,} more; --json lists all")
            return
        console.print()
        console.print(f"{change.id} ({change.source})")
        console.print(_marked(change))
        for event in change.events:
            console.print(f"  {_said(event, titles)}")
        for flag in change.flags:
            console.print(f"  {'new' if flag.is_new else 'fixed'} {flag.severity} {flag.check}: {flag.message}")


def _marked(change: RecordChange) -> Text:
    text = Text("  ")
    pieces = compare_words(change.old_caption or "", change.new_caption or "")
    if all(kind == "same" for kind, _ in pieces):
        return Text("  Only white space differs.")
    for kind, words in pieces:
        core = words.rstrip() if kind != "same" else words
        text.append(SIGNS[kind].format(core), STYLES[kind])
        text.append(words[len(core) :])
    return text


def _said(event: EventChange, titles: Mapping[str, str]) -> str:
    title = titles.get(event.action, event.action)
    if event.kind == "changed":
        return f"changed {title}: {event.before} -> {event.after}"
    return f"{VERBS[event.kind]} {title} ({event.after or event.before})"
