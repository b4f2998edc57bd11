"""Only our own script files run, and nothing that was put into a page."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = pytest.mark.browser
INJECTED = '<script>document.title = "Injected"</script><img src="x:" onerror="document.title = \'Injected\'">'
SUPPORTED = re.compile("govuk-frontend-supported")
"""The class that the body gets once our script, and all that it imports, has run."""


def test_our_script_runs_without_a_nonce(site: tuple[Flask, str], page: Page) -> None:
    _app, address = site
    page.goto(address)
    expect(page.locator("body")).to_have_class(SUPPORTED)
    assert page.locator("script").count() == page.locator('script[src^="/static/build/"]:not([nonce])').count() == 1


def test_a_script_in_the_page_is_refused(site: tuple[Flask, str], browser: Browser) -> None:
    _app, address = site
    context = browser.new_context()
    try:
        page, refused = context.new_page(), []
        page.on("console", lambda message: refused.append(message.text) if "script-src" in message.text else None)

        def inject(route: Route) -> None:
            answer = route.fetch()
            route.fulfill(response=answer, body=answer.text().replace("</main>", f"{INJECTED}</main>"))

        page.route(f"{address}/", inject)
        page.goto(f"{address}/")
        expect(page.locator("body")).to_have_class(SUPPORTED)
        assert page.locator("main script").count() == 1
        assert "Injected" not in page.title()
        assert len(refused) == 2
    finally:
        context.close()
