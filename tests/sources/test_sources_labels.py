"""Labels that come with the datasets: read where they are, told apart where they disagree, never a reason to fail."""

import json
import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dfec_explore.sources import Labels, clip_name, path_label, read_labels
from dfec_explore.sources.label_files import UnreadLabels, label_files, read_affect, read_label_file, read_landmarks


def put(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def emotions(labels: Labels) -> dict[str, tuple[str, ...]]:
    return {clip: label.emotions for clip, label in labels.by_clip.items()}


def affect(clip: str = "012", frames: int = 3) -> dict[str, object]:
    landmarks = [[float(point), 2.5] for point in range(68)]
    one = {f"{n:05d}": {"valence": -10 + n, "arousal": n / 2, "landmarks": landmarks} for n in range(frames)}
    return {"actor": "Jane Doe", "video_id": clip, "frames": one}


@pytest.mark.parametrize(
    ("video", "name"),
    [
        ("AFEW-VA/videos/012.mp4", "012"),
        ("CAER_mp4/train/Happy/0932.mp4", "train/Happy/0932"),
        ("DFEW/videos/2961.mp4", "2961"),
        ("FERV39k/videos/0_7_LabelClips_War_Fear_0010.mp4", "War/Fear/0010"),
        ("MAFW/videos/00246.mp4", "00246"),
        ("MER24/video-labeled/sample_00000253.mp4", "sample_00000253"),
        ("RAVDESS/data/Actor_24/01-02-04-02-01-02-24.mp4", "01-02-04-02-01-02-24"),
        ("DFEW/other/1.mp4", None),
        ("Team/1.mp4", None),
    ],
)
def test_labels_name_a_clip_as_its_source_does(video: str, name: str | None) -> None:
    assert clip_name(video) == name


@pytest.mark.parametrize(
    ("video", "emotion"),
    [
        ("CAER_mp4/train/Happy/0932.mp4", "happiness"),
        ("FERV39k/videos/0_7_LabelClips_War_Angry_0010.mp4", "anger"),
        ("RAVDESS/data/Actor_24/01-02-04-02-01-02-24.mp4", "sadness"),
        ("DFEW/videos/2961.mp4", None),
    ],
)
def test_labels_are_in_the_path_of_some_sources(video: str, emotion: str | None) -> None:
    label = path_label(video)
    assert (label.emotion if label else None) == emotion
    assert Labels(video.split("/")[0]).of(video) == label


def test_labels_of_dfew_are_in_its_splits(tmp_path: Path) -> None:
    put(tmp_path / "EmoLabel_DataSplit/train(single-labeled)/set_1.csv", "video_name,label\r\n11,1\r\n00900,7\r\n")
    put(tmp_path / "EmoLabel_DataSplit/test(single-labeled)/set_1.csv", "video_name,label\n1601,6\n")
    labels = read_labels("DFEW", tmp_path)
    assert emotions(labels) == {"11": ("happiness",), "900": ("fear",), "1601": ("disgust",)}
    label = labels.of("DFEW/videos/1601.mp4")
    assert label is not None
    assert (label.emotion, label.file) == ("disgust", tmp_path / "EmoLabel_DataSplit/test(single-labeled)/set_1.csv")
    assert labels.of("DFEW/videos/12.mp4") is None


def test_labels_of_dfew_saved_from_its_spreadsheet_leave_clips_without_a_single_label_out(tmp_path: Path) -> None:
    header = "1happy,2sad,3neutral,4angry,5surprise,6disgust,7fear,clip name,annotation\n"
    put(tmp_path / "Annotation/annotation.csv", "\ufeff" + header + "9,1,0,0,0,0,0,1.mp4,1\n3,3,4,0,0,0,0,2.mp4,0\n")
    assert emotions(read_labels("DFEW", tmp_path)) == {"1": ("happiness",)}


def test_labels_of_mafw_are_numbers_or_words_single_or_compound(tmp_path: Path) -> None:
    put(tmp_path / "Train & Test Set/single/no_caption/set_1/train.txt", "00019.mp4 5\n00020.mp4 happiness\n")
    put(tmp_path / "Train & Test Set/compound/no_caption/set_1/test.txt", "00021.mp4 anger_sadness\n")
    gbk = "00022.mp4\t7\t他睁大眼睛\tHe opens his eyes.\n".encode("gb18030")
    put(tmp_path / "Train & Test Set/single/with_caption/set_1/train.txt", gbk)
    labels = read_labels("MAFW", tmp_path)
    assert emotions(labels) == {"00019": ("neutral",), "00020": ("happiness",), "00022": ("surprise",)}
    compound = labels.of("MAFW/videos/00021.mp4")
    assert compound is not None
    assert (compound.emotions, compound.emotion) == (("anger", "sadness"), None)
    assert labels.conflicts == []


def test_labels_of_mafw_saved_from_its_spreadsheets(tmp_path: Path) -> None:
    put(tmp_path / "Labels/single-set.csv", "clip,anger,disgust,single_label\n00246.mp4,0.9,0.1,1\n")
    put(tmp_path / "Labels/multi-set.csv", 'clip,anger,multi_label\n00246.mp4,0.9,"1,2"\n')
    labels = read_labels("MAFW", tmp_path)
    assert emotions(labels) == {"00246": ("anger",)}
    assert labels.compounds["00246"].emotions == ("anger", "disgust")


def test_labels_of_mer2024_have_an_emotion_and_a_valence(tmp_path: Path) -> None:
    put(tmp_path / "label-disdim.csv", "name,discrete,valence\nsample_00000253,worried,-1.5\nsample_00000254,happy,\n")
    labels = read_labels("MER24", tmp_path)
    label = labels.of("MER24/video-labeled/sample_00000253.mp4")
    assert label is not None
    assert (label.emotion, label.valence) == ("worry", -1.5)
    assert labels.by_clip["sample_00000254"].valence is None


def test_labels_of_afew_va_are_by_frame(tmp_path: Path) -> None:
    file = put(tmp_path / "012" / "012.json", json.dumps(affect()))
    put(tmp_path / "01" / "013" / "013.json", json.dumps(affect("013")))
    labels = read_labels("AFEW-VA", tmp_path)
    assert labels.by_clip.keys() == {"012", "013"}
    label = labels.of("AFEW-VA/videos/012.mp4")
    assert label is not None
    assert label.affect is not None
    assert (label.actor, label.file, label.emotion) == ("Jane Doe", file, None)
    assert label.affect.frames == ("00000", "00001", "00002")
    assert label.affect.valence == (-10, -9, -8)
    assert label.affect.arousal == (0, 0.5, 1)
    assert labels.problems == []


def test_labels_of_afew_va_have_their_frames_in_numeric_order(tmp_path: Path) -> None:
    record = affect(frames=1)
    record["frames"] = {name: record["frames"]["00000"] for name in ("10", "9", "1")}  # type: ignore[index]
    row = read_affect(json.dumps(record).encode(), tmp_path / "012.json")
    assert row.affect is not None
    assert row.affect.frames == ("1", "9", "10")


def test_labels_of_afew_va_have_68_landmarks_for_each_frame(tmp_path: Path) -> None:
    found = read_landmarks(put(tmp_path / "012.json", json.dumps(affect())))
    assert {name: (len(points), points[67]) for name, points in found.items()} == {
        f"0000{n}": (68, (67.0, 2.5)) for n in range(3)
    }


POINTS = [[float(point), 2.5] for point in range(68)]
NO_LANDMARKS = "00001) is without 68 landmarks; motion is measured in the whole picture."


@pytest.mark.parametrize(
    ("frame", "counts", "told"),
    [
        ({"valence": 1, "arousal": 2, "landmarks": None}, True, NO_LANDMARKS),
        ({"valence": 1, "arousal": 2}, True, NO_LANDMARKS),
        ({"valence": 1, "arousal": 2, "landmarks": POINTS[:67]}, True, NO_LANDMARKS),
        ({"valence": 1, "arousal": 2, "landmarks": [*POINTS, [1, 2]]}, True, NO_LANDMARKS),
        ({"valence": 1, "arousal": 2, "landmarks": [*POINTS[:67], [None, 2]]}, True, NO_LANDMARKS),
        ({"valence": 1, "arousal": 2, "landmarks": [*POINTS[:67], [1, 2, 3]]}, True, NO_LANDMARKS),
        ({"valence": None, "arousal": 2, "landmarks": POINTS}, False, "00001) is without valence and arousal from"),
        ({"valence": 11, "arousal": 2, "landmarks": POINTS}, False, "00001) is without valence and arousal from"),
        ({"arousal": 2, "landmarks": POINTS}, False, "00001) is without valence and arousal from"),
        (None, False, "00001) is without valence and arousal from"),
    ],
)
def test_labels_of_afew_va_lose_no_more_than_what_is_wrong(
    tmp_path: Path, frame: object, counts: bool, told: str
) -> None:
    record = affect()
    record["frames"]["00001"] = frame  # type: ignore[index]
    file = put(tmp_path / "012" / "012.json", json.dumps(record))
    labels = read_labels("AFEW-VA", tmp_path)
    found = labels.by_clip["012"].affect
    assert found is not None
    assert found.frames == (("00000", "00001", "00002") if counts else ("00000", "00002"))
    assert labels.files == [file]
    assert told in labels.problems[0]
    assert labels.problems[0].startswith("012.json: 1 of 3 frames (")
    marked = isinstance(frame, dict) and frame.get("landmarks") == POINTS
    assert set(read_landmarks(file)) == {"00000", "00002"} | ({"00001"} if marked else set())


@pytest.mark.parametrize("actor", [None, 7, "x" * 1000, ""])
def test_labels_of_afew_va_do_without_the_actor(tmp_path: Path, actor: object) -> None:
    row = read_affect(json.dumps(affect() | {"actor": actor}).encode(), tmp_path / "012.json")
    assert row.actor is None
    assert row.affect is not None
    assert len(row.affect.frames) == 3


def test_labels_of_afew_va_tell_of_frames_that_are_not_those_beside_them(tmp_path: Path) -> None:
    for number in range(4):
        put(tmp_path / "012" / f"{number:05d}.png", "picture")
    put(tmp_path / "012" / "012.json", json.dumps(affect()))
    assert read_labels("AFEW-VA", tmp_path).problems == [
        "012.json: it says nothing of 1 of the 4 frames beside it, as 00003; motion is measured in the whole picture."
    ]
    for number in (1, 3):
        (tmp_path / "012" / f"{number:05d}.png").unlink()
    labels = read_labels("AFEW-VA", tmp_path)
    assert labels.problems == ["012.json: 1 of the 3 frames that it names are not beside it, as 00001."]
    assert labels.by_clip["012"].affect is not None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"[" * 100_000,
        b'{"frames": 3}',
        b'{"frames": {"0": {"valence": 11, "arousal": 0}}}',
        b'{"frames": {"0": {"valence": NaN, "arousal": 0}}}',
        b'{"frames": {"0": {"valence": 1}}}',
        b"\xff\xfe",
    ],
)
def test_labels_that_are_no_valence_and_arousal_are_told_of(tmp_path: Path, content: bytes) -> None:
    put(tmp_path / "012" / "012.json", content)
    labels = read_labels("AFEW-VA", tmp_path)
    assert labels.by_clip == {}
    assert len(labels.problems) == 1
    assert labels.problems[0].startswith("012.json is no list of valence and arousal")


