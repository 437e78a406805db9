"""Which files are compared on the page Versions, and the comparison: worked out in the background, once for all."""

import hashlib
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dfec_explore.index.folders import known_fingerprint
from dfec_explore.jobs import JobState, JobStatus, Task
from dfec_explore.model import Dataset, DatasetPart
from dfec_explore.release import DiffSummary, StaleVerdict, caption_checks, diff_key, read_summary, stale_verdicts
from dfec_explore.reviews import final_verdicts
from dfec_explore.web import cached, state
from dfec_explore.web.view import View

UPLOAD_MEGABYTES = 50
"""Largest file that the browser may hand over; larger ones are declared, or compared on the command line."""
KEPT_UPLOADS = 20
"""Uploaded files that stay on disk; the oldest go first."""
UPLOADED = re.compile(r"upload:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class VersionFile:
    """A file that can be compared."""

    name: str
    """In the address."""
    title: str
    path: Path
    dataset: Dataset | None = None
    """That declares it; None: it was uploaded."""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two files side by side, as far as the work is."""

    old: VersionFile
    new: VersionFile
    folder: Path
    summary: DiffSummary | None
    """None as long as it is not worked out."""
    job: JobState | None = None
    """The work on it, where there is some."""

    @property
    def dataset(self) -> Dataset | None:
        """The dataset that declares the older file, else the newer one: its verdicts are concerned."""
        return self.old.dataset or self.new.dataset

    @property
    def part(self) -> str:
        """The part of it that the files hold."""
        return self.old.part or self.new.part


def version_files(view: View) -> dict[str, VersionFile]:
    """What can be compared, by name: declared files, those of the shown dataset first, and uploaded ones."""
    datasets = sorted(view.services.datasets, key=lambda dataset: dataset.name != view.dataset.name)
    files = [_declared(dataset, part) for dataset in datasets for part in dataset.parts]
    named = [*state.get("uploads", []), state.param("old"), state.param("new")]
    uploaded = (_uploaded(view, name) for name in dict.fromkeys(named))
    return {file.name: file for file in (*files, *(file for file in uploaded if file))}


def _declared(dataset: Dataset, part: DatasetPart) -> VersionFile:
    title = f"{dataset.name} · {part.name} ({part.path.name})"
    return VersionFile(f"{dataset.name}/{part.name}", title, part.path, dataset, part.name)


def keep_upload(view: View, name: str, content: bytes) -> str:
    """Keep a file that was handed over by the browser; returns its name in the address.

    Args:
        view: the page.
        name: as the browser calls it; only letters, digits, dots and dashes of it are kept.
        content: its bytes, which alone name the folder that it lies in.
    """
    digest = hashlib.sha256(content).hexdigest()
    folder = _uploads(view) / digest
    if not folder.is_dir():
        building = folder.with_name(f".{digest}.partial")
        building.mkdir(parents=True, exist_ok=True)
        (building / (re.sub(r"[^\w.-]+", "-", name, flags=re.ASCII).strip(".-")[-80:] or "file")).write_bytes(content)
        building.replace(folder)
    kept = sorted((path for path in _uploads(view).iterdir() if path.is_dir()), key=lambda path: -path.stat().st_mtime)
    for old in kept[KEPT_UPLOADS:]:
        shutil.rmtree(old, ignore_errors=True)
    state.put("uploads", list(dict.fromkeys([*state.get("uploads", []), f"upload:{digest}"])))
    return f"upload:{digest}"


def _uploads(view: View) -> Path:
    return view.services.settings.cache_folder / "uploads"


def _uploaded(view: View, name: str) -> VersionFile | None:
    found = UPLOADED.fullmatch(name)
    path = next(iter((_uploads(view) / found[1]).glob("*")), None) if found else None
    return VersionFile(name, f"Uploaded: {path.name}", path) if path is not None else None


def compare(view: View, old: VersionFile, new: VersionFile, *, again: bool = False) -> Comparison:
    """Two files side by side; starts working it out where nobody has.

    Raises:
        AnnotationFileError: a file can't be read.
        SettingError: a check that the settings name is not known.
    """
    cache = view.services.settings.cache_folder
    settings = view.services.settings.checks
    _, checks = caption_checks(settings)
    key = diff_key(known_fingerprint(old.path, cache), known_fingerprint(new.path, cache), checks=checks)
    folder = cache / "diffs" / key
    if (summary := read_summary(folder)) is not None:
        return Comparison(old, new, folder, summary)
    known = view.services.jobs.job(f"diff:{key}")
    if known is not None and not again and known.state.status is not JobStatus.DONE:
        return Comparison(old, new, folder, None, known.state)
    task = Task(
        key=f"diff:{key}",
        title=f"Compare {old.path.name} with {new.path.name}",
        target="dfec_explore.release.diff_files:write_diff_job",
        arguments={
            **{"old": str(old.path), "new": str(new.path), "folder": str(folder)},
            **{"off": list(settings.off), "limits": {name: dict(one) for name, one in settings.limits.items()}},
        },
    )
    return Comparison(old, new, folder, None, view.services.jobs.start(task, again=True).state)


def compare_again(view: View, old: VersionFile, new: VersionFile) -> None:
    """Work it out anew. For callbacks."""
    compare(view, old, new, again=True)


def verdicts_of(view: View, found: Comparison) -> tuple[StaleVerdict, ...]:
    """The verdicts on captions that the newer file does not have any more.

    Raises:
        StoreError: the store can't be read.
    """
    dataset = found.dataset or view.dataset
    part = found.part or dataset.parts[0].name
    store = view.services.store(dataset)

    def work() -> tuple[StaleVerdict, ...]:
        return tuple(stale_verdicts(found.folder, final_verdicts(store, dataset.name), part=part))

    options = (dataset.name, part)
    verdicts: tuple[StaleVerdict, ...] = cached.worked_out(
        str(found.folder), store.last_sequence(), "stale verdicts", options, _work=work
    )
    return verdicts


def review_params(
    view: View, found: Comparison, id_: str, *, is_in_old: bool, is_in_new: bool
) -> Mapping[str, list[str]] | None:
    """The parameters of a link to Review for one record; None where no declared file has it."""
    sides = ((found.new, is_in_new), (found.old, is_in_old))
    file = next((file for file, has_it in sides if has_it and file.dataset is not None), None)
    if file is None or file.dataset is None:
        return None
    params = {"in": [file.part], "sample": [id_], "queue": ["all"]}
    return params | ({"dataset": [file.dataset.name]} if len(view.services.datasets) > 1 else {})
