"""The browser of the tests: it loads pages, and it minds broken scripts and blocked content."""

import os
from pathlib import Path

import pytest

from tests.support import browser as support

pytest_plugins = ["pytester"]


def test_a_page_is_loaded_and_styled(page):
    page.set_content("<h1 style='width: 100px'>Challenges</h1>")
    assert page.get_by_role("heading").bounding_box()["width"] == 100


def test_a_page_may_be_small_and_without_javascript(new_page):
    page = new_page(viewport={"width": 320, "height": 600}, java_script_enabled=False)
    page.set_content("<noscript>Works</noscript><p style='margin-left: 100vw'>x</p>")
    assert page.get_by_text("Works").is_visible()
    assert page.viewport_size["width"] == 320


@pytest.mark.takes(8, "It starts a browser of its own.")
@pytest.mark.browser
@pytest.mark.parametrize(
    "html",
    [
        "<script>nowhere()</script>",
        "<meta http-equiv=Content-Security-Policy content=\"script-src 'none'\"><script>1</script>",
    ],
)
def test_broken_scripts_and_blocked_content_fail_the_test(pytester, monkeypatch, html):
    monkeypatch.setenv("PYTHONPATH", str(Path(support.__file__).parents[2]))
    pytester.makeconftest("from tests.support.browser import *")
    pytester.makepyfile(f"def test_it(page):\n    page.set_content({html!r})\n    page.wait_for_timeout(100)")
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-c", os.devnull)
    result.assert_outcomes(passed=1, errors=1)


def test_chromium_named_in_the_environment_goes_first(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/some/where/chromium")
    assert str(support.find_chromium()) == "/some/where/chromium"


def test_a_script_that_only_names_the_snap_is_no_browser(tmp_path):
    script = tmp_path / "chromium-browser"
    script.write_text("#!/bin/sh\necho 'requires the chromium snap' >&2\nexit 1\n")
    script.chmod(0o755)
    assert not support.starts(str(script))
