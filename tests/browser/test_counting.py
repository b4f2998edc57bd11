"""Fields with a counter say the count in whole sentences, with the script and without."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.support.demonstration import first_of
from tests.support.live import sign_in
from tests.support.walk import Visit

pytestmark = pytest.mark.browser
CountingPages = Callable[[Page, str], list[str]]
COUNTED = '[data-module="govuk-character-count"]'


@pytest.fixture
def counting_pages(site: tuple[Flask, str], walks: Callable[..., list[Visit]]) -> CountingPages:
    """The addresses of a role's pages with counters, and a browser's page signed in for them."""
    app, address = site

    def found(page: Page, role: str) -> list[str]:
        email, identity = first_of(app, role)
        sign_in(page.context, app, address, identity)
        return [f"{address}{visit.url}" for visit in walks(email) if "govuk-character-count" in visit.response.text]

    return found


@pytest.mark.parametrize("role", ["company", "sponsor"])
def test_too_much_is_counted_in_a_whole_sentence(
    counting_pages: Callable[[Page, str], list[str]], page: Page, role: str
):
    for url in (urls := counting_pages(page, role)):
        page.goto(url)
        for field in page.locator(COUNTED).all():
            said = field.locator(".govuk-character-count__status")
            unit = "words" if field.get_attribute("data-maxwords") else "characters"
            most = int(field.get_attribute("data-maxwords") or field.get_attribute("data-maxlength"))
            text = field.locator("textarea")
            if not text.is_visible():
                continue
            text.fill("")
            expect(said).to_have_text(f"You have {most:,} {unit} left")
            text.fill("a " * (most + 27) if unit == "words" else "x" * (most + 27))
            expect(said).to_have_text(f"You have 27 {unit} too many")
            # What is read aloud is set a moment after the last key.
            expect(field.locator(".govuk-character-count__sr-status")).to_have_text(f"You have 27 {unit} too many")
    assert urls


@pytest.mark.parametrize("role", ["company", "sponsor"])
def test_without_a_script_the_limit_is_said(counting_pages: CountingPages, new_page: Callable[..., Page], role: str):
    page = new_page(java_script_enabled=False)
    for url in (urls := counting_pages(page, role)):
        page.goto(url)
        for said in page.locator(f"{COUNTED} .govuk-character-count__message").all_inner_texts():
            assert not said or re.fullmatch(r"You can enter up to [\d,]+ (characters|words)", said)
    assert urls
