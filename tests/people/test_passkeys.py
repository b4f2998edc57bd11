"""A passkey signs in its own person, from our own pages, once for each question, and nobody else."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.people.models import Passkey, User
from civtech.people.models.passkey import MOST
from civtech.people.sign_in.passkeys import GOOD_FOR
from tests.people.conftest import find, sign_in
from tests.support.device import PRESENT, SoftDevice, options_on
from tests.support.messages import fragment, wording

Make = Callable[..., User]
OWN = "/account/passkeys"
DOOR = "/sign-in/passkey"
PROOF = "/account/proof"


def add(client: FlaskClient, device: SoftDevice, name: str = "Phone") -> int:
    answer = device.create(options_on(client.get(OWN).text))
    return client.post(OWN, data={"name": name, "answer": answer}).status_code


def come_in(client: FlaskClient, device: SoftDevice) -> int:
    answer = device.get(options_on(client.get(DOOR).text))
    return client.post(DOOR, data={"answer": answer}).status_code


def passkeys() -> list[Passkey]:
    db.session.rollback()
    return list(db.session.scalars(select(Passkey).order_by(Passkey.id)))


@pytest.fixture
def device(client: FlaskClient, person: Make, now: datetime) -> Iterator[SoftDevice]:
    """Ada's device; she is signed out, and a minute has passed."""
    person()
    sign_in(client)
    device = SoftDevice()
    assert add(client, device) == 302
    client.post("/sign-out")
    with clock.at(now + timedelta(minutes=1)):
        yield device


def test_a_passkey_signs_in_and_says_when(client: FlaskClient, device: SoftDevice, happened: list[str]) -> None:
    assert come_in(client, device) == 302
    assert happened[-1] == "SignedIn"
    assert client.get("/account").status_code == 200
    assert passkeys()[0].used_at == clock.now()
    assert client.get(DOOR).location == "/home"


def test_an_answer_counts_once(app: Flask, client: FlaskClient, device: SoftDevice) -> None:
    answer = device.get(options_on(client.get(DOOR).text))
    cookie = client.get_cookie("civtech").value
    thief = app.test_client()
    thief.set_cookie("civtech", cookie)
    assert client.post(DOOR, data={"answer": answer}).status_code == 302
    assert thief.post(DOOR, data={"answer": answer}).status_code == 422
    assert thief.get("/account").status_code == 302


def test_a_question_gets_old(client: FlaskClient, device: SoftDevice) -> None:
    answer = device.get(options_on(client.get(DOOR).text))
    with clock.at(clock.now() + GOOD_FOR):
        refused = client.post(DOOR, data={"answer": answer})
    assert refused.status_code == 422
    assert wording("That took too long. Try again.") in refused.text


def test_a_page_of_another_host_gets_nowhere(client: FlaskClient, device: SoftDevice) -> None:
    device.origin = "http://localhost.evil.example"
    assert come_in(client, device) == 422


def test_nobody_there_to_unlock_it_is_not_enough(client: FlaskClient, device: SoftDevice) -> None:
    device.flags = PRESENT
    assert come_in(client, device) == 422


def test_a_key_that_counts_back_may_be_a_copy(client: FlaskClient, device: SoftDevice) -> None:
    device.counts, device.uses = True, 40
    assert come_in(client, device) == 302
    client.post("/sign-out")
    device.uses = 3
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert come_in(client, device) == 422


def test_another_key_does_not_answer_for_it(client: FlaskClient, device: SoftDevice) -> None:
    forged = SoftDevice()
    forged.credential = device.credential
    assert come_in(client, forged) == 422
    assert come_in(client, SoftDevice()) == 422


def test_the_passkey_of_another_person_does_not_confirm_that_it_is_me(
    client: FlaskClient, device: SoftDevice, person: Make, happened: list[str]
) -> None:
    person("eve@example.org", "Eve Else")
    sign_in(client, "eve@example.org")
    eves = SoftDevice()
    assert add(client, eves, "Eve’s") == 302
    with clock.at(clock.now() + timedelta(minutes=20)):
        foreign = device.get(options_on(client.get(PROOF).text))
        assert client.post(f"{PROOF}/passkey", data={"answer": foreign}).status_code == 422
        assert happened[-1] == "SignInFailed"
        own = eves.get(options_on(client.get(PROOF).text))
        assert client.post(f"{PROOF}/passkey?next={OWN}", data={"answer": own}).location == OWN


