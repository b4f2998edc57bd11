"""Chromium for the tests: found on the system, installed by `--install` where that is possible, driven by Playwright.

We prefer its headless shell: the same engine without windows takes half the processor time.

`python -m tests.support.browser` prints where it is.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
NAMES = (*SHELLS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = ("Google Chrome", "Chromium")
PACKAGES = (SHELLS[0], "fonts-dejavu-core")
OLDER_PACKAGES = ("chromium", "fonts-dejavu-core")
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]
MISSING = (
    "No Chromium was found, so the browser tests cannot run. Install it (Debian: sudo apt install chromium; "
    "macOS: brew install --cask chromium) or name one: CHROMIUM=/path/to/chromium"
)


def find_chromium() -> Path | None:
    """The path of the browser. The environment variable CHROMIUM takes precedence."""
    if named := os.environ.get("CHROMIUM"):
        return Path(named)
    apps = [f"/Applications/{name}.app/Contents/MacOS/{name}" for name in MAC]
    found = next((place for name in (*NAMES, *apps) if (place := shutil.which(name)) and starts(place)), None)
    return Path(found) if found else None


def starts(program: str) -> bool:
    """Whether it really is a browser. Ubuntu's chromium-browser may be a script that only says "install the snap"."""
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    return answer.returncode == 0 and any(char.isdigit() for char in answer.stdout)


def install() -> None:
    """Install Chromium where we are allowed to (root on Debian). Otherwise `MISSING` says what to do."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("Installing Chromium for the browser tests", flush=True)
    steps = [["update", "-qq"]]
    steps += [["install", "-y", "-qq", "--no-install-recommends", *packages] for packages in (PACKAGES, OLDER_PACKAGES)]
    for step in steps:
        if find_chromium() is not None:
            break
        subprocess.run(
            ["apt-get", *step],
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=False,  # main() checks the result
        )


def launch_options() -> dict:
    """Options for Playwright's `chromium.launch`."""
    # Root cannot use the sandbox. Everyone else keeps it.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": find_chromium(), "headless": True, "args": [*FLAGS, *sandbox]}


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark tests that use the browser, so that they need no mark of their own."""
    if "browser" in getattr(item, "fixturenames", ()):
        item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests of a worker."""
    if find_chromium() is None:
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**launch_options())
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Makes pages, each for a person with their own cookies. Broken scripts and blocked content fail the test.

    Options are those of Playwright's `new_context`: `base_url`, `viewport`, `java_script_enabled`, `color_scheme`, …
    """
    contexts, complaints = [], []

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Refused to" in message.text:
            complaints.append(message.text)

    def make(**options) -> Page:
        context = browser.new_context(**{"locale": "en-GB", "viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", note)
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A visitor's page at 1280 pixels."""
    return new_page()


def main() -> None:
    """Run the command."""
    if "--install" in sys.argv and find_chromium() is None:
        install()
    found = find_chromium()
    if found is None and os.environ.get("CI") == "true":
        sys.exit(MISSING)
    if found is None or "--install" not in sys.argv:
        print(found or MISSING)


if __name__ == "__main__":
    main()
