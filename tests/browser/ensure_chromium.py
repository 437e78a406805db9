"""Bring a Chromium for the browser tests: the system's, else the distribution's package, else Playwright's own."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def system_chromium() -> str | None:
    """The path of a Chromium that the system has, or None."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def _playwright_has_one() -> bool:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return os.path.exists(playwright.chromium.executable_path)


def _install_package() -> bool:
    """Install the distribution's package, where that may be done without asking anybody."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return False
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
        if subprocess.run(command, env=environment, check=False).returncode:
            return False
    return system_chromium() is not None


def _install_playwrights() -> bool:
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.run(command, check=False).returncode == 0


def main() -> None:
    """Find or bring a Chromium; without one the browser tests are skipped, and this says so."""
    if system_chromium() or _playwright_has_one() or _install_package() or _install_playwrights():
        return
    print("No Chromium is here and none could be installed: the browser tests will be skipped.", file=sys.stderr)


if __name__ == "__main__":
    main()
