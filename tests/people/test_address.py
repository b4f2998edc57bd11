"""An e-mail address changes once the mailbox before and the new one have both said yes; one is told of what changes."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.notifications.letters import Letter, compose
from civtech.notifications.models import OutboxMessage
from civtech.people.models import User
from civtech.people.models.address_change import OPEN_FOR
from tests.people.conftest import find, sign_in
from tests.support.messages import fragment, wording

Make = Callable[..., User]
PAGE = "/account/address"
NEW = "ada.king@example.org"
OLD = "ada@example.org"
BOTH = "old_said_yes_at = asked_at, new_said_yes_at = asked_at"


def mails(address: str) -> list[Letter]:
    db.session.rollback()
    sent = db.session.scalars(select(OutboxMessage).where(OutboxMessage.address == address).order_by(OutboxMessage.id))
    return [compose(message) for message in sent]


def link(address: str, number: int = -1) -> str:
    found = re.search(r"https?://[^/\s]+(/address/\S+)", mails(address)[number].body)
    assert found
    return found.group(1)


@pytest.fixture
def asked(client: FlaskClient, person: Make, now: datetime) -> None:
    """Ada asked for a new address."""
    person()
    sign_in(client)
    assert client.post(PAGE, data={"email": NEW.upper()}).location == PAGE


@pytest.mark.parametrize("first", [OLD, NEW])
def test_both_mailboxes_say_yes_in_any_order(
    app: Flask, client: FlaskClient, asked: None, first: str, happened: list[str]
) -> None:
    second = NEW if first == OLD else OLD
    anywhere = app.test_client()
    assert wording("Confirm new email address") in anywhere.get(link(first)).text
    assert wording("Now confirm from your other email address") in anywhere.post(link(first)).text
    assert find(OLD).email == OLD
    assert second in client.get(PAGE).text
    assert wording("Your email address has changed") in client.post(link(second)).text
    assert find(NEW).is_confirmed
    assert happened[-1] == "AddressChanged"
    assert [letter.subject for letter in mails(OLD)][-1] == wording("Your email address has changed")
    assert anywhere.post(link(NEW)).status_code == 409
    assert sign_in(anywhere, NEW).status_code == 302


def test_looking_at_the_link_changes_nothing(client: FlaskClient, asked: None) -> None:
    for address in (OLD, NEW):
        client.get(link(address))
    assert find(OLD).email == OLD
    assert client.get(PAGE).text.count(NEW) > 1


def test_one_mailbox_twice_is_not_two(client: FlaskClient, asked: None) -> None:
    for _ in range(2):
        assert wording("Now confirm from your other email address") in client.post(link(NEW)).text
    assert find(OLD).email == OLD


def test_a_link_ends_with_time_a_newer_wish_and_a_change_of_mind(
    client: FlaskClient, asked: None, now: datetime
) -> None:
    first = link(NEW)
    client.post(PAGE, data={"email": "ada.byron@example.org"})
    assert client.post(first).status_code == 409
    second = link("ada.byron@example.org")
    with clock.at(now + OPEN_FOR):
        assert client.post(second).status_code == 409
        assert wording("You can no longer confirm this change") in client.get(second).text
    assert client.post(f"{PAGE}/end").location == "/account"
    assert client.post(second).status_code == 409
    assert client.get("/address/forged").status_code == 404


def test_the_address_of_another_account_is_not_taken_and_nobody_else_learns_of_it(
    app: Flask, client: FlaskClient, person: Make, now: datetime
) -> None:
    person()
    person(NEW, "Eve Else")
    sign_in(client)
    assert client.post(PAGE, data={"email": NEW}).location == PAGE
    assert wording("Now confirm from your other email address") in client.post(link(OLD)).text
    refused = client.post(link(NEW))
    assert refused.status_code == 422
    assert (
        wording("This email address already has its own account. Sign in with it, or use a different address.")
        in refused.text
    )
    assert find(NEW).name == "Eve Else"


@pytest.mark.parametrize("typed", ["", "nobody", "a@b", OLD, "x" * 300 + "@example.org", "<script>@example.org"])
def test_no_address_is_refused_in_words(client: FlaskClient, person: Make, typed: str) -> None:
    person()
    sign_in(client)
    assert client.post(PAGE, data={"email": typed}).status_code == 422


@pytest.mark.both_databases("guards")
def test_the_database_changes_no_wish_and_asks_both(client: FlaskClient, asked: None) -> None:
    for change, why in (
        ("address = 'eve@example.org'", "as it was asked for"),
        ("address_before = 'eve@example.org'", "as it was asked for"),
        ("expires_at = '2999-01-01 00:00:00'", "as it was asked for"),
        ("changed_at = asked_at", "changed_once_both_said_yes"),
        (
            f"{BOTH}, changed_at = '2999-01-01 00:00:00'",
            "within two days",
        ),
        (
            "old_said_yes_at = asked_at, new_said_yes_at = asked_at, changed_at = asked_at, dropped_at = asked_at",
            "dropped",
        ),
    ):
        with pytest.raises(DatabaseError, match=why), unit_of_work():
            db.session.execute(text(f"UPDATE address_change SET {change}"))
    columns = "reference, user_id, address_before, address, asked_at, expires_at, old_said_yes_at"
    again = (
        f"INSERT INTO address_change ({columns}) SELECT 'x', user_id, address_before, address, asked_at, expires_at, "
    )
    with pytest.raises(DatabaseError, match=fragment("Both email addresses are asked")), unit_of_work():
        db.session.execute(text(f"{again} asked_at FROM address_change"))


def test_a_browser_that_was_not_used_before_is_told_of(
    app: Flask, client: FlaskClient, person: Make, now: datetime
) -> None:
    ada = person()

    def told() -> int:
        db.session.rollback()
        sent = select(OutboxMessage).where(
            OutboxMessage.recipient_id == ada.id, OutboxMessage.template == "new_browser"
        )
        return len(db.session.scalars(sent).all())

    sign_in(client)
    sign_in(client)
    assert told() == 0, "the first of all, and the same again"
    phone = {"User-Agent": "Pocket <b>1</b>"}
    data = {"email": OLD, "password": "three green boats sing"}
    for _ in range(2):
        app.test_client().post("/sign-in", data=data, headers=phone)
    assert told() == 1
    letter = compose(db.session.scalars(select(OutboxMessage).where(OutboxMessage.template == "new_browser")).one())
    assert "Pocket <b>1</b>" in letter.body


def test_a_changed_factor_is_told_of(client: FlaskClient, person: Make) -> None:
    ada = person(tf_primary_method="authenticator", tf_totp_secret="x")
    with unit_of_work():
        db.session.get_one(User, ada.id).remove_second_factor(by=None, at=clock.now() + timedelta(seconds=1))
    sent = db.session.scalars(select(OutboxMessage).where(OutboxMessage.recipient_id == ada.id)).one()
    assert wording("The second factor on your account was turned off.") in compose(sent).body
