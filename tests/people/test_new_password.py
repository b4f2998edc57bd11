"""The mailed link to a new password: for one account, once, for a while, and nobody else is signed out or changed."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from civtech.core.db import unit_of_work
from civtech.people.models import AddressChange, Mailbox, User
from tests.people.conftest import PASSWORD, Mail, find, sign_in
from tests.support.messages import fragment

NEW = "four red kites turn"
BOB = "bob@example.org"


@pytest.fixture
def bobs_link(app: Flask, person: Callable[..., User], outbox: list[Mail]) -> str:
    """What Bob was mailed; Ada has an account too."""
    person()
    person(BOB, "Bob Builder")
    app.test_client().post("/new-password", data={"email": BOB})
    return outbox[-1].link


def test_who_is_signed_in_and_follows_another_s_link_is_told_to_sign_out_first(
    client: FlaskClient, bobs_link: str, outbox: list[Mail]
) -> None:
    sign_in(client)
    before = find(BOB).password
    for answer in (client.get(bobs_link), client.post(bobs_link, data={"password": NEW})):
        assert answer.status_code == 409
        assert fragment("another account") in answer.text
        assert "Ada Lovelace" in answer.text
        assert "Bob" not in answer.text
        assert 'action="/sign-out"' in answer.text
    assert find(BOB).password == before
    assert len(outbox) == 1
    client.post("/sign-out")
    assert client.post(bobs_link, data={"password": NEW}).location == "/sign-in"
    assert sign_in(client, BOB, NEW).location == "/home"


def test_one_s_own_link_works_while_one_is_signed_in_and_ends_the_session(client: FlaskClient, bobs_link: str) -> None:
    sign_in(client, BOB)
    assert client.get(bobs_link).status_code == 200
    assert client.post(bobs_link, data={"password": NEW}).location == "/sign-in"
    assert client.get("/home").location == "/sign-in?next=/home"
    assert sign_in(client, BOB, NEW).location == "/home"


def test_an_expired_link_leads_to_a_new_one_and_changes_nothing(
    app: Flask, client: FlaskClient, bobs_link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SECURITY_RESET_PASSWORD_WITHIN", timedelta(seconds=-1))
    assert client.get(bobs_link).location == "/new-password"
    assert client.post(bobs_link, data={"password": NEW}).location == "/new-password"
    assert fragment("Ask for a new one here.") in client.get("/new-password").text
    assert sign_in(client, BOB, PASSWORD).location == "/home"


def test_a_link_is_worth_nothing_once_the_password_was_changed(app: Flask, client: FlaskClient, bobs_link: str) -> None:
    sign_in(client, BOB)
    changed = client.post("/account/password", data={"password": PASSWORD, "new_password": NEW})
    assert changed.status_code == 302
    assert app.test_client().post(bobs_link, data={"password": "yet another one here"}).location == "/new-password"
    assert sign_in(app.test_client(), BOB, NEW).location == "/home"


def test_a_link_in_the_mailbox_that_was_given_up_is_worth_nothing(
    app: Flask, client: FlaskClient, bobs_link: str, now: datetime
) -> None:
    with unit_of_work():
        change = AddressChange.ask(find(BOB), "robert@example.org", at=now)
        for mailbox in Mailbox:
            change.say_yes(mailbox, at=now)
    for answer in (client.get(bobs_link), client.post(bobs_link, data={"password": NEW})):
        assert answer.location == "/new-password"
    assert fragment("This link does not work") in client.get("/new-password").text
    assert sign_in(client, "robert@example.org", PASSWORD).location == "/home"


@pytest.mark.both_databases("locks")
@pytest.mark.parametrize("path", ["/new-password", "/confirmation"])
@pytest.mark.parametrize(
    "typed",
    ["", "  ", "ada", "ada@", "ada@example", "\uff11\uff12\uff13\uff14", "a b@example.org", "x" * 300 + "@example.org"],
)
def test_what_is_no_address_is_said_at_once_because_no_mail_would_come(
    client: FlaskClient, outbox: list[Mail], path: str, typed: str
) -> None:
    answer = client.post(path, data={"email": typed})
    assert answer.status_code == 422
    assert "name@example.org" in answer.text
    assert typed.strip()[:50] in answer.text
    assert outbox == []


@pytest.mark.parametrize("path", ["/new-password", "/confirmation"])
def test_an_address_that_nobody_has_is_answered_like_one_that_somebody_has(
    client: FlaskClient, person: Callable[..., User], path: str
) -> None:
    person(confirmed_at=None)
    answers = [client.post(path, data={"email": address}) for address in ("ada@example.org", "no@example.org")]
    assert {(answer.status_code, answer.location) for answer in answers} == {(302, "/check-your-mail")}
