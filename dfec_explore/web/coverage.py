"""Which clips are on disk: a survey in the background, and what the pages show of it."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from dfec_explore.clips.advising import Advice, read_advice
from dfec_explore.clips.resolve import places_tried
from dfec_explore.demo import demo_folder_ready
from dfec_explore.jobs import JobState, Task
from dfec_explore.query import clip_facts
from dfec_explore.query.clip_health import FactsFile
from dfec_explore.query.clip_labels import LabelsFile
from dfec_explore.query.database import OWN_LABELS
from dfec_explore.web.media import answers_file
from dfec_explore.web.view import View

COLUMNS = {
    "title": "Source",
    "samples": "Samples",
    "share": "Playable",
    "found": "Found",
    "substitute": "Substitute",
    "ambiguous": "Ambiguous",
    "packed": "In an archive",
    "missing": "Missing",
    "unreadable": "Unreadable",
    "minutes": "Minutes",
}
PROBLEM_COLUMNS = {
    "sample": "Sample",
    "title": "Source",
    "review": "Review",
    "status": "Status",
    "reason": "Reason",
    "tried": "Places tried",
    "video": "Path in the file",
}
MOST_TRIED = 12
"""Places that are listed for a sample."""


@dataclass(frozen=True, slots=True)
class Files:
    """What the survey of one dataset's clips writes."""

    wanted: Path
    facts: Path
    answers: Path
    advice: Path
    labels: Path
    scans: Path


def files(view: View) -> Files:
    """Where the survey of this dataset keeps what it found."""
    assert view.opened.folder is not None
    facts = view.services.settings.cache_folder / "clips" / f"{view.opened.folder.path.parent.name}.parquet"
    answers = answers_file(view.services, view.dataset)
    return Files(
        wanted=facts.with_suffix(".jsonl"),
        facts=facts,
        answers=answers,
        advice=answers.with_suffix(".json"),
        labels=facts.with_suffix(".labels.parquet"),
        scans=facts.with_name("scans"),
    )


def has_folders(view: View) -> bool:
    """Whether a clip folder is configured."""
    roots = view.services.roots(view.dataset)
    return roots.parent is not None or bool(roots.by_source)


def survey(view: View, *, again: bool = False) -> JobState | None:
    """Start (or find) the job that surveys the clips of the dataset; None where there is nothing to look at yet.

    Without any folder it still tells which archives of the datasets hold the clips.
    """
    if view.opened.folder is None:
        return None
    if view.dataset.is_demo and not _is_drawn(view):
        return None
    key = f"clips:{view.opened.folder.path}"
    known = view.services.jobs.job(key)
    if known is not None and not again:
        return known.state
    kept = files(view)
    kept.facts.parent.mkdir(parents=True, exist_ok=True)
    clip_facts.write_clip_list(view.explorer, kept.wanted)
    roots = view.services.roots(view.dataset)
    arguments = {
        "clips": str(kept.wanted),
        "facts": str(kept.facts),
        "answers": str(kept.answers),
        "scans": str(kept.scans),
        "advice": str(kept.advice),
        "labels": str(kept.labels),
        "pictures": str(view.services.settings.cache_folder / "pictures"),
        "max_bytes": view.services.settings.cache_megabytes * 1_000_000,
        "parent": str(roots.parent) if roots.parent else None,
        "by_source": {source: str(path) for source, path in roots.by_source.items()},
    }
    task = Task(
        key=key,
        title=f"Look at the clips of {view.dataset.name}",
        target="dfec_explore.clips.surveying:survey_clips",
        arguments=arguments,
    )
    return view.services.jobs.start(task, again=again).state


def _is_drawn(view: View) -> bool:
    done, total = demo_folder_ready(view.services.demo_folder)
    return done == total


def survey_again(view: View) -> None:
    """Look at every clip anew. For callbacks."""
    survey(view, again=True)


def facts_file(view: View) -> FactsFile:
    """The table of clip facts as it is now."""
    return FactsFile(str(files(view).facts), _stamp(files(view).facts))


def has_changed(facts: FactsFile) -> bool:
    """Whether the table of clip facts has been written since it was looked at."""
    return _stamp(Path(facts.path)) != facts.stamp


def labels_file(view: View) -> LabelsFile:
    """The table of labels as it is now."""
    return LabelsFile(str(files(view).labels), _stamp(files(view).labels))


def bring_labels(view: View) -> bool:
    """Bring the datasets' own labels to the open index, where they are another state of them than what it has.

    Returns:
        Whether there are any; not before a survey has read them.
    """
    kept = labels_file(view)
    database = view.explorer.database
    if database.labels_stamp != kept.stamp:
        database.set_labels(kept.table(OWN_LABELS.names)["labels"], stamp=kept.stamp)
    return bool(kept.stamp)


def _stamp(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def counts(view: View) -> pd.DataFrame:
    """Samples by source and clip status: see ``query.clip_facts.coverage``."""
    return clip_facts.coverage(view.explorer, files(view).facts)


def table(frame: pd.DataFrame) -> pd.DataFrame:
    """The counts, named for readers, with the share of the samples whose clip can be shown, in percent."""
    named = frame.assign(
        minutes=(frame["seconds"] / 60).round(1),
        share=100 * (frame["found"] + frame["substitute"]) / frame["samples"],
    )
    return named[list(COLUMNS)].rename(columns=COLUMNS)


def advice(view: View) -> dict[str, Advice]:
    """What would help each source, by its id."""
    return read_advice(files(view).advice)


def problem_words(view: View) -> list[str]:
    """What the last survey found that needs attention, in words; nothing where no clips were looked for yet."""
    if view.dataset.is_demo or not has_folders(view) or not files(view).facts.is_file():
        return []
    sums = counts(view)[["missing", "packed", "unreadable", "ambiguous"]].sum()
    words = {
        "missing": "are missing",
        "packed": "lie in archives",
        "unreadable": "can't be read",
        "ambiguous": "have several candidates",
    }
    return [f"{int(sums[status]):,} clips {text}" for status, text in words.items() if sums[status]]


def problems(view: View, *, statuses: tuple[str, ...], source: str | None, limit: int) -> clip_facts.Problems:
    """Samples whose clip is not simply there, with the places that were tried (``tried``, a list)."""
    found = clip_facts.problems(view.explorer, files(view).facts, statuses=statuses, source=source, limit=limit)
    roots = view.services.roots(view.dataset)
    tried = [
        [str(place) for place in places_tried(video, source=own, roots=roots)[:MOST_TRIED]]
        for own, video in zip(found.samples["source"], found.samples["video"], strict=True)
    ]
    return clip_facts.Problems(found.samples.assign(tried=pd.Series(tried, dtype=object)), found.total)
