"""Every setting of the project, and the only reader of the environment and of ``dfec.toml``."""

import os
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dfec_explore.errors import SettingError
from dfec_explore.model import CheckSettings, Dataset, DatasetPart, ModelFile

CONFIG_FILE = "dfec.toml"
LEFT_RIGHT = ("person", "viewer", "unknown")


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


@dataclass(frozen=True, slots=True)
class InForce:
    """The value of one setting and where it came from, for the Data page and for error messages."""

    setting: Setting
    value: Any
    origin: str


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings in force."""

    datasets: tuple[Dataset, ...]
    """Declared datasets; empty means the embedded demo."""
    models: tuple[ModelFile, ...]
    """Declared files of predictions."""
    clips_parent: Path | None
    clips_by_source: Mapping[str, Path]
    database_url: str
    state_folder: Path
    cache_folder: Path
    cache_megabytes: int
    transcoded_megabytes: int
    reviewer: str
    reasons_file: Path | None
    guidelines_file: Path | None
    login_claim: str
    query_memory_megabytes: int
    workers: int
    page_size: int
    link_hours: int
    checks: CheckSettings = field(default_factory=CheckSettings)
    """What ``dfec.toml`` says of the checks; every declared dataset carries it."""
    in_force: tuple[InForce, ...] = field(repr=False, default=())


class _PartTable(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=1)
    file: str = Field(min_length=1)


class _ChecksTable(BaseModel):
    model_config = ConfigDict(extra="forbid")
    off: list[str] = []
    limits: dict[str, dict[str, float]] = {}


class _ModelTable(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=1)
    predictions: str = Field(min_length=1)
    dataset: str = ""
    part: str = ""


class _DatasetTable(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=1)
    left_right: str = "unknown"
    parts: list[_PartTable] = Field(min_length=1)


def load_settings(
    *,
    options: Mapping[str, str] | None = None,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Settings:
    """Read every setting; command-line options go before the environment, then the file, then defaults.

    Args:
        options: values given on the command line, by setting name.
        environment: the environment; the process's own by default.
        folder: where ``dfec.toml`` is looked for; the working folder by default. ``DFEC_CONFIG`` names another file.

    Raises:
        SettingError: a name is unknown or a value does not fit; it names both and what is allowed.
    """
    environment = os.environ if environment is None else environment
    folder = folder or Path.cwd()
    table, base = _read_file(environment, folder)
    _refuse_unknown(environment, table)
    values = {s.name: _value(s, options or {}, environment, table, base=base) for s in SETTINGS}
    return _assemble(values, table, base)


def _read_file(environment: Mapping[str, str], folder: Path) -> tuple[dict[str, Any], Path]:
    named = environment.get("DFEC_CONFIG")
    path = Path(named).expanduser() if named else folder / CONFIG_FILE
    if not path.is_file():
        if named:
            raise SettingError("DFEC_CONFIG", named, "the environment", "There is no such file.")
        return {}, folder
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")), path.parent
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(CONFIG_FILE, str(path), "the file", f"It is not valid TOML: {error}.") from error


def _refuse_unknown(environment: Mapping[str, str], table: Mapping[str, Any]) -> None:
    variables = {s.variable for s in SETTINGS} | {
        "DFEC_CONFIG",
        "DFEC_TEST_DATA",
        "DFEC_TEST_POSTGRES",
        "DFEC_TEST_BROWSER",
    }
    for name in environment:
        if name.startswith("DFEC_") and name not in variables:
            allowed = ", ".join(sorted(variables))
            raise SettingError(
                name, environment[name], "the environment", f"There is no such variable; known: {allowed}."
            )
    names = {s.name for s in SETTINGS if s.name != "clips"} | {"dataset", "model", "clips", "checks"}
    for name in table:
        if name not in names:
            allowed = ", ".join(sorted(names))
            raise SettingError(name, table[name], CONFIG_FILE, f"There is no such key; known: {allowed}.")


def _value(
    setting: Setting,
    options: Mapping[str, str],
    environment: Mapping[str, str],
    table: Mapping[str, Any],
    *,
    base: Path,
) -> InForce:
    text, origin, root = setting.default, "default", Path.cwd()
    if setting.name in table and setting.name != "clips":
        text, origin, root = str(table[setting.name]), CONFIG_FILE, base
    if setting.variable in environment:
        text, origin, root = environment[setting.variable], setting.variable, Path.cwd()
    if setting.name in options:
        text, origin, root = options[setting.name], "the command line", Path.cwd()
    try:
        value = setting.parse(text)
    except ValueError as error:
        raise SettingError(setting.name, text, origin, f"It does not fit: {error}. {setting.help}") from error
    return InForce(setting, _absolute(value, root), origin)


def _absolute(value: Any, root: Path) -> Any:
    if isinstance(value, Path):
        return (root / value).absolute()
    if isinstance(value, tuple):
        return tuple(_absolute(piece, root) for piece in value)
    return value


def _assemble(values: Mapping[str, InForce], table: Mapping[str, Any], base: Path) -> Settings:
    state: Path = values["state_folder"].value
    clips_parent, clips_by_source = _clips(values["clips"], table, base)
    datasets = _datasets(values, table, base)
    return Settings(
        datasets=datasets,
        models=_models(table, base, datasets, as_declared=not values["annotations"].value),
        clips_parent=clips_parent,
        clips_by_source=clips_by_source,
        database_url=values["database_url"].value or f"sqlite:///{(state / 'reviews.sqlite').as_posix()}",
        state_folder=state,
        cache_folder=values["cache_folder"].value or state / "cache",
        **{
            name: values[name].value
            for name in (
                "cache_megabytes",
                "transcoded_megabytes",
                "reviewer",
                "reasons_file",
                "guidelines_file",
                "login_claim",
                "query_memory_megabytes",
                "workers",
                "page_size",
                "link_hours",
            )
        },
        checks=_checks(table),
        in_force=tuple(values.values()),
    )


def _clips(in_force: InForce, table: Mapping[str, Any], base: Path) -> tuple[Path | None, dict[str, Path]]:
    folders = table.get("clips", {})
    if not isinstance(folders, dict) or not all(isinstance(value, str) for value in folders.values()):
        raise SettingError(
            "clips", folders, CONFIG_FILE, 'It is a table: [clips] then parent = "..." or SOURCE = "...".'
        )
    by_source = {name: (base / Path(value).expanduser()).absolute() for name, value in folders.items()}
    parent = by_source.pop("parent", None)
    return in_force.value or parent, by_source


def _datasets(values: Mapping[str, InForce], table: Mapping[str, Any], base: Path) -> tuple[Dataset, ...]:
    files: Sequence[Path] = values["annotations"].value
    checks = _checks(table)
    if files:
        side = _side(values["left_right"].value, values["left_right"].origin)
        parts = tuple(DatasetPart(_part_name(path), path) for path in files)
        dataset = Dataset(values["dataset_name"].value, parts, side, checks=checks)
        return (_unambiguous(dataset, values["annotations"].origin),)
    tables = table.get("dataset", [])
    if not isinstance(tables, list):
        raise SettingError("dataset", tables, CONFIG_FILE, "Write it as [[dataset]], once for each dataset.")
    datasets = tuple(_dataset(entry, base, checks) for entry in tables)
    names = [dataset.name for dataset in datasets]
    for name in names:
        if names.count(name) > 1:
            raise SettingError("dataset", name, CONFIG_FILE, "Two datasets have this name; give each its own.")
    return datasets


def _checks(table: Mapping[str, Any]) -> CheckSettings:
    try:
        declared = _ChecksTable.model_validate(table.get("checks", {}))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(piece) for piece in ("checks", *first["loc"]))
        remedy = f'{first["msg"]}. [checks] has off = ["CHECK", ...]; [checks.limits.CHECK] has NAME = NUMBER.'
        raise SettingError(place, first["input"], CONFIG_FILE, remedy) from error
    return CheckSettings(tuple(sorted(set(declared.off))), declared.limits)


def _dataset(entry: object, base: Path, checks: CheckSettings) -> Dataset:
    try:
        declared = _DatasetTable.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(piece) for piece in first["loc"])
        raise SettingError(
            f"dataset.{place}",
            first["input"],
            CONFIG_FILE,
            f"{first['msg']}. A dataset has name, left_right and parts.",
        ) from error
    parts = tuple(DatasetPart(p.name, (base / Path(p.file).expanduser()).absolute()) for p in declared.parts)
    side = _side(declared.left_right, CONFIG_FILE)
    return _unambiguous(Dataset(declared.name, parts, side, checks=checks), CONFIG_FILE)


def _models(
    table: Mapping[str, Any], base: Path, datasets: Sequence[Dataset], *, as_declared: bool
) -> tuple[ModelFile, ...]:
    """The declared models; where other datasets are open than the declared ones, those of the others are left out."""
    tables = table.get("model", [])
    if not isinstance(tables, list):
        raise SettingError("model", tables, CONFIG_FILE, "Write it as [[model]], once for each file of predictions.")
    entries = [_model_table(entry) for entry in tables]
    names = {dataset.name for dataset in datasets}
    if not as_declared:
        entries = [entry for entry in entries if entry.dataset in names]
    models = tuple(_model(entry, base, datasets) for entry in entries)
    for model in models:
        if sum((m.dataset, m.part, m.name) == (model.dataset, model.part, model.name) for m in models) > 1:
            raise SettingError("model", model.name, CONFIG_FILE, "Two models have this name; give each its own.")
    return models


def _model_table(entry: object) -> _ModelTable:
    try:
        return _ModelTable.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(piece) for piece in first["loc"])
        remedy = f"{first['msg']}. A model has name, predictions and dataset, and may have part."
        raise SettingError(f"model.{place}", first["input"], CONFIG_FILE, remedy) from error


def _model(entry: _ModelTable, base: Path, datasets: Sequence[Dataset]) -> ModelFile:
    names = {dataset.name: dataset for dataset in datasets}
    dataset = names.get(entry.dataset) if entry.dataset else datasets[0] if len(datasets) == 1 else None
    if dataset is None:
        remedy = f"A model names the dataset that it describes: {', '.join(names) or 'declare one as [[dataset]]'}."
        raise SettingError("model.dataset", entry.dataset, CONFIG_FILE, remedy)
    parts = [part.name for part in dataset.parts]
    part = entry.part or ("test" if "test" in parts else parts[0])
    if part not in parts:
        raise SettingError("model.part", part, CONFIG_FILE, f"The parts of {dataset.name} are {', '.join(parts)}.")
    return ModelFile(entry.name, (base / Path(entry.predictions).expanduser()).absolute(), dataset.name, part)


def _unambiguous(dataset: Dataset, origin: str) -> Dataset:
    names = [part.name for part in dataset.parts]
    for name in names:
        if names.count(name) > 1:
            raise SettingError(
                "annotations", name, origin, "Two files have this part name; declare them in dfec.toml with names."
            )
    return dataset


def _side(value: str, origin: str) -> str:
    if value not in LEFT_RIGHT:
        raise SettingError("left_right", value, origin, f"Allowed: {', '.join(LEFT_RIGHT)}.")
    return value


def _part_name(path: Path) -> str:
    name = path.name
    for suffix in reversed(path.suffixes):
        name = name.removesuffix(suffix)
    return name or path.name
