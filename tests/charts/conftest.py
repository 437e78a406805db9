"""Small tables as the query room gives them, with figures that can be worked out by hand."""

from datetime import date

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
def clip_lengths() -> pd.DataFrame:
    """7 clips of two sources, most of 1 to 2 seconds."""
    return pd.DataFrame(
        {
            "source": ["CAER_mp4", "DFEW", "DFEW"],
            "title": ["CAER", "DFEW", "DFEW"],
            "value": ["1 to 2 s", "1 to 2 s", "30 s or more"],
            "place": [2, 2, 12],
            "captions": [4, 2, 1],
        }
    )


@pytest.fixture
def affects() -> pd.DataFrame:
    """Two clips on the plane of valence and arousal."""
    return pd.DataFrame(
        {
            "sample": ["test / 1", "test / 2"],
            "source": ["AFEW-VA", "AFEW-VA"],
            "title": ["AFEW-VA", "AFEW-VA"],
            "valence": [-2.0, 4.0],
            "arousal": [1.0, 2.0],
            "frames": [20, 30],
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
        ("blink", "Blink", "eye", "gaze", "Gaze", "gaze", 2, 4),
        ("gaze", "Gaze", "gaze", "last", "Nothing more", "", 2, 2),
        ("blink", "Blink", "eye", "last", "Nothing more", "", 1, 4),
        ("blink", "Blink", "eye", "lip_corner_pull", "Lip corner pull", "mouth", 1, 4),
    ]
    names = ["action", "title", "region", "next_action", "next_title", "next_region", "events", "of"]
    frame = pd.DataFrame(rows, columns=names)
    return frame.assign(share=frame["events"] / frame["of"])


@pytest.fixture
def profiles() -> pd.DataFrame:
    """10 gazes: 4 left, 3 right, 2 down-left, 1 not stated; 2 head turns to the left; 5 blinks without a direction."""
    rows = [
        ("gaze", "Gaze", "left", 4, 10, 9),
        ("gaze", "Gaze", "right", 3, 10, 9),
        ("gaze", "Gaze", "down-left", 2, 10, 9),
        ("gaze", "Gaze", "not-stated", 1, 10, 9),
        ("head_turn", "Head turn", "left", 2, 2, 2),
        ("blink", "Blink", "not-stated", 5, 5, 0),
    ]
    frame = pd.DataFrame(rows, columns=["action", "title", "value", "events", "of", "stated"])
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


@pytest.fixture
def coverage() -> pd.DataFrame:
    """Two parts and two sources: 10 captions, 4 of them judged."""
    return pd.DataFrame(
        {
            "part": ["test", "test", "test", "train", "train"],
            "source": ["CAER_mp4", "CAER_mp4", "DFEW", "DFEW", "DFEW"],
            "title": ["CAER", "CAER", "DFEW", "DFEW", "DFEW"],
            "verdict": ["accept", "none", "disputed", "fix", "none"],
            "captions": [2, 4, 1, 1, 2],
        }
    )


@pytest.fixture
def given_reasons() -> pd.DataFrame:
    """Language is given three times, on two captions."""
    return pd.DataFrame(
        {
            "reason": ["language", "language", "left-right"],
            "title": ["Language", "Language", "Left and right"],
            "verdict": ["fix", "reject", "unsure"],
            "verdicts": [2, 1, 1],
            "captions": [2, 2, 1],
        }
    )


@pytest.fixture
def days() -> pd.DataFrame:
    """Two reviewers on two days."""
    return pd.DataFrame(
        {
            "day": [date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 4)],
            "reviewer": ["Ada", "Ben", "Ada"],
            "verdicts": [5, 3, 4],
        }
    )


@pytest.fixture
def review_seconds() -> pd.DataFrame:
    """Four verdicts in classes of time, one without an end."""
    return pd.DataFrame(
        {
            "low": [5, 5, 300],
            "high": pd.Series([10, 10, None], dtype="Int64"),
            "verdict": ["accept", "fix", "accept"],
            "verdicts": [2, 1, 1],
        }
    )


@pytest.fixture
def rates() -> pd.DataFrame:
    """All, one source with a rate and one without."""
    return pd.DataFrame(
        {
            "group": ["all", "DFEW", "MAFW"],
            "title": ["All captions", "DFEW", "MAFW"],
            "rate": [0.1, 0.2, None],
            "low": [0.05, 0.08, None],
            "high": [0.19, 0.42, None],
            "population": [800, 136, 98],
            "drawn": [100, 40, 30],
            "judged": [60, 30, 0],
            "accept": [50, 22, 0],
            "fix": [4, 4, 0],
            "reject": [2, 1, 0],
            "unsure": [3, 2, 0],
            "disputed": [1, 1, 0],
            "pick": [[], ["source", "DFEW"], ["source", "MAFW"]],
        }
    )


@pytest.fixture
def measures() -> pd.DataFrame:
    """A share, a coefficient that can't be told, and a kappa below zero."""
    return pd.DataFrame(
        {
            "measure": ["percent", "alpha", "kappa 0"],
            "title": ["Share of agreement", "Krippendorff's alpha", "Kappa, Ada – Ben"],
            "value": [0.9, None, -0.1],
            "low": [0.8, None, -0.3],
            "high": [1.0, None, 0.2],
            "captions": [20, 20, 20],
            "about": ["", "all alike", ""],
        }
    )


@pytest.fixture
def version_changes() -> pd.DataFrame:
    """Changes between two versions of a file, with a source whose name is text."""
    rows = [("DFEW", "DFEW", "caption", 3), ("DFEW", "DFEW", "removed", 1), ("<b>", "<b>", "added", 2)]
    return pd.DataFrame(rows, columns=["source", "title", "kind", "records"])
