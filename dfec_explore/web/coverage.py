"""Which clips are on disk: a scan in the background, and its table for the page."""

from pathlib import Path

import pandas as pd

from dfec_explore.jobs import JobState, Task
from dfec_explore.query import clip_facts
from dfec_explore.web.media import answers_file
from dfec_explore.web.view import View

COLUMNS = {
    "title": "Source",
    "samples": "Samples",
    "found": "Found",
    "substitute": "Substitute",
    "ambiguous": "Ambiguous",
    "packed": "In an archive",
    "missing": "Missing",
    "unreadable": "Unreadable",
    "minutes": "Minutes",
}


def facts_file(view: View) -> Path:
    """Where the probe of this dataset keeps what it found."""
    assert view.opened.folder is not None
    return view.services.settings.cache_folder / "clips" / f"{view.opened.folder.path.parent.name}.parquet"


def scan(view: View, *, again: bool = False) -> JobState:
    """Start (or find) the job that looks for every clip of the dataset."""
    assert view.opened.folder is not None
    key = f"clips:{view.opened.folder.path}"
    known = view.services.jobs.job(key)
    if known is not None and not again:
        return known.state
    facts = facts_file(view)
    facts.parent.mkdir(parents=True, exist_ok=True)
    wanted = facts.with_suffix(".jsonl")
    clip_facts.write_clip_list(view.explorer, wanted)
    roots = view.services.roots(view.dataset)
    arguments = {
        "clips": str(wanted),
        "facts": str(facts),
        "parent": str(roots.parent) if roots.parent else None,
        "by_source": {source: str(path) for source, path in roots.by_source.items()},
        "answers": str(answers_file(view.services, view.dataset)),
        "scans": str(facts.with_name("scans")),
    }
    task = Task(
        key=key,
        title=f"Look for the clips of {view.dataset.name}",
        target="dfec_explore.clips.probing:probe_clips",
        arguments=arguments,
    )
    return view.services.jobs.start(task, again=again).state


def scan_again(view: View) -> None:
    """Look for every clip anew. For callbacks."""
    scan(view, again=True)


def table(view: View) -> pd.DataFrame:
    """Samples by source and clip status, named for readers."""
    frame = clip_facts.coverage(view.explorer, facts_file(view))
    frame["minutes"] = (frame["seconds"] / 60).round(1)
    return frame[list(COLUMNS)].rename(columns=COLUMNS)


def problem_words(view: View) -> list[str]:
    """What the last scan found that needs attention, in words; nothing where no clips were looked for yet."""
    facts = facts_file(view)
    if not facts.is_file() or view.dataset.is_demo:
        return []
    counts = clip_facts.coverage(view.explorer, facts)[["missing", "unreadable", "ambiguous"]].sum()
    words = {"missing": "are missing", "unreadable": "can't be read", "ambiguous": "have several candidates"}
    return [f"{int(counts[status]):,} clips {text}" for status, text in words.items() if counts[status]]


def problems(view: View) -> pd.DataFrame:
    """Samples whose clip can't be shown, named for readers."""
    frame = clip_facts.not_playable(view.explorer, facts_file(view))
    return frame.rename(columns=str.capitalize)
