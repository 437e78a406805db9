"""What names a clip in its present state: what is derived from it stays true as long as this does not change."""

import os
import stat
from pathlib import Path

from dfec_explore.errors import ClipError


def fingerprint(path: Path) -> tuple[str, int, int]:
    """Return the resolved path, the size in bytes, and the time of the last change in nanoseconds since 1970.

    For a folder of frames: the sum of its files' sizes, and the time of the newest among it and them.

    Raises:
        ClipError: it is not there, or may not be looked at.
    """
    try:
        real = path.resolve(strict=True)
        found = real.stat()
        if not stat.S_ISDIR(found.st_mode):
            return str(real), found.st_size, found.st_mtime_ns
        with os.scandir(real) as entries:
            files = [entry.stat(follow_symlinks=False) for entry in entries]
    except (OSError, RuntimeError, ValueError) as error:
        raise ClipError(path, f"it cannot be opened: {error}") from error
    changed = max([found.st_mtime_ns, *(file.st_mtime_ns for file in files)])
    return str(real), sum(file.st_size for file in files), changed
