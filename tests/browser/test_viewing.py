"""Viewing a challenge as another role, by keyboard and without scripts, at 320 pixels. axe finds nothing on it."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from civtech.challenges.models import Challenge
from civtech.core.db import db
from tests.support.axe import lay_in, violations
from tests.support.demonstration import first_of
from tests.support.live import sign_in
from tests.support.messages import wording

pytestmark = pytest.mark.browser


def staff_on_a_challenge(site: tuple[Flask, str], page: Page) -> str:
    """The address of a published challenge. The page is signed in as a member of staff."""
    app, address = site
    _who, identity = first_of(app, "staff")
    with app.app_context():
        slug = db.session.scalar(select(Challenge.slug).where(Challenge.published_at.is_not(None)).limit(1))
        db.session.remove()
    sign_in(page.context, app, address, identity)
    return f"{address}/challenges/{slug}"


def press_through_to(page: Page, words: str) -> None:
    """Press Tab until the element with the focus contains `words`."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if words in page.evaluate("document.activeElement.innerText || document.activeElement.value || ''"):
            return
    raise AssertionError(f"The focus never got to {words}.")


def test_by_keyboard_alone_and_without_scripts(site: tuple[Flask, str], new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False, viewport={"width": 320, "height": 640})
    challenge = staff_on_a_challenge(site, page)
    page.goto(f"{challenge}/viewing/new")
    page.get_by_label("The public").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(challenge)
    mark = page.get_by_role("region", name="Viewing as another role")
    expect(mark).to_contain_text(wording("You are viewing this as %(role)s.", role="a company without a proposal"))
    page.get_by_role("button", name="Stop viewing as another role").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{challenge}/viewing/new")
    expect(mark).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_nothing_runs_over(
    site: tuple[Flask, str], new_page: Callable[..., Page], width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    lay_in(page.context)
    challenge = staff_on_a_challenge(site, page)
    page.goto(f"{challenge}/viewing/new")
    page.get_by_label("An auditor").check()
    press_through_to(page, "View as this role")
    page.keyboard.press("Enter")
    expect(page).to_have_url(challenge)
    for address in (challenge, f"{challenge}/proposals", f"{challenge.rpartition('/challenges')[0]}/money"):
        page.goto(address)
        expect(page.get_by_role("region", name="Viewing as another role")).to_be_visible()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(challenge)
    press_through_to(page, "Stop viewing as another role")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{challenge}/viewing/new")
