"""What is said of containers and sent to browsers."""

from pathlib import PurePath

import pytest

from dfec_explore.clips import media_type, plays_in_browser
from dfec_explore.clips.playback import container_name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.mp4", "video/mp4"),
        ("a.MOV", "video/mp4"),
        ("a.m4v", "video/mp4"),
        ("a.webm", "video/webm"),
        ("a.avi", "video/x-msvideo"),
        ("a", "video/mp4"),
    ],
)
def test_playback_media_type_follows_the_ending(name: str, expected: str) -> None:
    assert media_type(PurePath(name)) == expected


@pytest.mark.parametrize(
    ("format_name", "file", "expected"),
    [
        ("mov,mp4,m4a,3gp,3g2,mj2", "a.MOV", "mov"),
        ("mov,mp4,m4a,3gp,3g2,mj2", "a.webm", "mp4"),
        ("matroska,webm", "a.mp4", "mkv"),
        ("avi", "a.mp4", "avi"),
        ("mpegts", "a.ts", "mpegts"),
    ],
)
def test_playback_container_is_believed_within_its_family_only(format_name: str, file: str, expected: str) -> None:
    assert container_name(format_name, PurePath(file)) == expected


@pytest.mark.parametrize(
    ("codec", "container", "pixel_format", "expected"),
    [
        ("h264", "mp4", "yuv420p", True),
        ("h264", "mp4", "yuv420p10le", False),
        ("h264", "mkv", "yuv420p", False),
        ("hevc", "mp4", "yuv420p", False),
        ("vp8", "mp4", "yuv420p", False),
        ("av1", "mp4", "yuv420p10le", True),
        ("mpeg4", "mp4", "yuv420p", False),
        ("", "", "", False),
    ],
)
def test_playback_in_browsers(codec: str, container: str, pixel_format: str, expected: bool) -> None:
    assert plays_in_browser(codec=codec, container=container, pixel_format=pixel_format) is expected
