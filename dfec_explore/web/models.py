"""The models of a dataset as pages know them: declared, uploaded, built in; and their scores once they are there."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from dfec_explore.annotations import fingerprint
from dfec_explore.errors import AnnotationFileError
from dfec_explore.jobs import JobState, Task
from dfec_explore.language import lexicon_hash
from dfec_explore.model import DatasetPart
from dfec_explore.scoring import BASELINES, Counts, Difference, Interval, Scores, compare, intervals, kept_scores
from dfec_explore.scoring.kept import scores_folder, scores_key
from dfec_explore.web import cached, state
from dfec_explore.web.uploads import Upload, content_path, uploads
from dfec_explore.web.view import View

Kind = Literal["declared", "uploaded", "baseline"]
JOB = "dfec_explore.scoring.scoring_job:score_job"


@dataclass(frozen=True, slots=True)
class Model:
    """Something that says a caption of each clip of a part."""

    id: str
    """Names it in addresses: ``declared.NAME``, ``uploaded.NAME``, ``baseline.ID``."""
    name: str
    kind: Kind
    part: DatasetPart
    path: Path | None = None
    """Its file; None for a baseline."""
    baseline: str = ""
    upload: Upload | None = None

    @property
    def is_own(self) -> bool:
        """Whether a model made it."""
        return self.kind != "baseline"


def current_part(view: View) -> DatasetPart:
    """The part whose captions are scored: that of the address, else the test part, else the first."""
    parts = {part.name: part for part in view.dataset.parts}
    return parts.get(state.param("of")) or parts.get("test") or view.dataset.parts[0]


def folder_of_uploads(view: View) -> Path:
    """Where uploads lie; the demo has its own."""
    root = view.services.demo_folder if view.dataset.is_demo else view.services.settings.state_folder
    return root / "predictions"


def models(view: View) -> tuple[Model, ...]:
    """All models of the current part: declared, uploaded, baselines."""
    part, folder = current_part(view), folder_of_uploads(view)
    declared = (
        Model(f"declared.{one.name}", one.name, "declared", part, one.path)
        for one in view.services.settings.models
        if (one.dataset, one.part) == (view.dataset.name, part.name)
    )
    uploaded = (
        Model(f"uploaded.{one.name}", one.name, "uploaded", part, content_path(folder, one.content), upload=one)
        for one in uploads(folder, view.dataset)
        if one.part == part.name
    )
    built_in = (Model(f"baseline.{one.id}", one.title, "baseline", part, baseline=one.id) for one in BASELINES.values())
    return (*declared, *uploaded, *built_in)


def key_of(model: Model) -> str:
    """The key of a model's scores.

    Raises:
        AnnotationFileError: its file, or that of the references, can't be read.
    """
    said = f"baseline:{model.baseline}" if model.path is None else _fingerprint(model.path, _stamp(model.path))
    return scores_key(_fingerprint(model.part.path, _stamp(model.part.path)), said, meteor=False)


def start(view: View, wanted: Sequence[Model], *, again: bool = False) -> JobState:
    """Start scoring models that are not scored, or find the job that does; baselines share one."""
    first = wanted[0]
    settings = view.services.settings
    arguments: dict[str, object] = {
        "references": str(first.part.path),
        "cache": str(settings.cache_folder),
        "lexicon": lexicon_hash(),
    }
    if first.path is None:
        arguments["baselines"] = [model.baseline for model in wanted]
        title = "Score the baselines"
    else:
        arguments["predictions"] = str(first.path)
        title = f"Score {first.name}"
    key = f"score:{key_of(first)}"
    known = view.services.jobs.job(key)
    if known is not None and not again and (not known.state.is_over or known.state.error):
        return known.state
    # One that is done though its scores are gone: the cache was emptied.
    return view.services.jobs.start(Task(key=key, title=title, target=JOB, arguments=arguments), again=True).state


def scores_of(view: View, model: Model) -> tuple[Scores, Counts] | None:
    """The scores of a model; None where they are not there yet, or its file can't be read."""
    try:
        key = key_of(model)
    except AnnotationFileError:
        return None
    folder = scores_folder(view.services.settings.cache_folder, key)
    if not (folder / "about.json").is_file():
        return None
    found = cached.scores(str(folder), _read=lambda: kept_scores(folder))
    if found is None:
        cached.forget_scores()  # Damaged: they are made again, and must be read again then.
    return found


def intervals_of(model: Model, scores: Scores) -> dict[str, Interval]:
    """The intervals of all metrics, worked out once."""
    found: dict[str, Interval] = cached.worked_out(key_of(model), 0, "intervals", (), lambda: intervals(scores))
    return found


def differences(
    first: tuple[Model, Scores], second: tuple[Model, Scores], chosen: npt.NDArray[np.bool_] | None, name: str
) -> dict[str, Difference]:
    """How far two models are apart on the captions that ``name`` names, worked out once."""
    options = (key_of(second[0]), name)
    found: dict[str, Difference] = cached.worked_out(
        key_of(first[0]), 0, "differences", options, lambda: compare(first[1], second[1], chosen, resamples=1000)
    )
    return found


def _stamp(path: Path) -> tuple[int, int]:
    """When a file was changed and how long it is; zeros where it is not there."""
    try:
        facts = path.stat()
    except OSError:
        return 0, 0
    return facts.st_mtime_ns, facts.st_size


@lru_cache(maxsize=256)
def _fingerprint(path: Path, stamp: tuple[int, int]) -> str:
    return fingerprint(path)
