"""axe finds nothing at WCAG 2.2 AA on any page of any role, at 1280 and at 320 pixels, as it is and with errors.

Each page is opened once and then made narrower, like a window. Pages that an earlier role also sees are skipped,
except each role's home page: `EVERY_ROLE=1` checks them too.
"""

import os
import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page

from civtech.transparency.guides import GUIDES
from tests.support.axe import STANDARD, lay_in, violations
from tests.support.demonstration import first_of
from tests.support.live import sign_in
from tests.support.walk import Visit

pytestmark = [pytest.mark.browser, pytest.mark.takes(20, "It looks at every page of a role.")]
WIDTHS = (1280, 320)
EVERYONE = (
    "visitor",
    "staff",
    "sponsor",
    "company",
    "judge",
    "finance",
    "auditor",
    "administrator",
    "secretary",
    "roundstaff",
)
EMPTY_FORMS = """forms => forms
  .map((form, place) => [form, place])
  .filter(([form]) => form.method === 'post'
    && form.querySelector('input[type=text], input[type=email], input[type=password], textarea'))
  .map(([form, place]) => place)"""


FIELDS = re.compile(r"<textarea|<input[^>]+type=\"?(text|email|password)")
# Scripts that watch widths, such as that of wide tables, have run by then.
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
SEND_EMPTY = """form => {
  form.noValidate = true;
  form.querySelectorAll('input[type=text], input[type=email], input[type=password], textarea')
    .forEach(field => { field.value = ''; });
  form.submit();
}"""
Walks = Callable[..., list[Visit]]


def faults(page: Page) -> Iterator[tuple[int, str, str]]:
    """What axe finds at each width, and whether the page must be scrolled sideways there."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate(TWO_FRAMES)
        yield from ((width, *violation) for violation in violations(page, *STANDARD))
        if page.evaluate("document.documentElement.scrollWidth") > width:
            yield width, "sideways", page.url
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})


def own_pages(walks: Walks, app: Flask, role: str) -> list[Visit]:
    """The pages this role sees, one of each kind, without those that an earlier role also sees."""
    visits = [visit for visit in walks(client_of(app, role)) if is_page(visit)]
    if os.environ.get("EVERY_ROLE"):
        return visits
    earlier = EVERYONE[: EVERYONE.index(role)]
    shown = {visit.endpoint for other in earlier for visit in walks(client_of(app, other))} - {
        "people.home",
        "challenges.show",
        "proposals.show",
    }
    return [visit for visit in visits if visit.endpoint not in shown]


def client_of(app: Flask, role: str) -> str:
    return role if role == "visitor" else first_of(app, role)[0]


def is_page(visit: Visit) -> bool:
    return visit.response.mimetype == "text/html" and visit.response.status_code == 200


@pytest.fixture
def page(site: tuple[Flask, str], new_page: Callable[..., Page], role: str) -> Page:
    """The page of a person with the role, with axe."""
    app, address = site
    page = new_page(base_url=address, viewport={"width": WIDTHS[0], "height": 800})
    lay_in(page.context)
    if role != "visitor":
        _who, identity = first_of(app, role)
        sign_in(page.context, app, address, identity)
    return page


def open_(page: Page, url: str) -> None:
    """Open the page that the walk saw, and fail if an error page comes instead."""
    assert page.goto(url).status == 200, url


@pytest.mark.parametrize("role", EVERYONE)
def test_axe_finds_nothing_on_any_page(site: tuple[Flask, str], walks: Walks, page: Page, role: str):
    urls = [visit.url for visit in own_pages(walks, site[0], role)]
    found = []
    for url in urls:
        open_(page, url)
        found += [(url, *fault) for fault in faults(page)]
    assert urls
    assert found == []


@pytest.mark.parametrize("role", EVERYONE)
def test_axe_finds_nothing_on_any_page_with_errors(site: tuple[Flask, str], walks: Walks, page: Page, role: str):
    visits = [visit for visit in own_pages(walks, site[0], role) if 'method="post"' in visit.response.text]
    found = []
    for url in [visit.url for visit in visits if FIELDS.search(visit.response.text)]:
        open_(page, url)
        for number, place in enumerate(page.eval_on_selector_all("form", EMPTY_FORMS)):
            if number:
                open_(page, url)
            with page.expect_navigation():
                page.locator("form").nth(place).evaluate(SEND_EMPTY)
            found += [(url, "with errors", *fault) for fault in faults(page)]
    assert found == []


@pytest.mark.parametrize("role", ["visitor"])
def test_axe_finds_nothing_on_any_guide(page: Page):
    found = []
    for name in GUIDES:
        open_(page, f"/help/{name}")
        found += list(faults(page))
    assert found == []
