"""The app in a browser: how soon the Overview is there, how soon the next clip plays after a verdict."""

import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import which
from tempfile import gettempdir

import psutil
from playwright.sync_api import Page, sync_playwright

from benchmarks.timing import Timing, summary

ROOT = Path(__file__).parents[1]
VERDICTS = 30
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


def measure_app(annotations: Path, cache: Path) -> str:
    """Seconds from `streamlit run` to an Overview with its charts drawn, and the server's memory then."""
    environment = {
        "DFEC_ANNOTATIONS": str(annotations),
        "DFEC_DATASET_NAME": "Bench",
        "DFEC_CACHE": str(cache),
        "DFEC_STATE": str(cache / "state"),
    }
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
    state = Path(gettempdir()) / "dfec-bench" / "demo"
    with server({"DFEC_STATE": str(state), "DFEC_REVIEWER": "Bench"}) as (address, _, _), browser_page() as page:
        while len(list(state.rglob("*.mp4"))) < 56:
            time.sleep(1)
        page.goto(f"{address}/review?queue=all")
        page.wait_for_function(f"() => {{ const v = {VIDEO}; return v && v.currentTime > 0; }}", timeout=60_000)
        times = []
        for _ in range(VERDICTS):
            page.wait_for_timeout(1500)  # a reviewer watches; the next clip is loaded meanwhile
            before = page.evaluate(f"{VIDEO}.currentSrc")
            started = time.perf_counter()
            page.keyboard.press("a")
            page.wait_for_function(
                f"(before) => {{ const v = {VIDEO}; return v && v.currentSrc !== before && v.currentTime > 0; }}",
                arg=before,
                polling="raf",
            )
            times.append(1000 * (time.perf_counter() - started))
    return summary(times)