@pytest.mark.parametrize(
    "answer",
    ["", "{}", "[]", "null", "7", '"x"', "{", '{"rawId": 5}', '{"rawId": "ä"}', '{"rawId": "AAAA"}', "x" * 30_000],
)
def test_nonsense_is_refused_in_words(client: FlaskClient, device: SoftDevice, answer: str) -> None:
    client.get(DOOR)
    assert client.post(DOOR, data={"answer": answer}).status_code == 422
    assert come_in(client, device) == 302
    client.get(OWN)
    refused = client.post(OWN, data={"name": "Another", "answer": answer})
    assert refused.status_code == 422
    assert "Another" in refused.text


def test_someone_deactivated_does_not_come_in(client: FlaskClient, device: SoftDevice) -> None:
    with unit_of_work():
        find("ada@example.org").active = False
    assert come_in(client, device) == 422
    assert client.get("/account").status_code == 302


def test_adding_one_ends_the_other_sessions(app: Flask, client: FlaskClient, person: Make) -> None:
    person()
    other = app.test_client()
    sign_in(other)
    sign_in(client)
    assert add(client, SoftDevice()) == 302
    assert client.get("/account").status_code == 200
    assert other.get("/account").location == "/sign-in?next=/account"


def test_there_are_not_endlessly_many(client: FlaskClient, person: Make) -> None:
    person()
    sign_in(client)
    assert [add(client, SoftDevice(), f"Key {number}") for number in range(MOST + 1)] == [302] * MOST + [422]


def test_nobody_removes_the_passkey_of_another(client: FlaskClient, device: SoftDevice, person: Make) -> None:
    person("eve@example.org", "Eve Else")
    sign_in(client, "eve@example.org")
    assert client.post(f"{OWN}/{passkeys()[0].reference}/removal").status_code == 404
    assert len(passkeys()) == 1


@pytest.mark.both_databases("guards")
def test_the_database_keeps_a_passkey_as_it_was_added(device: SoftDevice, person: Make) -> None:
    eve = person("eve@example.org", "Eve Else")
    for change, why in (
        (f"user_id = {eve.id}", "cannot be changed"),
        ("credential = public_key", "cannot be changed"),
        ("public_key = credential", "cannot be changed"),
        ("added_at = '2999-01-01 00:00:00'", "cannot be changed"),
        ("uses = -1", "copied"),
    ):
        with pytest.raises(DatabaseError, match=why), unit_of_work():
            db.session.execute(text(f"UPDATE passkey SET {change}"))


@pytest.mark.parametrize(
    ("host", "elsewhere"),
    [
        ("127.0.0.1:8000", "http://localhost:8000"),
        ("[::1]:8000", "http://localhost:8000"),
        ("127.0.0.1", "http://localhost"),
        ("192.0.2.7:8000", None),
        ("[2001:db8::1]", None),
    ],
)
def test_g_a_page_under_a_number_says_where_passkeys_work(
    client: FlaskClient, host: str, elsewhere: str | None
) -> None:
    page = client.get(DOOR, headers={"Host": host}).text
    assert fragment("Passkeys do not work at an address made of numbers.") in page
    assert "data-passkey-unable" not in page
    assert re.findall(r'href="(http://\S+)/sign-in/passkey"', page) == ([elsewhere] if elsewhere else [])


@pytest.mark.parametrize("host", ["localhost:8000", "civtech.example", "a.localhost:9"])
def test_g_a_page_under_a_name_offers_passkeys(client: FlaskClient, host: str) -> None:
    page = client.get(DOOR, headers={"Host": host}).text
    assert "data-passkey-unable" in page
    assert "made of numbers" not in page
