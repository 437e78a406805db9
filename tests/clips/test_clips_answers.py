"""The answers of the catalogue on disk: one row read, whatever happens to the file; and what resolve makes of them."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dfec_explore.clips.answers import Answers, write_answers
from dfec_explore.clips.resolve import ClipRoots, resolve
from dfec_explore.errors import ClipError
from dfec_explore.model import Clip, ClipStatus

VIDEO = "DFEW/videos/7.mp4"


def put(path: Path, content: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def stored(file: Path, clip: Clip, video: str = VIDEO) -> Answers:
    write_answers(file, [("DFEW", video, clip)])
    return Answers(file)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(
    video=TEXT,
    clip=st.builds(
        Clip,
        st.sampled_from(ClipStatus),
        st.none() | TEXT.map(Path),
        reason=TEXT,
        frame_rate=st.none() | st.floats(1, 60),
        rule=TEXT,
        places=st.lists(TEXT.map(Path), max_size=3).map(tuple),
        archive=st.none() | TEXT.map(Path),
    ),
)
@settings(max_examples=60, deadline=None)
def test_answers_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, video: str, clip: Clip
) -> None:
    answers = stored(tmp_path_factory.mktemp("answers") / "a b#?.sqlite", clip, video)
    assert answers.get("DFEW", video) == clip
    assert answers.get("MAFW", video) is None
    answers.close()


def test_answers_come_from_the_file_that_is_there_now(tmp_path: Path) -> None:
    file = tmp_path / "answers.sqlite"
    answers = Answers(file)
    assert answers.get("DFEW", VIDEO) is None
    for reason in ("first", "second"):
        write_answers(file, [("DFEW", VIDEO, Clip(ClipStatus.MISSING, None, reason=reason))])
        found = answers.get("DFEW", VIDEO)
        assert found is not None
        assert found.reason == reason
    file.unlink()
    assert answers.get("DFEW", VIDEO) is None


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(200)])
def test_answers_of_a_damaged_file_are_none(tmp_path: Path, content: bytes) -> None:
    assert Answers(put(tmp_path / "answers.sqlite", content)).get("DFEW", VIDEO) is None


def test_answers_stay_where_writing_fails(tmp_path: Path) -> None:
    file = tmp_path / "answers.sqlite"
    answers = stored(file, Clip(ClipStatus.MISSING, None, reason="old"))

    def broken() -> object:
        raise OSError("the disk is gone")
        yield

    with pytest.raises(ClipError, match="the disk is gone"):
        write_answers(file, broken())  # type: ignore[arg-type]
    found = answers.get("DFEW", VIDEO)
    assert found is not None
    assert found.reason == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["answers.sqlite"]


def test_answers_of_a_text_that_no_database_holds_are_none(tmp_path: Path) -> None:
    answers = stored(tmp_path / "answers.sqlite", Clip(ClipStatus.MISSING, None))
    assert answers.get("DFEW", "\udce9.mp4") is None


def test_resolve_takes_the_answer_of_the_catalogue_while_it_holds(tmp_path: Path) -> None:
    path = put(tmp_path / "root" / "a" / "b" / "odd name.mkv")
    answers = stored(tmp_path / "answers.sqlite", Clip(ClipStatus.FOUND, path, rule="by hand"))
    roots = ClipRoots(None, {"DFEW": tmp_path / "root"})
    assert resolve(VIDEO, source="DFEW", roots=roots, answers=answers) == Clip(ClipStatus.FOUND, path, rule="by hand")


@pytest.mark.parametrize("change", ["gone", "emptied", "made a link out", "outside the folders"])
def test_resolve_looks_again_at_what_the_catalogue_found(tmp_path: Path, change: str) -> None:
    path, secret = put(tmp_path / "root" / "videos" / "7.avi"), put(tmp_path / "secret" / "7.mp4")
    roots = ClipRoots(None, {"DFEW": tmp_path / "root"})
    match change:
        case "gone":
            path.unlink()
        case "emptied":
            path.write_bytes(b"")
        case "made a link out":
            path.unlink()
            path.symlink_to(secret)
        case "outside the folders":
            path = secret
    answers = stored(tmp_path / "answers.sqlite", Clip(ClipStatus.FOUND, path, rule="videos/7.mp4"))
    clip = resolve(VIDEO, source="DFEW", roots=roots, answers=answers)
    assert clip.path is None
    assert clip.status is ClipStatus.MISSING
    good = put(tmp_path / "root" / "Clip" / "original" / "part_1" / "7.mp4")
    assert resolve(VIDEO, source="DFEW", roots=roots, answers=answers).path == good


def test_resolve_finds_what_was_unpacked_since_the_scan(tmp_path: Path) -> None:
    answer = Clip(ClipStatus.PACKED, None, reason="It is in x.zip.", archive=tmp_path / "root" / "x.zip")
    answers = stored(tmp_path / "answers.sqlite", answer)
    roots = ClipRoots(None, {"DFEW": tmp_path / "root"})
    clip = resolve(VIDEO, source="DFEW", roots=roots, answers=answers)
    assert (clip.status, clip.reason, clip.archive) == (answer.status, answer.reason, answer.archive)
    assert clip.tried
    path = put(tmp_path / "root" / "videos" / "7.mp4")
    assert resolve(VIDEO, source="DFEW", roots=roots, answers=answers).path == path


def test_resolve_an_ambiguous_clip_is_so_until_one_is_left(tmp_path: Path) -> None:
    places = (put(tmp_path / "part_1" / "7.mp4"), put(tmp_path / "part_2" / "7.mp4"))
    answers = stored(tmp_path / "answers.sqlite", Clip(ClipStatus.AMBIGUOUS, None, reason="2 fit.", places=places))
    roots = ClipRoots(None, {"DFEW": tmp_path})
    assert resolve(VIDEO, source="DFEW", roots=roots, answers=answers).places == places
    places[0].unlink()
    assert resolve(VIDEO, source="DFEW", roots=roots, answers=answers).path == places[1]


def test_resolve_a_refused_path_is_refused_whatever_the_catalogue_says(tmp_path: Path) -> None:
    path = put(tmp_path / "clips" / "7.mp4")
    answers = stored(tmp_path / "answers.sqlite", Clip(ClipStatus.FOUND, path), "../clips/7.mp4")
    roots = ClipRoots(tmp_path / "clips")
    assert resolve("../clips/7.mp4", source="DFEW", roots=roots, answers=answers).path is None
