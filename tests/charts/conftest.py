"""Small tables as the query room gives them, with figures that can be worked out by hand."""

import pandas as pd
import pytest


@pytest.fixture
def by_source() -> pd.DataFrame:
    """One part: 10 captions of two sources."""
    return pd.DataFrame(
        {
            "part": ["test", "test"],
            "source": ["CAER_mp4", "DFEW"],
            "title": ["CAER", "DFEW"],
            "captions": [6, 4],
            "share": [0.6, 0.4],
        }
    )


@pytest.fixture
def emotions() -> pd.DataFrame:
    """9 captions: an emotion is known for 6."""
    return pd.DataFrame(
        {
            "source": ["CAER_mp4", "CAER_mp4", "CAER_mp4", "DFEW"],
            "title": ["CAER", "CAER", "CAER", "DFEW"],
            "value": ["sadness", "anger", "bliss", "not-stated"],
            "captions": [3, 2, 1, 3],
        }
    )


@pytest.fixture
def histogram() -> pd.DataFrame:
    """7 captions in bars of 10 words."""
    return pd.DataFrame(
        {
            "low": [80, 80, 110],
            "high": [89, 89, 119],
            "source": ["CAER_mp4", "DFEW", "DFEW"],
            "title": ["CAER", "DFEW", "DFEW"],
            "captions": [1, 4, 2],
        }
    )


@pytest.fixture
def boxes() -> pd.DataFrame:
    """Two sources; DFEW has the longer captions."""
    return pd.DataFrame(
        {
            "source": ["CAER_mp4", "DFEW"],
            "title": ["CAER", "DFEW"],
            "captions": [1200, 4],
            "low": [50, 60],
            "q1": [80.0, 90.0],
            "median": [100.5, 120.0],
            "q3": [110.0, 130.0],
            "high": [150, 160],
            "mean": [99.25, 118.0],
        }
    )


@pytest.fixture
def curves() -> pd.DataFrame:
    """Half of DFEW's captions have at most 90 words."""
    return pd.DataFrame(
        {
            "source": ["DFEW", "DFEW", "MAFW"],
            "title": ["DFEW", "DFEW", "MAFW"],
            "length": [90, 120, 100],
            "share": [0.5, 1.0, 1.0],
        }
    )


@pytest.fixture
def actions() -> pd.DataFrame:
    """8 captions; three actions of two regions, most captions first."""
    return pd.DataFrame(
        {
            "action": ["mouth_open", "blink", "no_change"],
            "title": ["Mouth open", "Blink", "No change"],
            "region": ["mouth", "eye", "face"],
            "region_title": ["Mouth, jaw", "Eye", "Whole face"],
            "related_au": ["AU25, AU26", "AU45", ""],
            "events": [9, 4, 1],
            "captions": [7, 4, 1],
            "share": [0.875, 0.5, 0.125],
        }
    )


@pytest.fixture
def shares_by_source() -> pd.DataFrame:
    """Two actions in two sources; blink is the more frequent one."""
    return pd.DataFrame(
        {
            "action": ["gaze", "blink", "gaze", "blink"],
            "title": ["Gaze", "Blink", "Gaze", "Blink"],
            "source": ["CAER_mp4", "CAER_mp4", "DFEW", "DFEW"],
            "source_title": ["CAER", "CAER", "DFEW", "DFEW"],
            "captions": [0, 3, 1, 4],
            "of": [6, 6, 4, 4],
            "share": [0.0, 0.5, 0.25, 1.0],
        }
    )


@pytest.fixture
def phases() -> pd.DataFrame:
    """The beginning has 3 events of the mouth and 1 of the eye; one event has no phase."""
    return pd.DataFrame(
        {
            "phase": ["begin", "begin", "none"],
            "region": ["eye", "mouth", "eye"],
            "region_title": ["Eye", "Mouth, jaw", "Eye"],
            "events": [1, 3, 1],
            "share": [0.25, 0.75, 1.0],
        }
    )


@pytest.fixture
def directions() -> pd.DataFrame:
    """10 events; 7 without a direction."""
    return pd.DataFrame({"value": ["not-stated", "left", "down-right"], "events": [7, 2, 1], "share": [0.7, 0.2, 0.1]})


@pytest.fixture
def opening_counts() -> pd.DataFrame:
    """10 captions, two openings; one is long and has markup in it."""
    long = "<b>This</b> video shows " + "the changing face of " * 5 + "a man"
    return pd.DataFrame({"opening": ["This video shows a man", long], "captions": [6, 1], "share": [0.6, 0.1]})


@pytest.fixture
def term_counts() -> pd.DataFrame:
    """Words in order of their captions."""
    return pd.DataFrame({"term": ["eye", "mouth", "smile"], "captions": [9, 7, 3], "times": [12, 7, 4]})


@pytest.fixture
def verdicts() -> pd.DataFrame:
    """20 captions, 12 of them judged."""
    return pd.DataFrame({"verdict": ["none", "reject", "accept", "fix"], "captions": [8, 2, 10, 0]})
