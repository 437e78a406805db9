"""Which checks are in force: switched off, limits, plug-ins, and what a failing one may not do."""

from collections.abc import Iterator
from importlib.metadata import EntryPoint

import pytest

from dfec_explore.checks import Check, Family, Finding, check_caption, load_checks, registry
from dfec_explore.checks.subject import Subject
from dfec_explore.errors import SettingError
from dfec_explore.language import analyse
from dfec_explore.model import Annotation, CheckSettings, Severity

CAPTION = (
    "The video shows a man. At the beginning of the video, his mouth is closed. At the end, he turns his head to the"
)


def checks_of(caption: str, settings: CheckSettings | None = None) -> set[str]:
    annotation = Annotation("1", "DFEW/videos/1.mp4", caption)
    flags = check_caption(annotation, next(iter(analyse([caption]))), load_checks(settings))
    return {flag.check for flag in flags}


def find_lamps(subject: Subject, limits: object) -> Iterator[Finding]:
    if "man" in subject.lower:
        yield Finding(Severity.INFO, "There is a man.")


def fail(subject: Subject, limits: object) -> Iterator[Finding]:
    raise RuntimeError("broken")
    yield


LAMPS = Check("lamps", "Lamps", "Finds men.", "A man.", Family.CONTENT, find_lamps)
BROKEN = Check("broken", "Broken", "Fails.", "A man.", Family.CONTENT, fail)


@pytest.fixture
def _plug_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    points = [EntryPoint("ours", f"{__name__}:PLUGGED", registry.GROUP)]
    monkeypatch.setattr(registry, "entry_points", lambda group: points if group == registry.GROUP else [])
    registry.known_checks.cache_clear()
    yield
    registry.known_checks.cache_clear()


PLUGGED = (BROKEN, LAMPS)


def test_checks_registry_switches_off_and_sets_limits() -> None:
    assert "cut-off" in checks_of(CAPTION)
    assert "cut-off" not in checks_of(CAPTION, CheckSettings(off=("cut-off",)))
    assert "length" in checks_of(CAPTION, CheckSettings(limits={"length": {"few_words": 60}}))


def test_checks_registry_has_another_hash_for_other_settings() -> None:
    hashes = {
        load_checks(settings).hash
        for settings in (
            CheckSettings(),
            CheckSettings(off=("hedge",)),
            CheckSettings(limits={"length": {"few_words": 60}}),
        )
    }
    assert len(hashes) == 3
    assert load_checks().hash == load_checks(CheckSettings()).hash


@pytest.mark.parametrize(
    "settings",
    [
        CheckSettings(off=("no-such",)),
        CheckSettings(limits={"no-such": {}}),
        CheckSettings(limits={"length": {"no-such": 1}}),
    ],
)
def test_checks_registry_refuses_unknown_names_and_says_the_known_ones(settings: CheckSettings) -> None:
    with pytest.raises(SettingError, match=r"no-such.*Known: "):
        load_checks(settings)


@pytest.mark.usefixtures("_plug_in")
def test_checks_registry_takes_plug_ins_and_one_that_fails_takes_no_other_with_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    found = checks_of(CAPTION)
    assert {"lamps", "cut-off"} <= found
    assert "broken" not in found
    assert "the check broken failed" in caplog.text
