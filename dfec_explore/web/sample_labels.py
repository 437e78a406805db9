"""What the dataset of a clip says of it, in a few words beside the clip."""

from pathlib import Path

from dfec_explore.query.clip_labels import SampleLabel, label_of
from dfec_explore.query.samples import Sample
from dfec_explore.web import cached, coverage
from dfec_explore.web.view import View


def label_words(view: View, sample: Sample) -> list[str]:
    """The dataset's own label of a sample's clip; that none is known is said too."""
    label = _label(view, sample)
    if label is None or not (label.emotions or label.valence is not None):
        return [f"emotion in the path: {sample.emotion}" if sample.emotion else "no emotion in the path"]
    words = []
    if label.emotions:
        where = "the path" if label.file is None else label.file
        words.append(f"the dataset's label: {' + '.join(label.emotions)} ({where})")
    words += _affect("valence", label.valence, label.valence_span)
    words += _affect("arousal", label.arousal, label.arousal_span)
    return [*words, *([f"but {label.conflict}"] if label.conflict else [])]


def _affect(name: str, mean: float | None, span: tuple[float, ...]) -> list[str]:
    if mean is None:
        return []
    between = f" ({span[0]:g} to {span[1]:g})" if span and span[0] != span[1] else ""
    return [f"{name} {mean:+.1f}{between}"]


def _label(view: View, sample: Sample) -> SampleLabel | None:
    if view.opened.folder is None:
        return None
    kept = coverage.labels_file(view)
    if not kept.stamp:
        return None
    return cached.label(
        kept.path,
        kept.stamp,
        sample.source,
        sample.video,
        _read=lambda: label_of(Path(kept.path), sample.source, sample.video),
    )
