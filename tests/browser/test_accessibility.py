"""axe finds nothing at WCAG 2.2 AA on any page of any role, at 1280 and at 320 pixels, as it is and with errors.

What an earlier role was shown already is not looked at again, except each role's home: `EVERY_ROLE=1` does that too.
"""

import os
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select

from civtech.accounts.models import User
from civtech.core.db import db
from tests.support.demonstration import everybody
from tests.support.live import sign_in
from tests.support.walk import Visit, walk

pytestmark = [pytest.mark.slow, pytest.mark.browser]
STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
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


def faults(page: Page) -> list[tuple[str, str]]:
    """What axe finds, and whether the page must be scrolled sideways."""
    found = [
        (violation["id"], violation["nodes"][0]["html"][:160])
        for violation in Axe().run(page, options=STANDARD).response["violations"]
    ]
    width = page.viewport_size["width"]
    if page.evaluate("document.documentElement.scrollWidth") > width:
        found.append(("sideways", str(width)))
    return found


def first_of(app: Flask, role: str) -> tuple[str, str | None]:
    """The client name and session identity of the first person in a role; a visitor has none."""
    if role == "visitor":
        return "visitor", None
    with app.app_context():
        row = db.session.execute(
            select(User.email, User.fs_uniquifier)
            .where(User.email.like(f"{role}.%@demo.civtech.example"))
            .order_by(User.id)
        ).first()
        db.session.remove()
    return row


def own_pages(app: Flask, role: str) -> list[Visit]:
    """The pages this role is shown, one of each kind, without those that an earlier role is shown too."""
    clients = everybody(app)
    visits = walk(app, clients[first_of(app, role)[0]], each=1)
    visits = [visit for visit in visits if visit.response.mimetype == "text/html" and visit.response.status_code == 200]
    if os.environ.get("EVERY_ROLE"):
        return visits
    earlier = EVERYONE[: EVERYONE.index(role)]
    shown = {visit.endpoint for other in earlier for visit in walk(app, clients[first_of(app, other)[0]], each=1)} - {
        "accounts.home",
        "challenges.show",
        "proposals.show",
    }
    return [visit for visit in visits if visit.endpoint not in shown]


@pytest.mark.parametrize("role", EVERYONE)
def test_axe_finds_nothing_on_any_page(site: tuple[Flask, str], new_page: Callable[..., Page], role: str):
    app, address = site
    _who, identity = first_of(app, role)
    urls = [visit.url for visit in own_pages(app, role)]
    found = []
    for width in WIDTHS:
        page = new_page(viewport={"width": width, "height": 800})
        if identity:
            sign_in(page.context, app, address, identity)
        for url in urls:
            page.goto(f"{address}{url}")
            found += [(width, url, *fault) for fault in faults(page)]
    assert urls
    assert found == []


@pytest.mark.parametrize("role", EVERYONE)
def test_axe_finds_nothing_on_any_page_with_errors(site: tuple[Flask, str], new_page: Callable[..., Page], role: str):
    app, address = site
    _who, identity = first_of(app, role)
    urls = [visit.url for visit in own_pages(app, role) if 'method="post"' in visit.response.text]
    found = []
    for width in WIDTHS:
        page = new_page(viewport={"width": width, "height": 800})
        if identity:
            sign_in(page.context, app, address, identity)
        for url in urls:
            page.goto(f"{address}{url}")
            for place in page.eval_on_selector_all("form", EMPTY_FORMS):
                page.goto(f"{address}{url}")
                with page.expect_navigation():
                    page.locator("form").nth(place).evaluate(
                        """form => {
                          form.noValidate = true;
                          form.querySelectorAll('input[type=text], input[type=email], input[type=password], textarea')
                            .forEach(field => { field.value = ''; });
                          form.submit();
                        }"""
                    )
                found += [(width, url, "with errors", *fault) for fault in faults(page)]
    assert found == []
