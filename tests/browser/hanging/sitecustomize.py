"""Python reads this at its start where this folder is on its path: a decoder that never returns from some clips.

Those with ``0009`` in their path: in ``MAFW/videos`` number 9 and numbers 90 to 99.
"""

import sys
import threading
from typing import Any

if "dfec_explore.clips.worker" in sys.orig_argv:
    import av

    _open = av.open

    def _open_or_hang(file: str, *arguments: Any, **options: Any) -> Any:
        if "0009" in file:
            threading.Event().wait()
        return _open(file, *arguments, **options)

    av.open = _open_or_hang
