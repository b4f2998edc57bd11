"""The privacy notice, the cookies and the accessibility statement say what is so."""

import re
from collections.abc import Callable
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from civtech import create_app
from civtech.core.db import db
from civtech.people.models import User
from civtech.privacy.categories import CATEGORIES
from civtech.privacy.cookies import cookies_of
from config import Misconfigured, read
from tests.people.conftest import PASSWORD, person
from tests.privacy.conftest import SignedIn
from tests.support.client import settings_for
from tests.support.demonstration import Seen
from tests.support.messages import fragment

__all__ = ["person"]


def test_the_notice_says_how_long_each_category_is_kept(client: FlaskClient, app: Flask) -> None:
    page = " ".join(client.get("/privacy").text.split())
    years = app.config["RETENTION_YEARS"]
    assert set(years) == {category.key for category in CATEGORIES}
    for category in CATEGORIES:
        count = years[category.key]
        said = f"{'One year' if count == 1 else f'{count} years'} from {category.since}"
        assert category.title in page
        assert said in page
        assert category.basis in page


def test_the_notice_follows_the_settings(tmp_path: Path) -> None:
    app = create_app(settings_for(f"sqlite:///{tmp_path}/x.db", tmp_path, RETENTION_YEARS="funded=5"))
    with app.app_context():
        db.create_all()
        assert "5 years from the end of the last agreement" in app.test_client().get("/privacy").text
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize(
    "years", ["funded=0", "funded=many", "audit=1", "funded", "funded=-1", "funded=1000", "funded=²"]
)
def test_years_that_make_no_sense_stop_the_start(years: str) -> None:
    with pytest.raises(Misconfigured, match="RETENTION_YEARS"):
        read({"CIVTECH_ENV": "testing", "RETENTION_YEARS": years})


@pytest.mark.parametrize("path", ["/privacy", "/cookies", "/accessibility"])
def test_every_page_leads_to_them(client: FlaskClient, path: str) -> None:
    page = client.get("/challenges").text
    footer = page[page.index('<footer class="footer">') :]
    assert f'href="{path}"' in footer


def test_the_notice_leads_to_ones_own_data(loner: User, signed_in: SignedIn) -> None:
    assert 'href="/account/data"' in signed_in(loner).get("/privacy").text


def names_in(headers: list[str]) -> set[str]:
    return {name for header in headers for name in SimpleCookie(header)}


def test_the_cookies_page_names_every_cookie_and_none_besides(app: Flask, client: FlaskClient) -> None:
    page = client.get("/cookies").text
    said = set(re.findall(r'govuk-summary-card__title">([^<]+)<', page))
    assert said == {cookie.name for cookie in cookies_of(app)} == {app.config["SESSION_COOKIE_NAME"]}


def test_a_secure_site_names_its_cookie_as_it_is(tmp_path: Path) -> None:
    app = create_app(settings_for(f"sqlite:///{tmp_path}/x.db", tmp_path, HTTPS="1"))
    assert [cookie.name for cookie in cookies_of(app)] == ["__Host-civtech"]


def test_reading_sets_no_cookie_at_all(client: FlaskClient, app: Flask) -> None:
    for path in ("/", "/challenges", "/privacy", "/cookies", "/accessibility", "/register", "/rights"):
        assert client.get(path).headers.getlist("Set-Cookie") == [], path


def test_signing_in_with_and_without_a_mistake_sets_the_one_cookie(
    app: Flask, client: FlaskClient, person: Callable[..., User]
) -> None:
    person("ada@example.org")
    headers: list[str] = []
    for answer in (
        client.get("/sign-in"),
        client.post("/sign-in", data={"email": "ada@example.org", "password": "wrong", "remember": "y"}),
        client.post("/sign-in", data={"email": "ada@example.org", "password": PASSWORD, "remember": "y"}),
        client.get("/account"),
        client.post("/sign-out"),
        client.get("/sign-up"),
        client.get("/new-password"),
    ):
        headers += answer.headers.getlist("Set-Cookie")
    assert names_in(headers) == {cookie.name for cookie in cookies_of(app)}


def test_no_page_of_anybody_sets_another_cookie(demonstration: Flask, seen: Seen) -> None:
    with demonstration.app_context():
        known = {cookie.name for cookie in cookies_of(demonstration)}
        db.session.remove()
    found: set[str] = set()
    for _who, visit in seen:
        found |= names_in(visit.response.headers.getlist("Set-Cookie"))
    assert found <= known


def test_the_statement_claims_no_more_than_was_tested(client: FlaskClient) -> None:
    page = client.get("/accessibility").text
    assert fragment("Disabled people have not tested these pages yet") in page
    assert 'href="/accessibility/problems/new"' in page
    assert "Equality Advisory and Support Service" in page
