"""The checks in force, as a comparison of two files runs them: on each caption by itself."""

from dfec_explore.checks import check_caption, load_checks
from dfec_explore.model import CheckSettings
from dfec_explore.release.changes import FlagsOf


def caption_checks(settings: CheckSettings) -> tuple[FlagsOf, str]:
    """What checks a caption, and a hash that names the checks in force with their limits.

    Duplicates and other checks that need all captions of a file are no part of it.

    Raises:
        SettingError: a check or a limit is not known.
    """
    checks = load_checks(settings)
    return lambda annotation, analysis: check_caption(annotation, analysis, checks), checks.hash
