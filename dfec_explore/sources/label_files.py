"""The label files that come with the datasets: where they lie, and how each kind is read."""

import csv
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from dfec_explore.sources.affect import Affect, Landmarks, UnreadAffect, parse_affect, parse_landmarks
from dfec_explore.sources.registry import emotion_words, registry
from dfec_explore.sources.workbooks import UnreadWorkbook, workbook_rows

MAX_BYTES = 64 * 2**20
"""A longer file is no list of labels."""
MAX_FILES = 5_000
ABOVE = 3
"""Levels above a clip folder that labels are looked for in: a root may be the folder of the clips itself."""

_LABELS: Mapping[str, tuple[str, ...]] = {
    "AFEW-VA": ("*/*.json", "*/*/*.json"),
    "DFEW": (
        "EmoLabel_DataSplit/*/set_*.csv",
        "label/single_*.csv",
        "Annotation/annotation.csv",
        "Annotation/annotation.xlsx",
    ),
    "MAFW": (
        "Train & Test Set/*/*/set_*/*.txt",
        "split/*/*/set_*/*.txt",
        "caption-label/*_label.txt",
        "Labels/single-set.csv",
        "Labels/multi-set.csv",
        "Labels/single-set.xlsx",
        "Labels/multi-set.xlsx",
    ),
    "MER24": ("label-disdim.csv", "track1_train_disdim.csv"),
}
"""Where the label files of a source lie, relative to its folder."""
_PICTURES = (".png", ".jpg", ".jpeg")


class UnreadLabels(Exception):
    """A label file cannot be read; the text is a sentence for a person."""


@dataclass(frozen=True, slots=True)
class LabelRow:
    """What one file says of one clip."""

    clip: str
    """The source's own name of the clip."""
    emotions: tuple[str, ...] = ()
    """In the project's words; several where the label is a compound."""
    valence: float | None = None
    affect: Affect | None = None
    actor: str | None = None
    problems: tuple[str, ...] = ()
    """Sentences about parts of the file that do not count."""


def label_files(source: str, root: Path) -> Iterator[Path]:
    """Yield the label files of a source: under its folder, one level below it, and beside the folders above it."""
    starts = [root, *_subfolders(root), *root.absolute().parents[:ABOVE]]
    if source == "AFEW-VA":
        starts = [root]  # They lie with the frames.
    seen: set[Path] = set()
    for start in starts:
        for pattern in _LABELS.get(source, ()):
            for file in _matching(start, pattern.split("/")):
                if file not in seen and len(seen) < MAX_FILES:
                    seen.add(file)
                    yield file


def read_label_file(source: str, file: Path) -> Iterator[LabelRow]:
    """Read what a label file says, row by row; rows that say nothing of a clip are left out.

    Raises:
        UnreadLabels: it cannot be read, or holds something else.
    """
    content = _content(file)
    match source, file.suffix.lower():
        case "AFEW-VA", _:
            yield read_affect(content, file)
        case "MAFW", ".txt":
            yield from _mafw_lines(content)
        case _, ".xlsx":
            yield from _table(source, _workbook_rows(content, file), file)
        case _:
            yield from _table(source, _csv_rows(content, file), file)


def read_affect(content: bytes, file: Path) -> LabelRow:
    """Read the valence and arousal of a clip's frames: see ``affect``.

    Args:
        content: of the file.
        file: its name is the clip's, and stands in errors.

    Raises:
        UnreadLabels: it holds something else.
    """
    try:
        found = parse_affect(content)
    except UnreadAffect as error:
        raise UnreadLabels(f"{file.name} is no list of valence and arousal: {error}.") from error
    problems = (*found.problems, *_unlike(found.names, file.parent))
    return LabelRow(
        file.stem,
        affect=found.affect,
        actor=found.actor,
        problems=tuple(f"{file.name}: {problem}." for problem in problems),
    )


def read_landmarks(file: Path) -> dict[str, Landmarks]:
    """Read the landmarks of a clip's frames from a file of AFEW-VA, by frame.

    Raises:
        UnreadLabels: it cannot be read, or holds something else.
    """
    try:
        return parse_landmarks(_content(file))
    except UnreadAffect as error:
        raise UnreadLabels(f"{file.name} has no landmarks: {error}.") from error


def code_word(source: str, code: str) -> str | None:
    """Return the project's word for a label of a source: a number of its own, or a word; None where it is none."""
    word = registry()[source].codes.get("label", {}).get(code, code)
    return emotion_words().get(word) or emotion_words().get(word.lower())


def _table(source: str, rows: Iterator[Sequence[str]], file: Path) -> Iterator[LabelRow]:
    columns = {name.strip().lower(): place for place, name in enumerate(next(rows, ())) if name}
    reader = _TABLES.get(source)
    clip = next((columns[name] for name in _CLIP_COLUMNS if name in columns), None)
    label = next((columns[name] for name in _LABEL_COLUMNS if name in columns), None)
    valence = columns.get("valence")
    if reader is None or clip is None or label is None:
        raise UnreadLabels(
            f"{file.name} has no columns of a clip and its label; it has {', '.join(columns) or 'none'}."
        )
    for row in rows:
        found = reader(_cell(row, clip), _cell(row, label), _cell(row, valence))
        if found:
            yield found


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""


