"""The checks in force: the project's own, those of plug-ins, without those that a team switched off."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.metadata import entry_points, version
from importlib.resources import files

from dfec_explore.checks import (
    against_clip,
    attributes,
    channel,
    content,
    continuity,
    contradictions,
    damage,
    duplicates,
    ending,
    interpretation,
    language_profile,
    left_right,
    lengths,
    markup,
    near_duplicates,
    path_labels,
    phase_order,
    pronouns,
    repetition,
    speech,
    spelling,
    stock_wording,
)
from dfec_explore.checks.calibration import load_calibration
from dfec_explore.checks.check import Check, Kind, Limits
from dfec_explore.errors import SettingError
from dfec_explore.model import CheckSettings

GROUP = "dfec_explore.checks"
MODULES = (
    damage, markup, language_profile, lengths, repetition, ending, spelling, pronouns,
    duplicates, near_duplicates, stock_wording,
    content, interpretation,
    contradictions, speech, continuity, phase_order, left_right, attributes,
    path_labels, channel,
    against_clip,
)  # fmt: skip
"""In the order in which checks are shown."""


@dataclass(frozen=True)
class CheckSet:
    """The checks in force, in display order, and the limits of each."""

    checks: tuple[Check, ...]
    limits: Mapping[str, Limits]

    def of_kind(self, kind: Kind) -> list[tuple[Check, Limits]]:
        """The checks of a kind with their limits."""
        return [(check, self.limits[check.id]) for check in self.checks if check.kind is kind]

    @cached_property
    def by_kind(self) -> Mapping[Kind, list[tuple[Check, Limits]]]:
        """The checks of every kind with their limits."""
        return {kind: self.of_kind(kind) for kind in Kind}

    @cached_property
    def hash(self) -> str:
        """Name what decides which flags a caption gets: 32 hexadecimal digits."""
        own = hashlib.sha256()
        for file in sorted(files("dfec_explore.checks").iterdir(), key=lambda entry: entry.name):
            if file.name.endswith(".py"):
                own.update(file.read_bytes())
        for file in sorted(files("dfec_explore.checks").joinpath("data").iterdir(), key=lambda entry: entry.name):
            own.update(file.read_bytes())
        in_force = [[check.id, check.version, sorted(self.limits[check.id].items())] for check in self.checks]
        libraries = [version("ftfy"), version("pyspellchecker")]
        own.update(json.dumps([in_force, libraries]).encode())
        return own.hexdigest()[:32]


@lru_cache(maxsize=1)
def known_checks() -> Mapping[str, Check]:
    """Every check by its id: the project's own, then those of plug-ins.

    Raises:
        SettingError: two checks have one id, or a plug-in gives something else than a check.
    """
    found: dict[str, Check] = {}
    for module in MODULES:
        for check in module.CHECKS:
            assert check.id not in found
            found[check.id] = check
    for point in entry_points(group=GROUP):
        given = point.load()
        for check in (given,) if isinstance(given, Check) else given:
            if not isinstance(check, Check):
                raise SettingError(GROUP, point.value, "an installed package", "It gives no Check.")
            if check.id in found:
                raise SettingError(GROUP, check.id, "an installed package", "Two checks have this id.")
            found[check.id] = check
    return found


def load_checks(settings: CheckSettings | None = None) -> CheckSet:
    """Find the checks in force.

    Args:
        settings: what a team set; the defaults of all checks where None.

    Raises:
        SettingError: a check or a limit is not known.
    """
    settings = settings or CheckSettings()
    known = known_checks()
    _refuse_unknown("checks.off", settings.off, known)
    _refuse_unknown("checks.limits", settings.limits, known)
    for name, limits in settings.limits.items():
        _refuse_unknown(f"checks.limits.{name}", limits, known[name].limits)
    checks = tuple(check for check in known.values() if check.id not in settings.off)
    return CheckSet(checks, {check.id: {**check.limits, **settings.limits.get(check.id, {})} for check in checks})


def _refuse_unknown(place: str, names: Iterable[str], known: Mapping[str, object]) -> None:
    for name in names:
        if name not in known:
            raise SettingError(place, name, "dfec.toml", f"Known: {', '.join(known) or 'none'}.")


load_calibration()
