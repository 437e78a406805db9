"""Colours with a meaning: the same for a region, source, emotion, split or verdict on every page.

Chosen so that each stands out from the page by 3:1 and more (WCAG 2.2, 1.4.11) and so that no two of a family look
alike with normal sight, protanopia, deuteranopia or tritanopia. Values without a colour of their own get one of a few
muted colours by a checksum of their name: the same one in every session and process.
"""

import zlib
from collections.abc import Mapping

from dfec_explore.charts.theme import Mode
from dfec_explore.query import NOT_STATED

Palette = Mapping[Mode, Mapping[str, str]]

REGIONS: Palette = {
    "light": {
        "brow": "#a8420a",
        "eye": "#0a4cc0",
        "gaze": "#119dc8",
        "nose_cheek": "#b0841a",
        "mouth": "#d6336c",
        "head": "#1f7a4a",
        "voice": "#7a55d8",
        "face": "#465062",
    },
    "dark": {
        "brow": "#e8924a",
        "eye": "#5c9bfc",
        "gaze": "#2a94a8",
        "nose_cheek": "#f0d03c",
        "mouth": "#e0446a",
        "head": "#8af0bd",
        "voice": "#9264ea",
        "face": "#afb8c4",
    },
}

SOURCES: Palette = {
    "light": {
        "AFEW-VA": "#3f51c9",
        "CAER_mp4": "#6b3a06",
        "DFEW": "#1ba38b",
        "FERV39k": "#8a4a78",
        "MAFW": "#c27e10",
        "MER24": "#5a1a90",
        "RAVDESS": "#4f7db0",
        "team-collected": "#c0432a",
    },
    "dark": {
        "AFEW-VA": "#9172fe",
        "CAER_mp4": "#c08a0a",
        "DFEW": "#3fe0d8",
        "FERV39k": "#c25a66",
        "MAFW": "#f7d98a",
        "MER24": "#b8b4f2",
        "RAVDESS": "#4f90b4",
        "team-collected": "#fb9a94",
    },
}

_HUED = ("AFEW-VA", "DFEW", "MAFW", "FERV39k", "RAVDESS", "CAER_mp4", "team-collected", "MER24")
HUES: Mapping[Mode, tuple[str, ...]] = {
    mode: tuple(colours[source] for source in _HUED) for mode, colours in SOURCES.items()
}
"""The colours of the sources, in an order, for values where no source is coloured: apart for every kind of sight."""

EMOTIONS: Palette = {
    "light": {
        "anger": "#8c2206",
        "disgust": "#789d28",
        "fear": "#8439be",
        "happiness": "#a0660a",
        "neutral": "#505460",
        "sadness": "#153584",
        "surprise": "#d45ac9",
        "calm": "#22877e",
    },
    "dark": {
        "anger": "#c8583c",
        "disgust": "#7caa1b",
        "fear": "#705bdb",
        "happiness": "#f2de94",
        "neutral": "#afb5c2",
        "sadness": "#16a1ff",
        "surprise": "#c46fbc",
        "calm": "#7bf4f9",
    },
}

SPLITS: Palette = {
    "light": {"train": "#0a4cc0", "validation": "#119dc8", "test": "#a8420a"},
    "dark": {"train": "#5c9bfc", "validation": "#8af0bd", "test": "#e8924a"},
}

VERDICTS: Palette = {
    "light": {
        "accept": "#1f9a88",
        "fix": "#96620a",
        "reject": "#8c0f42",
        "unsure": "#7e5fce",
        "disputed": "#0f2e94",
        "none": "#838c9c",
    },
    "dark": {
        "accept": "#7fe8b8",
        "fix": "#de9603",
        "reject": "#d6486f",
        "unsure": "#b4aafe",
        "disputed": "#2f7df0",
        "none": "#6f7a8c",
    },
}

SEVERITIES: Palette = {
    mode: {"error": colours["reject"], "warning": colours["fix"], "info": colours["unsure"]}
    for mode, colours in VERDICTS.items()
}
"""Of flags: as grave as the verdicts that they ask for."""

OTHERS: Mapping[Mode, tuple[str, ...]] = {
    "light": ("#7a6a58", "#5f7a6a", "#6a6a8a", "#8a5f6a", "#5a7688", "#77762f"),
    "dark": ("#b3a28e", "#93b3a1", "#a3a3c9", "#c797a3", "#8fb0c6", "#b5b46a"),
}
"""For values without a colour of their own."""

UNSTATED: Mapping[Mode, str] = {"light": "#858e9d", "dark": "#7d8798"}
"""For what is not stated; such marks are hatched too."""

INK: Mapping[Mode, str] = {"light": "#2b59d9", "dark": "#7d9dff"}
"""For marks whose colour says nothing: the page's own primary colour."""

FAMILIES: Mapping[str, Palette] = {
    "region": REGIONS,
    "source": SOURCES,
    "emotion": EMOTIONS,
    "split": SPLITS,
    "verdict": VERDICTS,
    "severity": SEVERITIES,
}


def colour(family: str, value: str, mode: Mode) -> str:
    """The colour of a value.

    Args:
        family: ``region``, ``source``, ``emotion``, ``split``, ``verdict`` or ``severity``;
            any other family has muted colours only.
        value: the value, as in the data; ``not-stated`` is grey.
        mode: the theme of the page.
    """
    if value == NOT_STATED:
        return UNSTATED[mode]
    known = FAMILIES[family][mode] if family in FAMILIES else {}
    others = OTHERS[mode]
    return known.get(value) or others[zlib.crc32(value.encode("utf-8", "replace")) % len(others)]


def luminance(hex_colour: str) -> float:
    """Relative luminance of ``#rrggbb``, 0 (black) to 1 (white), after WCAG 2.2."""
    channels = [int(hex_colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 (none) to 21 (black on white), after WCAG 2.2."""
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def ink_on(fill: str) -> str:
    """Black or white, whichever reads better on a fill: the better one always reaches 4.5:1."""
    return max("#ffffff", "#000000", key=lambda ink: contrast(ink, fill))


def mixed(low: str, high: str, share: float) -> str:
    """The colour at a share (0..1) of the way from one to the other."""
    pairs = [(int(low[start : start + 2], 16), int(high[start : start + 2], 16)) for start in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def regions_in(titles: Mapping[str, str]) -> dict[str, str]:
    """Regions with their titles, in the order of the face, from brow to the whole."""
    return {region: titles[region] for region in [*REGIONS["light"], *sorted(titles)] if region in titles}
