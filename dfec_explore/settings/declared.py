"""What the tables of ``dfec.toml`` declare: datasets, models, folders of clips, limits of checks."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dfec_explore.errors import SettingError
from dfec_explore.model import CheckSettings, Dataset, DatasetPart, ModelFile
from dfec_explore.settings.in_force import InForce
from dfec_explore.settings.known import CONFIG_FILE

LEFT_RIGHT = ("person", "viewer", "unknown")

Table = TypeVar("Table", bound=BaseModel)
Name = TypeVar("Name")


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


def read_clips(in_force: InForce, table: Mapping[str, Any], base: Path) -> tuple[Path | None, dict[str, Path]]:
    """The folder that holds the clips of all sources, and the folders of single sources.

    Args:
        in_force: the setting ``clips``, which goes before the file's ``parent``.
        table: the whole file.
        base: where the file lies; its folders are relative to it.

    Raises:
        SettingError: ``clips`` is no table of folders.
    """
    folders = table.get("clips", {})
    if not isinstance(folders, dict) or not all(isinstance(value, str) for value in folders.values()):
        remedy = 'It is a table: [clips] then parent = "..." or SOURCE = "...".'
        raise SettingError("clips", folders, CONFIG_FILE, remedy)
    by_source = {name: _below(base, value) for name, value in folders.items()}
    parent = by_source.pop("parent", None)
    return in_force.value or parent, by_source


def read_datasets(values: Mapping[str, InForce], table: Mapping[str, Any], base: Path) -> tuple[Dataset, ...]:
    """The dataset of the setting ``annotations`` where it is given, else those that the file declares.

    Raises:
        SettingError: a table does not fit, or two datasets or two parts of one have the same name.
    """
    checks = read_checks(table)
    if files := values["annotations"].value:
        side = _side(values["left_right"].value, values["left_right"].origin)
        parts = tuple(DatasetPart(_part_name(path), path) for path in files)
        dataset = Dataset(values["dataset_name"].value, parts, side, checks=checks)
        return (_unambiguous(dataset, values["annotations"].origin),)
    datasets = tuple(_dataset(entry, base, checks) for entry in _tables(table, "dataset", "dataset"))
    if name := _twice([dataset.name for dataset in datasets]):
        raise SettingError("dataset", name, CONFIG_FILE, "Two datasets have this name; give each its own.")
    return datasets


def read_checks(table: Mapping[str, Any]) -> CheckSettings:
    """Which checks the file switches off, and which limits it sets.

    Raises:
        SettingError: the table does not fit.
    """
    remedy = '[checks] has off = ["CHECK", ...]; [checks.limits.CHECK] has NAME = NUMBER.'
    declared = _validated(_ChecksTable, table.get("checks", {}), "checks", remedy)
    return CheckSettings(tuple(sorted(set(declared.off))), declared.limits)


def read_models(
    table: Mapping[str, Any], base: Path, datasets: Sequence[Dataset], *, as_declared: bool
) -> tuple[ModelFile, ...]:
    """The declared files of predictions.

    Args:
        table: the whole file.
        base: where the file lies.
        datasets: the ones that are open.
        as_declared: whether those are the file's own; where others are open, models of the file's own are left out.

    Raises:
        SettingError: a table does not fit, names a dataset or part that is not there, or two models have one name.
    """
    remedy = "A model has name, predictions and dataset, and may have part."
    tables = _tables(table, "model", "file of predictions")
    entries = [_validated(_ModelTable, entry, "model", remedy) for entry in tables]
    names = {dataset.name for dataset in datasets}
    models = tuple(_model(entry, base, datasets) for entry in entries if as_declared or entry.dataset in names)
    if described := _twice([(model.dataset, model.part, model.name) for model in models]):
        raise SettingError("model", described[-1], CONFIG_FILE, "Two models have this name; give each its own.")
    return models


def _tables(table: Mapping[str, Any], name: str, thing: str) -> list[Any]:
    tables = table.get(name, [])
    if not isinstance(tables, list):
        raise SettingError(name, tables, CONFIG_FILE, f"Write it as [[{name}]], once for each {thing}.")
    return tables


def _validated(kind: type[Table], entry: object, name: str, remedy: str) -> Table:
    try:
        return kind.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(piece) for piece in (name, *first["loc"]))
        raise SettingError(place, first["input"], CONFIG_FILE, f"{first['msg']}. {remedy}") from error


def _dataset(entry: object, base: Path, checks: CheckSettings) -> Dataset:
    declared = _validated(_DatasetTable, entry, "dataset", "A dataset has name, left_right and parts.")
    parts = tuple(DatasetPart(part.name, _below(base, part.file)) for part in declared.parts)
    side = _side(declared.left_right, CONFIG_FILE)
    return _unambiguous(Dataset(declared.name, parts, side, checks=checks), CONFIG_FILE)


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
    return ModelFile(entry.name, _below(base, entry.predictions), dataset.name, part)


def _unambiguous(dataset: Dataset, origin: str) -> Dataset:
    if name := _twice([part.name for part in dataset.parts]):
        remedy = "Two files have this part name; declare them in dfec.toml with names."
        raise SettingError("annotations", name, origin, remedy)
    return dataset


def _twice(names: Sequence[Name]) -> Name | None:
    return next((name for name in names if names.count(name) > 1), None)


def _below(base: Path, value: str) -> Path:
    return (base / Path(value).expanduser()).absolute()


def _side(value: str, origin: str) -> str:
    if value not in LEFT_RIGHT:
        raise SettingError("left_right", value, origin, f"Allowed: {', '.join(LEFT_RIGHT)}.")
    return value


def _part_name(path: Path) -> str:
    name = path.name
    for suffix in reversed(path.suffixes):
        name = name.removesuffix(suffix)
    return name or path.name
