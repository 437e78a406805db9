"""Scores: how often flags of a check and severity were right when people read them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

PRIORS = {"error": (4.5, 0.5), "warning": (1.5, 0.5), "info": (1.5, 0.5)}
"""What stands for verdicts before there are any, as (right, wrong): nine in ten of the errors, three in four others."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Verdicts on flags of a check and severity."""

    right: int
    judged: int

    def score(self, severity: str) -> float:
        """The estimated probability that such a flag is right (posterior mean of a Beta prior)."""
        right, wrong = PRIORS[severity]
        return round((self.right + right) / (self.judged + right + wrong), 3)


@lru_cache(maxsize=1)
def load_calibration() -> Mapping[tuple[str, str], Judged]:
    """Verdicts by check and severity, as counted when the checks were made."""
    table = tomllib.loads(files("dfec_explore.checks").joinpath("data/calibration.toml").read_text(encoding="utf-8"))
    return {
        (check, severity): Judged(counts["right"], counts["judged"])
        for check, severities in table.items()
        for severity, counts in severities.items()
    }


def score_of(check: str, severity: str) -> float:
    """The score of a flag: its check's record, or the prior where there is none."""
    return load_calibration().get((check, severity), NOTHING).score(severity)


NOTHING = Judged(0, 0)
