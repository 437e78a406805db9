"""Uploaded predictions: kept once for each content, listed by name, taken away without harm to others."""

from pathlib import Path

from dfec_explore.model import Dataset
from dfec_explore.web import uploads

SET = Dataset("DFEC", ())


def keep(folder: Path, name: str, content: bytes = b"[1]", dataset: str = "DFEC") -> uploads.Upload:
    return uploads.keep(folder, content, file="f.json", name=name, dataset=dataset, part="test")


def names(folder: Path) -> list[str]:
    return [one.name for one in uploads.uploads(folder, SET)]


def test_uploads_of_one_content_share_it_and_go_one_by_one(tmp_path: Path) -> None:
    first, second = keep(tmp_path, "A"), keep(tmp_path, "B")
    assert first.content == second.content
    assert len(list(tmp_path.glob("*.predictions"))) == 1
    uploads.forget(tmp_path, first)
    assert names(tmp_path) == ["B"]
    assert uploads.content_path(tmp_path, second.content).read_bytes() == b"[1]"
    uploads.forget(tmp_path, second)
    assert list(tmp_path.iterdir()) == []


def test_uploads_of_one_name_replace_each_other(tmp_path: Path) -> None:
    keep(tmp_path, "A", b"[1]")
    keep(tmp_path, "A", b"[2]")
    (kept,) = uploads.uploads(tmp_path, SET)
    assert uploads.content_path(tmp_path, kept.content).read_bytes() == b"[2]"
    assert len(list(tmp_path.glob("*.predictions"))) == 1


def test_uploads_belong_to_their_dataset_and_no_name_is_a_path(tmp_path: Path) -> None:
    keep(tmp_path / "in", "../../evil")
    keep(tmp_path / "in", "C", dataset="Other")
    assert names(tmp_path / "in") == ["../../evil"]
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
    assert all(path.suffix in (".json", ".predictions") for path in (tmp_path / "in").iterdir())


def test_uploads_half_written_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{", encoding="utf-8")
    assert names(tmp_path) == []
    assert names(tmp_path / "nowhere") == []
