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


@pytest.fixture
def contrasts() -> pd.DataFrame:
    """Two actions in two sources: blink differs and holds, gaze does not."""
    numbers = [("blink", "Blink", 8, 10, 2, 20, True), ("gaze", "Gaze", 5, 10, 10, 20, False)]
    rows = []
    for action, title, hits, of, others, others_of, holds in numbers:
        pairs = [("DFEW", hits, of, others, others_of), ("CAER_mp4", others, others_of, hits, of)]
        for source, captions, size, rest, rest_size in pairs:
            share = captions / size - rest / rest_size
            rows.append(
                (action, title, source, source.removesuffix("_mp4"), captions, size, rest, rest_size, share, holds)
            )
    columns = [
        "action",
        "title",
        "source",
        "source_title",
        "captions",
        "of",
        "others",
        "others_of",
        "difference",
        "holds",
    ]
    frame = pd.DataFrame(rows, columns=columns)
    p = frame["holds"].map({True: 0.0014, False: 1.0})
    low, high = frame["difference"] - 0.1, frame["difference"] + 0.1
    return frame.assign(share=frame["captions"] / frame["of"], low=low, high=high, p=p, adjusted=p)


@pytest.fixture
def steps() -> pd.DataFrame:
    """4 blinks and 2 gazes: a blink is followed by a gaze twice, by a smile once, by nothing once."""
    rows = [
        ("blink", "Blink", "gaze", "Gaze", 2, 4),
        ("gaze", "Gaze", "last", "Nothing more", 2, 2),
        ("blink", "Blink", "last", "Nothing more", 1, 4),
        ("blink", "Blink", "lip_corner_pull", "Lip corner pull", 1, 4),
    ]
    frame = pd.DataFrame(rows, columns=["action", "title", "next_action", "next_title", "events", "of"])
    return frame.assign(share=frame["events"] / frame["of"])


@pytest.fixture
def pairs() -> pd.DataFrame:
    """Of 100 captions, 50 blink, 20 gaze and 2 sob; blink and gaze go together twice as often as chance has it."""
    rows = [
        ("blink", "Blink", "gaze", "Gaze", 100, 50, 20, 20),
        ("blink", "Blink", "cry", "Cry", 100, 50, 2, 2),
        ("gaze", "Gaze", "cry", "Cry", 100, 20, 2, 0),
    ]
    names = ["first", "first_title", "second", "second_title", "captions", "with_first", "with_second", "both"]
    frame = pd.DataFrame(rows, columns=names)
    expected = frame["with_first"] * frame["with_second"] / 100
    return frame.assign(expected=expected, lift=frame["both"] / expected)


@pytest.fixture
def profile() -> pd.DataFrame:
    """A blink at the beginning, three at the end; a gaze without a phase."""
    rows = [
        ("blink", "Blink", "begin", 1, 4, 0.25),
        ("blink", "Blink", "end", 3, 4, 0.75),
        ("gaze", "Gaze", "none", 1, 1, 1.0),
    ]
    return pd.DataFrame(rows, columns=["action", "title", "phase", "events", "of", "share"])


@pytest.fixture
def sides() -> pd.DataFrame:
    """60 gazes to the left and 40 to the right, no head turns."""
    nan = float("nan")
    rows = [("gaze", "Gaze", 60, 40, 0.6, 0.502, 0.6906), ("head_turn", "Head turn", 0, 0, nan, nan, nan)]
    return pd.DataFrame(rows, columns=["what", "title", "left", "right", "share", "low", "high"])


@pytest.fixture
def genders() -> pd.DataFrame:
    """DFEW: 6 women, 3 men, 1 not stated; CAER: 5 captions of two persons."""
    rows = [
        ("DFEW", "DFEW", "female", 6, 10, 0.6),
        ("DFEW", "DFEW", "male", 3, 10, 0.3),
        ("DFEW", "DFEW", "not-stated", 1, 10, 0.1),
        ("CAER_mp4", "CAER", "several-values", 5, 5, 1.0),
    ]
    return pd.DataFrame(rows, columns=["source", "title", "value", "captions", "of", "share"])


@pytest.fixture
def person_actions() -> pd.DataFrame:
    """Of 10 women 4 blink; of 2 men one does."""
    rows = [("blink", "Blink", "female", 4, 10, 0.4), ("blink", "Blink", "male", 1, 2, 0.5)]
    return pd.DataFrame(rows, columns=["action", "title", "value", "captions", "of", "share"])


@pytest.fixture
def curve_points() -> pd.DataFrame:
    """DFEW has 50 different words after 10 captions and 80 after 20."""
    rows = [("DFEW", "DFEW", 10, 50), ("DFEW", "DFEW", 20, 80), ("MAFW", "MAFW", 7, 60)]
    return pd.DataFrame(rows, columns=["source", "title", "captions", "terms"])


@pytest.fixture
def ratios() -> pd.DataFrame:
    """DFEW: two segments; MAFW: one, without an interval; MER24: too few words."""
    nan = float("nan")
    rows = [
        ("DFEW", "DFEW", 2, 0.225, 0.2, 0.25),
        ("MAFW", "MAFW", 1, 0.3, nan, nan),
        ("MER24", "MER2024", 0, nan, nan, nan),
    ]
    return pd.DataFrame(rows, columns=["source", "title", "segments", "ratio", "low", "high"])


@pytest.fixture
def wording_counts() -> pd.DataFrame:
    """Three of four mentions say "raise"."""
    rows = [("raise", 3, 0.75, 2, "raises her <b>eyebrows</b>"), ("arch", 1, 0.25, 1, "eyebrows arch")]
    return pd.DataFrame(rows, columns=["wording", "events", "share", "quotes", "example"])
