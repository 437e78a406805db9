"""Samples as Review reads them: one at a time, again and again, so what cannot change is read once."""

from dfec_explore.language import analyse
from dfec_explore.model import Clause
from dfec_explore.query.samples import Sample, read_sample, sample_number
from dfec_explore.web import cached
from dfec_explore.web.opening import version_of
from dfec_explore.web.view import View


def index_name(view: View) -> str:
    """Names the open index and its content."""
    folder = view.explorer.database.folder
    return f"{folder.path} {version_of(folder)}"


def sample_at(view: View, number: int) -> Sample | None:
    """The sample with a number, without its verdict; None where there is none."""
    return cached.sample(index_name(view), number, _read=lambda: read_sample(view.explorer, number))


def number_of(view: View, part: str, id_: str) -> int | None:
    """The number of the sample with this id in this part, or None."""
    return cached.number(index_name(view), part, id_, _find=lambda: sample_number(view.explorer, part, id_))


def read_ahead(view: View, sample: Sample) -> None:
    """Read of a sample that comes next what its page will ask for."""
    cached.number(index_name(view), sample.part, sample.id, _find=lambda: sample.sample_no)
    clauses_of(sample)


def clauses_of(sample: Sample) -> tuple[Clause, ...]:
    """The clauses of a sample's caption."""
    return cached.clauses(sample.caption_hash, _cut=lambda: next(iter(analyse([sample.caption]))).clauses)
