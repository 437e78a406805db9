"""The app in a browser: how soon the Overview is there, how soon the next clip plays after a verdict."""

import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory, gettempdir

import psutil
from playwright.sync_api import Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from benchmarks.sets import captions
from benchmarks.timing import Timing, summary

ROOT = Path(__file__).parents[1]
VERDICTS = 30
READ_AHEAD = 5
"""Clips behind the last verdict."""
DEMO_CLIPS = 56
HANGING = 10
"""Clips that hang the decoder, opened one after another by somebody else: each for as long as its deadline is."""
HANG_EVERY = VERDICTS // HANGING
"""Verdicts between two of them."""
WATCHED = (20, 100, 300, 500)
"""Clips after which memory is looked at; by the first, all that is loaded once is there."""
VIDEO = (
    "document.querySelector('.st-key-widget-player [data-testid=stBidiComponentIsolated]')"
    "?.shadowRoot?.querySelector('video:not([hidden])')"
)


@contextmanager
def server(environment: dict[str, str]) -> Iterator[tuple[str, psutil.Process, float]]:
    """Run the app; yields its address, its process, and when it was started."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", str(port)],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address)
        yield address, psutil.Process(process.pid), started
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(address: str) -> None:
    for _ in range(600):
        with suppress(urllib.error.URLError, ConnectionError), urllib.request.urlopen(f"{address}/_stcore/health"):
            return
        time.sleep(0.05)
    raise TimeoutError(f"{address} does not answer")


@contextmanager
def browser_page() -> Iterator[Page]:
    """A page of the system's Chromium, or of Playwright's own."""
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=which("chromium"), args=arguments)
        with chromium, chromium.new_context(viewport={"width": 1280, "height": 900}) as context:
            yield context.new_page()


def _environment(annotations: Path, cache: Path) -> dict[str, str]:
    return {
        "DFEC_ANNOTATIONS": str(annotations),
        "DFEC_DATASET_NAME": "Bench",
        "DFEC_CACHE": str(cache),
        "DFEC_STATE": str(cache / "state"),
    }


def measure_app(annotations: Path, cache: Path) -> str:
    """Seconds from `streamlit run` to an Overview with its charts drawn, and the server's memory then."""
    environment = _environment(annotations, cache)
    seconds, memory = [], 0.0
    with browser_page() as page:
        for _ in range(3):
            with server(environment) as (address, process, started):
                page.goto(address)
                page.locator(".st-key-chart-actions .plotly .bars .point").first.wait_for(timeout=120_000)
                seconds.append(time.perf_counter() - started)
                memory = max(memory, process.memory_info().rss / 1e6)
    return f"{statistics.median(seconds):.1f} s (median of 3; memory of the server {memory:,.0f} MB)"


def measure_review() -> Timing:
    """Milliseconds from a verdict key to the next clip playing, on the demo with all its clips drawn."""
    state = drawn_demo()
    with server({"DFEC_STATE": str(state), "DFEC_REVIEWER": "Bench"}) as (address, _, _):
        return _judge(address)


def measure_review_of(annotations: Path, cache: Path) -> Timing:
    """The same on a large set, whose first clips are the demo's."""
    drawn = sorted((drawn_demo() / "demo").rglob("*.mp4"))
    clips = cache / "clips-to-watch"
    first = list(islice(captions(), VERDICTS + READ_AHEAD))
    for number, (video, _) in enumerate(first):
        place = clips / video
        place.parent.mkdir(parents=True, exist_ok=True)
        if not place.is_file():
            shutil.copy(drawn[number % len(drawn)], place)
    environment = _environment(annotations, cache) | {"DFEC_CLIPS": str(clips), "DFEC_REVIEWER": "Bench"}
    with server(environment) as (address, _, _):
        return _judge(address)


def measure_beside_hanging() -> dict[str, Timing]:
    """The same while somebody else opens other clips, with a decoder that answers and with one that they hang."""
    with TemporaryDirectory() as folder:
        annotations = _write_hanging_set(Path(folder))
        found = {}
        for name, path in (("decoders answer", [ROOT]), ("decoders hang", [HANGING_DECODER, ROOT])):
            cache = Path(folder, name.replace(" ", "-"))
            environment = _environment(annotations, cache) | {
                "DFEC_CLIPS": str(annotations.parent / "clips"),
                "DFEC_REVIEWER": "Bench",
                "PYTHONPATH": os.pathsep.join(map(str, path)),
            }
            with server(environment) as (address, _, _):
                found[name] = _judge(address, beside=True)
        return found


HANGING_DECODER = ROOT / "tests" / "browser" / "hanging"
"""On Python's path it makes the decoding process wait for ever at some clips."""