def test_labels_that_disagree_are_told_of_and_the_first_counts(tmp_path: Path) -> None:
    first = put(tmp_path / "EmoLabel_DataSplit/train(single-labeled)/set_1.csv", "video_name,label\n11,1\n12,2\n")
    other = put(tmp_path / "EmoLabel_DataSplit/train(single-labeled)/set_2.csv", "video_name,label\n11,2\n12,2\n")
    labels = read_labels("DFEW", tmp_path)
    assert labels.files == [first, other]
    (conflict,) = labels.conflicts
    assert (conflict.clip, conflict.first.emotion, conflict.other.emotion) == ("11", "happiness", "sadness")
    assert (conflict.first.file, conflict.other.file) == (first, other)
    assert labels.by_clip["11"].emotion == "happiness"


@pytest.mark.parametrize("below", ["", "Clip", "Clip/original", "Clip/original/part_1"])
def test_labels_are_found_whichever_folder_of_the_dataset_is_configured(tmp_path: Path, below: str) -> None:
    put(tmp_path / "DFEW/EmoLabel_DataSplit/train(single-labeled)/set_1.csv", "video_name,label\n11,1\n")
    (tmp_path / "DFEW" / "Clip" / "original" / "part_1").mkdir(parents=True)
    assert emotions(read_labels("DFEW", tmp_path / "DFEW" / below)) == {"11": ("happiness",)}
    assert emotions(read_labels("DFEW", tmp_path)) == {"11": ("happiness",)}


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "video_name\n11\n", "\0", "x" * 200_000 + ",label\n"])
def test_labels_of_a_table_without_the_columns_are_told_of(tmp_path: Path, content: str) -> None:
    put(tmp_path / "label" / "single_trainset_1.csv", content)
    labels = read_labels("DFEW", tmp_path)
    assert labels.by_clip == {}
    assert len(labels.problems) == 1


