"""Every setting that there is: its names, its default, what it does, and how its text is read."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CONFIG_FILE = "dfec.toml"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name in ``dfec.toml``, its environment variable, its default as text, and what it does."""

    name: str
    variable: str
    default: str
    help: str
    parse: Callable[[str], Any]


def _text(value: str) -> str:
    return value.strip()


def _folder(value: str) -> Path:
    return Path(value).expanduser()


def _optional_path(value: str) -> Path | None:
    return _folder(value) if value.strip() else None


def _positive(value: str) -> int:
    number = int(value)
    if number < 1:
        raise ValueError("must be a whole number of at least 1")
    return number


def _paths(value: str) -> tuple[Path, ...]:
    return tuple(_folder(piece) for piece in value.split(os.pathsep) if piece.strip())


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "annotations",
        "DFEC_ANNOTATIONS",
        "",
        f"Annotation file to open; several are joined by {os.pathsep!r}. The file's name without its ending names "
        "the part (test.json: test). Empty: the [[dataset]] tables of dfec.toml, else the embedded demo.",
        _paths,
    ),
    Setting(
        "dataset_name",
        "DFEC_DATASET_NAME",
        "DFEC",
        "Name of the dataset that the setting annotations opens. Verdicts carry it: keep it when the files change.",
        _text,
    ),
    Setting(
        "left_right",
        "DFEC_LEFT_RIGHT",
        "unknown",
        "Whose left and right the captions of that dataset mean: person, viewer, or unknown (as seen on screen).",
        _text,
    ),
    Setting("clips", "DFEC_CLIPS", "", "Folder that holds the clips of all sources, one folder each.", _optional_path),
    Setting(
        "database_url",
        "DFEC_DATABASE_URL",
        "",
        "Database of the verdicts: sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME. "
        "Empty: reviews.sqlite in the state folder. The demo always has a database of its own.",
        _text,
    ),
    Setting(
        "state_folder",
        "DFEC_STATE",
        ".dfec",
        "Folder for what the program writes: verdicts, keys, the cache and the demo.",
        _folder,
    ),
    Setting(
        "cache_folder",
        "DFEC_CACHE",
        "",
        "Folder for what can be made again (index, thumbnails). Empty: cache in the state folder.",
        _optional_path,
    ),
    Setting(
        "cache_megabytes",
        "DFEC_CACHE_MEGABYTES",
        "2000",
        "Size at which pictures made from clips are removed, oldest first, in megabytes.",
        _positive,
    ),
    Setting(
        "transcoded_megabytes",
        "DFEC_TRANSCODED_MEGABYTES",
        "10000",
        "Size at which copies of clips that browsers can't play as they are are removed, the longest unused first, in "
        "megabytes. A copy that was watched within the last quarter of an hour stays.",
        _positive,
    ),
    Setting(
        "reviewer", "DFEC_REVIEWER", "", "Reviewer's name that Review starts with; it can be changed there.", _text
    ),
    Setting(
        "reasons_file",
        "DFEC_REASONS_FILE",
        "",
        "A team's own reasons for verdicts, as [[reason]] tables with id, title and explanation. Empty: the ones that "
        "come with the program.",
        _optional_path,
    ),
    Setting(
        "guidelines_file",
        "DFEC_GUIDELINES_FILE",
        "",
        "A team's own guidelines for reviewers, in Markdown. Empty: the ones that come with the program.",
        _optional_path,
    ),
    Setting(
        "login_claim",
        "DFEC_LOGIN_CLAIM",
        "",
        "Where logins are set up: the claim of the ID token that names the reviewer in the verdicts. "
        "Empty: the verified e-mail address, else the provider's own id of the user.",
        _text,
    ),
    Setting(
        "query_memory_megabytes",
        "DFEC_QUERY_MEMORY_MEGABYTES",
        "1000",
        "Memory that queries over the index may use before they go to disk, in megabytes.",
        _positive,
    ),
    Setting("workers", "DFEC_WORKERS", "2", "How many background jobs and parsing processes run at once.", _positive),
    Setting("page_size", "DFEC_PAGE_SIZE", "24", "Samples on one page of Browse.", _positive),
    Setting(
        "link_hours",
        "DFEC_LINK_HOURS",
        "12",
        "Hours that the address of a clip is valid after the page that shows it was opened.",
        _positive,
    ),
)
