"""Where a model fails: actions that it never says, says too often, or turns round; by action and by region."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dfec_explore.language.actions import load_actions
from dfec_explore.scoring.alignment import PairKind
from dfec_explore.scoring.scores import Scores


@dataclass(frozen=True, slots=True)
class Profile:
    """What became of the events of one action, or of a region's."""

    name: str
    region: str
    matched: int
    turned: int
    missed: int
    extra: int

    @property
    def reference(self) -> int:
        """Events of the references."""
        return self.matched + self.turned + self.missed

    @property
    def predicted(self) -> int:
        """Events of the predictions."""
        return self.matched + self.turned + self.extra

    @property
    def recall(self) -> float:
        """Share of the references' events that the model says; NaN where there is none."""
        return (self.matched + self.turned) / self.reference if self.reference else float("nan")

    @property
    def precision(self) -> float:
        """Share of the model's events that the references have; NaN where there is none."""
        return (self.matched + self.turned) / self.predicted if self.predicted else float("nan")

    @property
    def rate(self) -> float:
        """How often the model says it for each time that the references do; above 1 it over-says."""
        return self.predicted / self.reference if self.reference else float("inf") if self.predicted else float("nan")

    @property
    def is_never_said(self) -> bool:
        """Whether the references have it and the model does not say it once."""
        return self.reference > 0 and self.predicted == 0


def action_profiles(scores: Scores, chosen: npt.NDArray[np.bool_] | None = None) -> tuple[Profile, ...]:
    """The profile of every action that occurs, in the order of the vocabulary."""
    actions = load_actions()[1]
    counts = Counter((row.action, row.kind) for row in scores.pairs if chosen is None or chosen[row.caption])
    found = (_profile(label, action.region, label, counts) for label, action in actions.items())
    return tuple(profile for profile in found if profile.reference or profile.predicted)


def region_profiles(scores: Scores, chosen: npt.NDArray[np.bool_] | None = None) -> tuple[Profile, ...]:
    """The profile of every region of the face, in display order."""
    regions, actions = load_actions()
    counts = Counter(
        (actions[row.action].region, row.kind) for row in scores.pairs if chosen is None or chosen[row.caption]
    )
    return tuple(_profile(region.id, region.id, region.id, counts) for region in regions)


def turns(scores: Scores, chosen: npt.NDArray[np.bool_] | None = None) -> Counter[tuple[str, str, str]]:
    """How often an action goes one way in the reference and another in the prediction: (action, wanted, said)."""
    return Counter(
        (row.action, row.wanted, row.said)
        for row in scores.pairs
        if row.kind == PairKind.TURNED and (chosen is None or chosen[row.caption])
    )


def captions_with(scores: Scores, action: str, kind: str) -> list[int]:
    """Places of the captions in which an action was missed, said too much, or turned; the most often first."""
    counts = Counter(row.caption for row in scores.pairs if row.action == action and row.kind == kind)
    return [place for place, _ in counts.most_common()]


def _profile(name: str, region: str, key: str, counts: Counter[tuple[str, str]]) -> Profile:
    matched, turned, missed, extra = (counts[key, kind.value] for kind in PairKind)
    return Profile(name, region, matched, turned, missed, extra)