@pytest.mark.parametrize("row", ["x,1", "11,9", "11,", ",1", "11,Happy Feet", "../11,1", "1１,1", "11"])
def test_labels_of_rows_that_name_no_clip_or_no_emotion_are_left_out(tmp_path: Path, row: str) -> None:
    put(tmp_path / "label" / "single_trainset_1.csv", f"clip,label\n{row}\n12,1\n")
    assert emotions(read_labels("DFEW", tmp_path)) == {"12": ("happiness",)}


def test_labels_of_nothing_are_none(tmp_path: Path) -> None:
    for source in ("AFEW-VA", "CAER_mp4", "DFEW", "MAFW", "MER24", "Team"):
        labels = read_labels(source, tmp_path / "gone")
        assert (labels.by_clip, labels.problems, labels.files) == ({}, [], [])


@pytest.mark.parametrize("kind", ["fifo", "link", "folder"])
def test_labels_are_not_read_from_what_is_no_regular_file(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "DFEW" / "label" / "single_trainset_1.csv"
    place.parent.mkdir(parents=True)
    match kind:
        case "fifo":
            os.mkfifo(place)
        case "link":
            place.symlink_to(put(tmp_path / "secret.csv", "clip,label\n1,1\n"))
        case "folder":
            place.mkdir()
    assert list(label_files("DFEW", tmp_path / "DFEW")) == []
    with pytest.raises(UnreadLabels):
        list(read_label_file("DFEW", place))


SAMPLES = {
    "AFEW-VA": ("012/012.json", json.dumps(affect(frames=2)).encode()),
    "DFEW": ("label/single_trainset_1.csv", b"clip,label\n11,1\n12,2\n13,3\n"),
    "MAFW": ("caption-label/single_label.txt", "00019.mp4 5 他 He\n00020.mp4 1 他 He\n".encode()),
    "MER24": ("label-disdim.csv", b"name,discrete,valence\nsample_00000253,worried,-1.5\n"),
}


@pytest.mark.parametrize("source", SAMPLES)
def test_labels_of_damaged_files_are_read_in_part_or_told_of_but_never_raise(tmp_path: Path, source: str) -> None:
    name, content = SAMPLES[source]
    chance = random.Random(source)
    for _ in range(150):
        damaged = bytearray(content)
        for _ in range(chance.randrange(1, 6)):
            start = chance.randrange(len(damaged) + 1)
            damaged[start : start + chance.randrange(4)] = chance.randbytes(chance.randrange(4))
        put(tmp_path / name, bytes(damaged))
        labels = read_labels(source, tmp_path)
        assert len(labels.files) + bool(labels.problems) >= 1


@given(content=st.binary(max_size=300))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("source", SAMPLES)
def test_labels_of_any_bytes_are_read_or_told_of(tmp_path: Path, source: str, content: bytes) -> None:
    put(tmp_path / SAMPLES[source][0], content)
    labels = read_labels(source, tmp_path)
    assert len(labels.files) + bool(labels.problems) >= 1
