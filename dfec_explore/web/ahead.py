"""What a server imports right after its start, while the browser still loads its own scripts.

Nothing here may be imported by what runs before that: two threads that import the same packages wait for each other at
best. Whoever needs them therefore waits for the end of these imports first.
"""

import threading
from importlib import import_module

MODULES = ("dfec_explore.web.frame", "dfec_explore.web.answers", "dfec_explore.web.views.overview")

_imports: list[threading.Thread] = []


def import_ahead() -> None:
    """Begin to import, once, in the background."""
    if not _imports:
        _imports.append(threading.Thread(target=_import_all, name="imports ahead", daemon=True))
        _imports[0].start()


def wait_for_imports() -> None:
    """Return when they are done; at once where they have not begun."""
    for thread in _imports:
        thread.join()


def _import_all() -> None:
    for name in MODULES:
        import_module(name)
