"""What the player is told of a clip: a substitute says what it is."""

import pytest

from dfec_explore.model import ClipStatus
from dfec_explore.web.components import ClipSource


@pytest.mark.parametrize(
    ("reason", "title"),
    [
        ("This is not the clip that was captioned but a stand-in: face crop.", "Substitute: face crop"),
        ("A stand-in: 16 frames of the face: timing is lost.", "Substitute: 16 frames of the face: timing is lost"),
        ("", "Substitute"),
    ],
)
def test_source_the_badge_of_a_substitute_says_what_is_shown_instead(reason: str, title: str) -> None:
    source = ClipSource(id="1", status=ClipStatus.SUBSTITUTE, reason=reason, url="/clips/x")
    assert source.as_data()["title"] == title


def test_source_of_a_clip_that_was_found_has_no_badge() -> None:
    assert ClipSource(id="1", status=ClipStatus.FOUND, reason="a: b", url="/clips/x").as_data()["title"] == ""
