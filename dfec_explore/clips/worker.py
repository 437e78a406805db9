"""The decoding process: answers requests on its standard input, and may be killed at any moment.

Started by ``dfec_explore.clips.prober`` as ``python -m dfec_explore.clips.worker``. It ends when its input ends, so
it never outlives the server, and by itself when a request takes far longer than its deadline.
"""

import faulthandler
import os
import queue
import signal
import sys
import threading
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from dfec_explore.clips import media
from dfec_explore.clips.limits import Unreadable
from dfec_explore.clips.motion_reading import read_motion
from dfec_explore.clips.wire import BrokenStream, read_message, write_message

MAX_MEMORY = 4 * 2**30
"""Address space in bytes; a file that makes the decoder want more ends the process, not the machine."""


def main() -> None:
    """Answer requests, one after the other, until the input ends."""
    replies = _own_stdout()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit_resources()
    requests: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()
    write_message(replies, {"ready": True})
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        while True:
            request = requests.get()
            # Its own thread needs no Python to run: it ends even a decoder that hangs and has lost its server.
            faulthandler.dump_traceback_later(2 * request.pop("deadline") + 5, exit=True, file=nowhere)
            write_message(replies, *_answer(**request))
            faulthandler.cancel_dump_traceback_later()


def _answer(*, kind: str, path: str, options: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    try:
        match kind:
            case "facts":
                return {"facts": asdict(media.read_facts(Path(path), **options))}, b""
            case "thumbnail":
                return {}, media.thumbnail(Path(path), **options)
            case "filmstrip":
                return {}, media.filmstrip(Path(path), **options)
            case "motion":
                return {"motion": read_motion(Path(path), **options).as_json()}, b""
            case "frames":
                frames = media.read_frames(Path(path), **options)
                return {"shape": list(frames.shape)}, frames.tobytes()
            case _:
                return {"problem": f"the decoder knows no request {kind!r}"}, b""
    except Unreadable as error:
        return {"problem": str(error)}, b""
    except MemoryError:
        return {"problem": "decoding it takes more memory than is allowed"}, b""


def _listen(requests: queue.SimpleQueue[dict[str, Any]]) -> None:
    while True:
        try:
            request, _ = read_message(sys.stdin.buffer)
        except BrokenStream:
            # Not sys.exit: the main thread may hang in the decoder, and decord disturbs an orderly exit.
            os._exit(0)
        requests.put(request)


def _own_stdout() -> BinaryIO:
    """Take standard output for the replies and send whatever libraries print nowhere."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.dup2(nowhere, sys.stderr.fileno())
    os.close(nowhere)
    return replies


def limit_resources() -> None:
    """Bound the memory of this process and of those that it starts; no core files are written."""
    try:
        import resource
    except ImportError:  # Not on Windows.
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = MAX_MEMORY if hard == resource.RLIM_INFINITY else min(MAX_MEMORY, hard)
    with suppress(ValueError, OSError):  # macOS does not have this limit.
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


if __name__ == "__main__":
    main()
