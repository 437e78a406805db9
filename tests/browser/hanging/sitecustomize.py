"""Python reads this at its start where this folder is on its path: a decoder that never returns from some clips."""

import sys
import threading
from typing import Any

if "dfec_explore.clips.worker" in sys.orig_argv:
    import av

    _open = av.open

    def _open_or_hang(file: str, *arguments: Any, **options: Any) -> Any:
        if "00009" in file:
            threading.Event().wait()
        return _open(file, *arguments, **options)

    av.open = _open_or_hang
