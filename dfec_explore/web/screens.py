"""The screens of the app: their files, names, groups and places in the address."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Screen:
    """One page of the app."""

    name: str
    """Its place in the address and the name of its file in ``pages/``."""
    title: str
    group: str
    icon: str
    about: str
    """What one finds there, for the page's head and the documentation."""
    has_filters: bool = True

    @property
    def file(self) -> Path:
        """The file that draws it."""
        return ROOT / "pages" / f"{self.name}.py"


SCREENS: tuple[Screen, ...] = (
    Screen(
        "overview",
        "Overview",
        "Dataset",
        ":material/dashboard:",
        "What is loaded, how whole it is, what needs attention.",
    ),
    Screen("sources", "Sources", "Dataset", ":material/movie:", "Where the clips come from and what their paths say."),
    Screen("captions", "Captions", "Dataset", ":material/notes:", "How long captions are and how they are worded."),
    Screen("people", "People", "Dataset", ":material/groups:", "What captions state of the persons in the clips."),
    Screen(
        "vocabulary",
        "Vocabulary",
        "Dataset",
        ":material/sentiment_satisfied:",
        "Which facial actions captions mention, where, when and how.",
    ),
    Screen(
        "order",
        "Order",
        "Dataset",
        ":material/conversion_path:",
        "Which facial action follows which, and which ones go together.",
    ),
    Screen(
        "words",
        "Words",
        "Dataset",
        ":material/match_word:",
        "The words of the captions, how actions are worded, and what the lexicon does not know.",
    ),
    Screen("browse", "Browse", "Quality", ":material/grid_view:", "Search captions and open their clips."),
    Screen("review", "Review", "Quality", ":material/rate_review:", "Watch, read, judge, next.", has_filters=False),
    Screen(
        "progress",
        "Progress",
        "Quality",
        ":material/monitoring:",
        "What is judged, sampling plans, the error rate, agreement and disagreements.",
    ),
    Screen(
        "checks",
        "Checks",
        "Quality",
        ":material/rule:",
        "Captions that are probably wrong, found before a person reads them.",
    ),
    Screen(
        "versions",
        "Versions",
        "Quality",
        ":material/difference:",
        "Two annotation files side by side: what differs, and which verdicts went stale.",
        has_filters=False,
    ),
    Screen(
        "leaderboard",
        "Leaderboard",
        "Models",
        ":material/leaderboard:",
        "What models' captions are worth: your own, baselines to give a scale, and the published figures.",
        has_filters=False,
    ),
    Screen(
        "compare",
        "Compare",
        "Models",
        ":material/compare_arrows:",
        "Two models on the same captions: how far apart they are, and in which captions.",
        has_filters=False,
    ),
    Screen(
        "failures",
        "Failures",
        "Models",
        ":material/troubleshoot:",
        "What a model misses, over-says and turns round, down to the clip.",
        has_filters=False,
    ),
    Screen(
        "data",
        "Files and clips",
        "Data",
        ":material/database:",
        "Files, rejected records, clips on disk, jobs and settings.",
        has_filters=False,
    ),
)


def screen(name: str) -> Screen:
    """The screen with this name.

    Raises:
        KeyError: there is none.
    """
    return {entry.name: entry for entry in SCREENS}[name]