def _csv_rows(content: bytes, file: Path) -> Iterator[Sequence[str]]:
    lines = content.decode("utf-8-sig", "replace").replace("\0", "").splitlines()
    try:
        yield from filter(None, csv.reader(lines, strict=False))
    except csv.Error as error:
        raise UnreadLabels(f"{file.name} is no table: {error}.") from error


def _workbook_rows(content: bytes, file: Path) -> Iterator[Sequence[str]]:
    try:
        yield from workbook_rows(content)
    except UnreadWorkbook as error:
        raise UnreadLabels(f"{file.name} {error}.") from error


_CLIP_COLUMNS = ("video_name", "clip", "clip name", "clip_name", "name")
_LABEL_COLUMNS = ("single_label", "multi_label", "discrete", "annotation", "label")


def _dfew(clip: str, label: str, _: str) -> LabelRow | None:
    number = _stem(clip).lstrip("0")
    word = code_word("DFEW", label) if label != "0" else None
    if not (number.isascii() and number.isdigit()):
        return None
    return LabelRow(number, (word,)) if word else None


def _mafw(clip: str, label: str, _: str) -> LabelRow | None:
    name = _stem(clip)
    words = [code_word("MAFW", piece) for piece in label.replace("_", ",").replace(" ", ",").split(",") if piece]
    if not (name.isascii() and name.isdigit()) or not words or None in words:
        return None
    return LabelRow(name.zfill(5), tuple(sorted({word for word in words if word})))


def _mer24(clip: str, label: str, valence: str) -> LabelRow | None:
    word = code_word("MER24", label)
    return LabelRow(_stem(clip), (word,) if word else (), _number(valence)) if clip and (word or valence) else None


_TABLES: Mapping[str, Callable[[str, str, str], LabelRow | None]] = {
    "DFEW": _dfew,
    "MAFW": _mafw,
    "MER24": _mer24,
}


def _mafw_lines(content: bytes) -> Iterator[LabelRow]:
    """Clip and label lead each line; what follows, captions in several encodings, is left alone."""
    for line in content.splitlines():
        pieces = line.split(maxsplit=2)
        if len(pieces) > 1:
            clip, label = (piece.decode("ascii", "replace") for piece in pieces[:2])
            row = _mafw(clip, label, "")
            if row:
                yield row


def _stem(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return stem if dot and ending.lower() in ("mp4", "avi") else name


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < 1e6 else None


def _content(file: Path) -> bytes:
    # A FIFO or a link that took the file's place is not opened.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(file, flags)
    except (OSError, ValueError) as error:
        raise UnreadLabels(f"{file.name} cannot be opened: {error}.") from error
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_BYTES:
        os.close(descriptor)
        raise UnreadLabels(f"{file.name} is no list of labels: it is no regular file, or very large.")
    with os.fdopen(descriptor, "rb") as opened:
        try:
            return opened.read(MAX_BYTES)
        except OSError as error:
            raise UnreadLabels(f"{file.name} cannot be read: {error}.") from error


def _matching(folder: Path, pattern: Iterable[str]) -> Iterator[Path]:
    """Yield the files that fit a pattern, in any case and in order, links not followed."""
    piece, *below = pattern
    try:
        with os.scandir(folder) as entries:
            fits = [one for one in entries if fnmatchcase(one.name.lower(), piece.lower())]
            found = sorted(one.name for one in fits if (one.is_dir if below else one.is_file)(follow_symlinks=False))
    except OSError:
        return
    for name in found:
        if below:
            yield from _matching(folder / name, below)
        else:
            yield folder / name


def _unlike(names: Sequence[str], folder: Path) -> list[str]:
    """Say where the frames that lie in a folder are others than those that its label file names."""
    try:
        pictures = {Path(name).stem for name in os.listdir(folder) if name.lower().endswith(_PICTURES)}
    except OSError:
        return []
    unnamed, gone = sorted(pictures.difference(names)), sorted(set(names) - pictures)
    told = []
    if unnamed:
        told.append(
            f"it says nothing of {len(unnamed)} of the {len(pictures)} frames beside it, as {unnamed[0]}; motion is "
            "measured in the whole picture"
        )
    if pictures and gone:
        told.append(f"{len(gone)} of the {len(names)} frames that it names are not beside it, as {gone[0]}")
    return told


def _subfolders(root: Path) -> list[Path]:
    try:
        with os.scandir(root) as entries:
            return sorted(root / one.name for one in entries if one.is_dir(follow_symlinks=False))[:100]
    except OSError:
        return []
