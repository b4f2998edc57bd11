"""A person sees where they are signed in and ends it from elsewhere; a cookie alone is worth nothing afterwards."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.people.models import BrowserSession, User
from civtech.people.models.browser_session import IDLE, LASTS
from tests.people.conftest import PASSWORD, find, sign_in
from tests.support.messages import pattern, wording

PAGE = "/account/sessions"


def cookie_of(client: FlaskClient) -> str:
    return client.get_cookie("civtech").value


def with_cookie(app: Flask, cookie: str) -> FlaskClient:
    thief = app.test_client()
    thief.set_cookie("civtech", cookie)
    return thief


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def sessions() -> list[BrowserSession]:
    db.session.rollback()
    return list(db.session.scalars(select(BrowserSession).order_by(BrowserSession.id)))


def test_a_copied_cookie_is_worth_nothing_once_its_owner_signed_out(
    app: Flask, client: FlaskClient, person: Callable[..., User]
) -> None:
    person()
    sign_in(client)
    copy = cookie_of(client)
    assert is_signed_in(with_cookie(app, copy))
    client.post("/sign-out")
    assert not is_signed_in(with_cookie(app, copy))


def test_another_browser_is_seen_and_signed_out_from_here(
    app: Flask, client: FlaskClient, person: Callable[..., User], happened: list[str]
) -> None:
    person()
    phone = app.test_client()
    phone.post("/sign-in", data={"email": "ada@example.org", "password": PASSWORD}, headers={"User-Agent": "<b>Pocket"})
    sign_in(client)
    page = client.get(PAGE).text
    assert "&lt;b&gt;Pocket" in page
    assert page.count(wording("This browser")) == 1
    assert page.count(wording("Another browser")) == 1
    there, here = sessions()
    assert f"{PAGE}/{here.reference}/end" not in page
    assert client.post(f"{PAGE}/{there.reference}/end").location == PAGE
    assert happened[-1] == "BrowserSessionEnded"
    assert wording("You are not signed in anywhere else.") in client.get(PAGE).text
    assert phone.get("/account", headers={"User-Agent": "<b>Pocket"}).status_code == 302
    assert is_signed_in(client)
    assert client.post(f"{PAGE}/{there.reference}/end").status_code == 404


@pytest.mark.both_databases("locks")
def test_all_others_end_at_once(app: Flask, client: FlaskClient, person: Callable[..., User]) -> None:
    person()
    others = [app.test_client() for _ in range(3)]
    for other in others:
        sign_in(other)
    sign_in(client)
    assert wording("Sign out everywhere else") in client.get(PAGE).text
    assert client.post(f"{PAGE}/end").status_code == 302
    assert [is_signed_in(one) for one in (client, *others)] == [True, False, False, False]


def test_nobody_sees_or_ends_the_session_of_another(
    app: Flask, client: FlaskClient, person: Callable[..., User]
) -> None:
    person()
    person("eve@example.org", "Eve Else")
    sign_in(client)
    eve = app.test_client()
    sign_in(eve, "eve@example.org")
    adas = sessions()[0]
    assert adas.reference not in eve.get(PAGE).text
    assert eve.post(f"{PAGE}/{adas.reference}/end").status_code == 404
    assert is_signed_in(client)


def test_a_session_ends_after_twelve_hours(client: FlaskClient, person: Callable[..., User]) -> None:
    person()
    sign_in(client)
    begun = clock.now()
    for minutes in range(50, 720, 50):
        with clock.at(begun + timedelta(minutes=minutes)):
            assert is_signed_in(client)
    with clock.at(begun + LASTS + timedelta(minutes=1)):
        assert not is_signed_in(client)


def test_a_session_ends_after_an_hour_without_use(client: FlaskClient, person: Callable[..., User]) -> None:
    person()
    sign_in(client)
    begun = clock.now()
    with clock.at(begun + IDLE - timedelta(minutes=1)):
        assert is_signed_in(client)
    with clock.at(begun + 2 * IDLE):
        assert not is_signed_in(client)


def test_signing_in_again_in_the_same_browser_ends_the_session_before(
    app: Flask, client: FlaskClient, person: Callable[..., User]
) -> None:
    person()
    sign_in(client)
    before = cookie_of(client)
    client.post(
        "/account/password",
        data={"password": PASSWORD, "new_password": "five green boats sing"},
    )
    assert is_signed_in(client)
    assert not is_signed_in(with_cookie(app, before))
    assert [found.ended_at is None for found in sessions()] == [False, True]


@pytest.mark.both_databases("guards")
def test_the_database_brings_no_session_back(app: Flask, client: FlaskClient, person: Callable[..., User]) -> None:
    eve = person("eve@example.org", "Eve Else")
    person()
    sign_in(client)
    client.post("/sign-out")
    for change in ("ended_at = NULL", f"user_id = {eve.id}", "begun_at = '2999-01-01 00:00:00'"):
        with (
            pytest.raises(
                DatabaseError,
                match=pattern("A session belongs to one person, and cannot start again once it has ended."),
            ),
            unit_of_work(),
        ):
            db.session.execute(text(f"UPDATE browser_session SET {change}"))


@pytest.mark.both_databases("guards")
def test_the_database_holds_no_secret(client: FlaskClient, person: Callable[..., User]) -> None:
    person()
    sign_in(client)
    with client.session_transaction() as session:
        secret = session["id"]
    stored = db.session.execute(text("SELECT * FROM browser_session")).one()
    assert secret not in map(str, stored)
    assert sessions()[0].user_id == find("ada@example.org").id
