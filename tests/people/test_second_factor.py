"""Authenticator codes and recovery codes."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from civtech.core.db import unit_of_work
from civtech.people.models import User
from tests.people.conftest import find, sign_in
from tests.support.codes import code_at

START = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
STEP = timedelta(seconds=30)


def begin(client: FlaskClient) -> tuple[str, str]:
    """Ask for a secret; it and the address that its first code goes to."""
    page = client.post("/account/second-factor", data={"setup": "authenticator"})
    assert page.status_code == 200
    assert "data:image/svg+xml;base64," in page.text
    secret = re.search(r'copyable__text">([A-Z2-7-]+)<', page.text)
    address = re.search(r'action="(/account/second-factor/[^"]+)"', page.text)
    assert secret
    assert address
    return secret.group(1), address.group(1)


@pytest.fixture
def protected(client: FlaskClient, person: Callable[..., User]) -> str:
    """Ada has a second factor since START and is signed out; its secret."""
    person()
    with time_machine.travel(START, tick=False):
        sign_in(client)
        secret, address = begin(client)
        assert client.post(address, data={"code": code_at(secret, START)}).location == "/account/recovery-codes"
        client.post("/sign-out")
    return secret


def test_a_wrong_first_code_asks_again_for_the_same_secret(
    client: FlaskClient, person: Callable[..., User], happened: list[str]
) -> None:
    person()
    sign_in(client)
    secret, address = begin(client)
    refused = client.post(address, data={"code": "000000"})
    assert refused.status_code == 422
    assert secret in refused.text
    assert not find("ada@example.org").has_second_factor
    assert client.post(address, data={"code": code_at(secret, datetime.now(UTC))}).status_code == 302
    assert find("ada@example.org").has_second_factor
    assert happened[-1] == "SecondFactorSet"


def test_signing_in_takes_the_code_after_the_password(client: FlaskClient, protected: str, happened: list[str]) -> None:
    later = START + 10 * STEP
    with time_machine.travel(later, tick=False):
        assert sign_in(client, next="/account").location == "/sign-in/code?next=/account"
        assert client.get("/account").status_code == 302
        assert client.get("/sign-in/code").status_code == 200
        assert client.post("/sign-in/code", data={"code": "000000"}).status_code == 422
        assert (
            client.post("/sign-in/code?next=/account", data={"code": code_at(protected, later)}).location == "/account"
        )
        assert client.get("/account").status_code == 200
    assert happened[-2:] == ["SignInFailed", "SignedIn"]


def test_a_code_works_once_and_never_an_earlier_one(app: Flask, client: FlaskClient, protected: str) -> None:
    later = START + 10 * STEP
    with time_machine.travel(later, tick=False):
        sign_in(client)
        assert client.post("/sign-in/code", data={"code": code_at(protected, later)}).status_code == 302
        thief = app.test_client()
        sign_in(thief)
        for seen in (later, later - STEP):
            assert thief.post("/sign-in/code", data={"code": code_at(protected, seen)}).status_code == 422
    with time_machine.travel(later + 2 * STEP, tick=False):
        assert thief.post("/sign-in/code", data={"code": code_at(protected, later + 2 * STEP)}).status_code == 302


def test_a_time_step_is_spent_by_one_statement(person: Callable[..., User]) -> None:
    made = person()
    with unit_of_work():
        assert made.use_code(100)
        assert not made.use_code(100)
        assert not made.use_code(99)
        assert made.use_code(101)


def test_a_code_may_be_one_step_old_and_not_older(client: FlaskClient, protected: str) -> None:
    later = START + 10 * STEP
    with time_machine.travel(later, tick=False):
        sign_in(client)
        assert client.post("/sign-in/code", data={"code": code_at(protected, later - 3 * STEP)}).status_code == 422
        assert client.post("/sign-in/code", data={"code": code_at(protected, later - STEP)}).status_code == 302


def test_the_second_step_is_closed_without_the_first(client: FlaskClient, app: Flask) -> None:
    for path in ("/sign-in/code", "/sign-in/recovery-code", "/sign-in/second-factor"):
        assert client.get(path).location == "/sign-in"
        assert client.post(path, data={"code": "123456"}).location == "/sign-in"


def test_secrets_and_recovery_codes_are_stored_encrypted_and_work_once(
    app: Flask, client: FlaskClient, protected: str, happened: list[str]
) -> None:
    later = START + 10 * STEP
    with time_machine.travel(later, tick=False):
        sign_in(client)
        client.post("/sign-in/code", data={"code": code_at(protected, later)})
        codes = re.findall(r"<code>([0-9a-f-]{14})</code>", client.post("/account/recovery-codes").text)
        assert len(set(codes)) == 8
        ada = find("ada@example.org")
        stored = f"{ada.tf_totp_secret} {ada.mf_recovery_codes}"
        assert protected.replace("-", "") not in stored
        assert not any(code in stored for code in codes)

        other = app.test_client()
        sign_in(other)
        assert other.get("/sign-in/without-code").status_code == 200
        assert other.post("/sign-in/recovery-code", data={"code": "0000-0000-0000"}).status_code == 422
        assert other.post("/sign-in/recovery-code", data={"code": f" {codes[0].upper()} "}).location == "/home"
        third = app.test_client()
        sign_in(third)
        assert third.post("/sign-in/recovery-code", data={"code": codes[0]}).status_code == 422
        assert third.post("/sign-in/recovery-code", data={"code": codes[1]}).location == "/home"
    assert happened.count("RecoveryCodesMade") == 1
    assert happened[-4:] == ["SignInFailed", "SignedIn", "SignInFailed", "SignedIn"]


def test_the_second_factor_is_switched_off_by_its_owner(
    client: FlaskClient, protected: str, happened: list[str]
) -> None:
    later = START + 10 * STEP
    with time_machine.travel(later, tick=False):
        sign_in(client)
        client.post("/sign-in/code", data={"code": code_at(protected, later)})
        assert client.post("/account/second-factor", data={"setup": "disable"}).location == "/account"
    assert not find("ada@example.org").has_second_factor
    assert happened[-1] == "SecondFactorRemoved"


def test_what_protects_the_account_changes_only_soon_after_signing_in(
    client: FlaskClient, person: Callable[..., User]
) -> None:
    person()
    with time_machine.travel(START, tick=False):
        sign_in(client)
    with time_machine.travel(START + timedelta(minutes=50), tick=False):
        for path in ("/account/second-factor", "/account/recovery-codes"):
            assert client.get(path).location == f"/account/verification?next={path}"
        assert client.post("/account/verification", data={"password": "not this one"}).status_code == 422
        answer = client.post(
            "/account/verification", data={"password": "three green boats sing", "next": "/account/second-factor"}
        )
        assert answer.location == "/account/second-factor"
        assert client.get("/account/second-factor").status_code == 200


@pytest.mark.parametrize("token", ["x", "ä", "W10.x.y"])
def test_a_set_up_that_nobody_began_is_begun_again(
    client: FlaskClient, person: Callable[..., User], token: str
) -> None:
    person()
    sign_in(client)
    answer = client.post(f"/account/second-factor/{token}", data={"code": "123456"})
    assert answer.location == "/account/second-factor"


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/account/second-factor", {"setup": "authenticator"}),
        ("/account/second-factor", {"setup": "disable"}),
        ("/account/second-factor/nothing", {"code": "123456"}),
        ("/account/recovery-codes", {}),
    ],
)
def test_who_signed_in_a_while_ago_proves_it_with_the_second_factor_before_that_is_changed(
    client: FlaskClient, protected: str, path: str, data: dict[str, str]
) -> None:
    later = START + 10 * STEP
    with time_machine.travel(later, tick=False):
        sign_in(client)
        client.post("/sign-in/code", data={"code": code_at(protected, later)})
    before = find("ada@example.org")
    held = before.tf_totp_secret, before.mf_recovery_codes
    with time_machine.travel(later + timedelta(minutes=20), tick=False):
        answer = client.post(path, data=data)
        assert answer.location.startswith("/account/proof")
        client.get("/account/second-factor")
        client.post("/account/verification", data={"password": "three green boats sing"})
        assert client.post(path, data=data).location.startswith("/account/proof"), "the password alone is not enough"
    after = find("ada@example.org")
    assert (after.tf_totp_secret, after.mf_recovery_codes) == held


def test_a_secret_that_another_session_began_with_is_nobody_s_second_factor(
    app: Flask, client: FlaskClient, person: Callable[..., User]
) -> None:
    person()
    person("mallory@example.org", "Mallory")
    sign_in(client)
    other = app.test_client()
    sign_in(other, "mallory@example.org")
    secret, address = begin(other)
    answer = client.post(address, data={"code": code_at(secret, datetime.now(UTC))})
    assert answer.location == "/account/second-factor"
    assert not find("ada@example.org").has_second_factor


def test_recovery_codes_are_shown_when_they_are_made_and_never_again(
    client: FlaskClient, person: Callable[..., User]
) -> None:
    person()
    sign_in(client)
    secret, address = begin(client)
    client.post(address, data={"code": code_at(secret, datetime.now(UTC))})
    codes = re.findall(r"<code>([0-9a-f-]{14})</code>", client.post("/account/recovery-codes").text)
    assert len(codes) > 5
    assert not any(code in client.get("/account/recovery-codes?show_codes=1").text for code in codes)


def test_a_new_password_is_no_proof_of_the_second_factor(client: FlaskClient, protected: str) -> None:
    later = START + 10 * STEP
    with time_machine.travel(later, tick=False):
        sign_in(client)
        client.post("/sign-in/code", data={"code": code_at(protected, later)})
    with time_machine.travel(later + timedelta(minutes=20), tick=False):
        changed = client.post(
            "/account/password", data={"password": "three green boats sing", "new_password": "four red kites turn"}
        )
        assert changed.status_code == 302
        assert client.get("/account").status_code == 200, "this session goes on"
        asked = client.post("/account/address", data={"email": "ada.king@example.org"})
        assert asked.location.startswith("/account/proof")