def _write_hanging_set(folder: Path) -> Path:
    """Write ordinary samples, and after them those whose clips hang that decoder."""
    drawn = sorted((drawn_demo() / "demo").rglob("*.mp4"))
    numbers = [*range(100, 100 + VERDICTS + READ_AHEAD), *range(90, 90 + HANGING)]
    records = []
    for number, (_, caption) in zip(numbers, captions(), strict=False):
        video = f"MAFW/videos/{number:05d}.mp4"
        place = folder / "clips" / video
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(drawn[number % len(drawn)], place)
        records.append({"id": f"{number}", "video": video, "caption": caption})
    annotations = folder / "set.json"
    annotations.write_text(json.dumps(records), encoding="utf-8")
    return annotations


def drawn_demo() -> Path:
    """The state folder of a demo with all its clips drawn."""
    state = Path(gettempdir()) / "dfec-bench" / "demo"
    if len(list((state / "demo").rglob("*.mp4"))) < DEMO_CLIPS:
        with server({"DFEC_STATE": str(state)}) as (address, _, _), browser_page() as page:
            page.goto(address)
            while len(list((state / "demo").rglob("*.mp4"))) < DEMO_CLIPS:
                time.sleep(1)
    return state


def _judge(address: str, *, beside: bool = False) -> Timing:
    with browser_page() as page, _somebody_else(page, address) as open_sample:
        page.goto(f"{address}/review?queue=all")
        page.wait_for_function(f"() => {{ const v = {VIDEO}; return v && v.currentTime > 0; }}", timeout=60_000)
        times = []
        for number in range(VERDICTS):
            if beside and number % HANG_EVERY == 0:
                open_sample(90 + number // HANG_EVERY)
            page.wait_for_timeout(1500)  # a reviewer watches; the next clip is loaded meanwhile
            before, address_before = page.evaluate(f"{VIDEO}.currentSrc"), page.url
            started = time.perf_counter()
            _press_until_next(page, before)
            times.append(1000 * (time.perf_counter() - started))
            # The clip goes ahead; nobody judges before the caption is there too.
            page.wait_for_function("(before) => location.href !== before", arg=address_before)
    return summary(times)


def _press_until_next(page: Page, before: str) -> None:
    """Accept until another clip plays: what is pressed while the page changes may not be heard."""
    plays = f"(before) => {{ const v = {VIDEO}; return v && v.currentSrc !== before && v.currentTime > 0; }}"
    for _ in range(20):
        page.keyboard.press("a")
        with suppress(PlaywrightTimeout):
            page.wait_for_function(plays, arg=before, polling="raf", timeout=3000)
            return
    raise TimeoutError("the next clip never played")


@contextmanager
def _somebody_else(page: Page, address: str) -> Iterator[Callable[[int], None]]:
    """Another person's browser, which opens the sample of a number and does not wait for its clip."""
    browser = page.context.browser
    assert browser is not None
    with browser.new_context() as context:
        other = context.new_page()

        def open_sample(number: int) -> None:
            other.goto(f"{address}/review?in=set&sample={number}&queue=all", wait_until="commit")

        yield open_sample


def measure_memory() -> str:
    """Memory of the server, of the page's process and of its scripts while clips are watched and judged, in MB."""
    state = drawn_demo()
    told = []
    with server({"DFEC_STATE": str(state), "DFEC_REVIEWER": "Bench"}) as (address, process, _), browser_page() as page:
        page.goto(f"{address}/review?queue=all")
        tools = page.context.new_cdp_session(page)
        tools.send("Performance.enable")
        for number in range(1, WATCHED[-1] + 1):
            _watch(page)
            if number in WATCHED:
                tools.send("HeapProfiler.collectGarbage")
                metrics = {entry["name"]: entry["value"] for entry in tools.send("Performance.getMetrics")["metrics"]}
                told.append(
                    f"after {number}: server {process.memory_info().rss / 1e6:,.0f}, "
                    f"page {_renderer().memory_info().rss / 1e6:,.0f}, "
                    f"scripts {metrics['JSHeapUsedSize'] / 1e6:,.1f} ({metrics['Nodes']:,.0f} nodes)"
                )
            # Up and down the queue: a verdict on the way there, a look on the way back.
            _go_on(page, "a" if (number - 1) // (DEMO_CLIPS - 1) % 2 == 0 else "p")
    return "; ".join(told)


def _watch(page: Page) -> None:
    page.wait_for_function(f"() => {{ const v = {VIDEO}; return v && v.currentTime > 0.6; }}", timeout=60_000)


def _go_on(page: Page, key: str) -> None:
    """Press a key until another clip is shown: one that comes before the answer to the last one is not heard."""
    before = page.evaluate(f"{VIDEO}.currentSrc")
    changed = f"(before) => {{ const v = {VIDEO}; return v && v.currentSrc !== before; }}"
    for _ in range(20):
        page.keyboard.press(key)
        with suppress(PlaywrightTimeout):
            page.wait_for_function(changed, arg=before, timeout=3000)
            return
    raise TimeoutError(f"the clip did not change on {key!r}")


def _renderer() -> psutil.Process:
    """The process of the page: of all that this program started, the renderer that has the most memory."""
    found = []
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            if "--type=renderer" in child.cmdline():
                found.append(child)
    return max(found, key=lambda child: child.memory_info().rss)
