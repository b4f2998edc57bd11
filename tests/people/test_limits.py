"""Trying again and again becomes slow, for one address and for one network."""

import pytest
from flask import Flask
from flask_security import hash_password

from civtech.core import clock
from civtech.core.db import unit_of_work
from civtech.people.models import User
from civtech.people.sign_in import gated_views
from civtech.people.sign_in.limits import ATTEMPTS
from config import SignInProvider
from tests.people.conftest import PASSWORD
from tests.support.messages import wording


def attempts(app: Flask, count: int, *, network: str = "203.0.113.{}", email: str = "ada@example.org") -> list[int]:
    client = app.test_client()
    return [
        client.post(
            "/sign-in",
            data={"email": email.format(number), "password": "a wrong password"},
            environ_base={"REMOTE_ADDR": network.format(number)},
        ).status_code
        for number in range(count)
    ]


def test_one_account_is_tried_ten_times_a_minute_from_one_network(strict: Flask) -> None:
    assert attempts(strict, 12, network="203.0.113.7") == [422] * 10 + [429] * 2
    assert attempts(strict, 1, network="203.0.113.7", email="other@example.org") == [422]


def test_whoever_tries_the_account_of_another_does_not_keep_its_owner_out(strict: Flask) -> None:
    with unit_of_work():
        at = clock.now()
        User.register(
            name="Ada", email="ada@example.org", password=hash_password(PASSWORD), confirmed_at=at, active=True, at=at
        )
    assert attempts(strict, 12, network="203.0.113.7")[-1] == 429
    at_home = strict.test_client().post(
        "/sign-in",
        data={"email": "ada@example.org", "password": PASSWORD},
        environ_base={"REMOTE_ADDR": "198.51.100.4"},
    )
    assert at_home.location == "/home"


def test_one_account_is_tried_a_hundred_times_a_minute_from_everywhere_together(strict: Flask) -> None:
    assert attempts(strict, 102) == [422] * 100 + [429] * 2


def test_one_network_tries_thirty_times_a_minute(strict: Flask) -> None:
    assert attempts(strict, 32, network="203.0.113.7", email="a{}@example.org") == [422] * 30 + [429] * 2


def test_an_ipv6_customer_counts_as_one_network(strict: Flask) -> None:
    assert attempts(strict, 31, network="2001:db8::{}", email="a{}@example.org")[-1] == 429


def test_looking_at_the_page_is_never_limited(strict: Flask) -> None:
    client = strict.test_client()
    assert {client.get("/sign-in").status_code for _ in range(40)} == {200}


def test_the_page_says_how_long_to_wait(strict: Flask) -> None:
    client = strict.test_client()
    for _ in range(11):
        answer = client.post("/sign-in", data={"email": "ada@example.org", "password": "a wrong password"})
    assert answer.status_code == 429
    assert wording("You are not locked out. Wait one minute, then try again.") in answer.text
    assert 0 < int(answer.headers["Retry-After"]) <= 60


def test_the_way_to_a_provider_and_back_is_taken_thirty_times_a_minute(
    strict: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff = SignInProvider("staff", "Staff", "http://127.0.0.1:1", "civtech", "secret")
    monkeypatch.setitem(strict.config, "SIGN_IN_PROVIDERS", (staff,))
    client = strict.test_client()
    for path in ("/sign-in/with/staff", "/sign-in/with/staff/answer?error=x"):
        assert [client.get(path).status_code for _ in range(32)] == [302] * 30 + [429] * 2
    assert [client.post("/sign-in/proof/account").status_code for _ in range(12)] == [302] * 10 + [429] * 2


def test_every_way_to_guess_is_limited() -> None:
    guessable = {
        "login", "register", "forgot_password", "reset_password", "send_confirmation", "verify", "change_password",
        "two_factor_token_validation", "two_factor_setup_validate", "mf_recovery",
    }  # fmt: skip
    assert set(ATTEMPTS) == guessable
    assert guessable <= set(gated_views.OPEN) | set(gated_views.FOR_THE_SIGNED_IN)
