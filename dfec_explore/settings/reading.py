"""Reading the settings: the command line before the environment, before ``dfec.toml``, before defaults."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dfec_explore.errors import SettingError
from dfec_explore.settings.declared import read_checks, read_clips, read_datasets, read_models
from dfec_explore.settings.in_force import InForce, Settings
from dfec_explore.settings.known import CONFIG_FILE, SETTINGS, Setting


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
    clips_parent, clips_by_source = read_clips(values["clips"], table, base)
    datasets = read_datasets(values, table, base)
    return Settings(
        datasets=datasets,
        models=read_models(table, base, datasets, as_declared=not values["annotations"].value),
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
        checks=read_checks(table),
        in_force=tuple(values.values()),
    )
