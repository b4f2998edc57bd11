"""Which passwords are accepted, and how they are changed."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from civtech.people import mail
from civtech.people.models import User
from civtech.people.sign_in.passwords import Passwords
from tests.people.conftest import PASSWORD, Mail, find, sign_in
from tests.support.messages import wording

NEW = "four red kites turn"


@pytest.mark.parametrize(
    "good",
    ["twelve chars", "ab" * 30 + "cde" + "f" * 65, "пароль длинный", "🦀🐙🐟🦐🐚 sea song",
     "\u00e9" * 8 + "abcd", "with\ttab and space"],
)  # fmt: skip
def test_long_passwords_of_any_characters_are_accepted(app: Flask, good: str) -> None:
    assert 12 <= len(good) <= 128
    assert Passwords(app).validate(good, True)[0] is None


@pytest.mark.parametrize(
    "bad",
    ["", "eleven char", "x" * 129, "abcdabcdabcd", "PASSWORD1234", "qwertyuiop12", "e\u0301" * 6 + "abcde"],
)
def test_short_endless_and_common_passwords_are_refused(app: Flask, bad: str) -> None:
    with app.test_request_context():
        assert Passwords(app).validate(bad, True)[0]


def test_a_password_cannot_be_ones_name_or_address(app: Flask, person: Callable[..., User]) -> None:
    with app.test_request_context():
        assert Passwords(app).validate("Ada@Example.org", True, name="Ada", email="ada@example.org")[0]
        assert Passwords(app).validate("ADA LOVELACE", False, user=person())[0]


def test_the_same_words_sign_in_however_the_keyboard_composes_them(client: FlaskClient, outbox: list[Mail]) -> None:
    client.post("/sign-up", data={"name": "Zoë", "email": "zoe@example.org", "password": "Zo\u00eb swims at dawn"})
    client.post(outbox[0].link)
    assert sign_in(client, "zoe@example.org", "Zoe\u0308 swims at dawn").location == "/home"


def test_a_password_is_reset_by_mail_once_and_ends_every_session(
    app: Flask, client: FlaskClient, person: Callable[..., User], outbox: list[Mail], happened: list[str]
) -> None:
    person()
    sign_in(client)
    visitor = app.test_client()
    happened.clear()
    assert visitor.post("/new-password", data={"email": "ADA@example.org"}).location == "/check-your-mail"
    link = outbox[0].link
    assert visitor.get(link).status_code == 200
    assert visitor.post(link, data={"password": "too short"}).status_code == 422
    assert visitor.post(link, data={"password": NEW}).location == "/sign-in"
    assert [mail.subject for mail in outbox] == [wording("Reset your password"), wording("Your password was changed")]
    assert client.get("/home").status_code == 302, "the old session has ended"
    assert visitor.post(link, data={"password": "yet another one here"}).location == "/new-password"
    assert sign_in(client, password=PASSWORD).status_code == 422
    assert sign_in(client, password=NEW).location == "/home"
    assert happened == ["PasswordResetRequested", "PasswordReset", "SignInFailed", "SignedIn"]


def test_a_password_is_changed_with_the_current_one_and_ends_other_sessions(
    app: Flask, client: FlaskClient, person: Callable[..., User], outbox: list[Mail], happened: list[str]
) -> None:
    person()
    other = app.test_client()
    sign_in(other)
    sign_in(client)
    happened.clear()
    assert (
        client.post("/account/password", data={"password": "wrong words here", "new_password": NEW}).status_code == 422
    )
    assert client.post("/account/password", data={"password": PASSWORD, "new_password": PASSWORD}).status_code == 422
    assert client.post("/account/password", data={"password": PASSWORD, "new_password": NEW}).location == "/account"
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 302
    assert happened == ["PasswordChanged"]
    assert outbox[0].subject == wording("Your password was changed")


def test_a_failed_mail_leaves_no_half_registered_person(client: FlaskClient, app: Flask) -> None:
    before = list(mail._deliver)

    def fail(*_args: str) -> None:
        raise OSError("the outbox is away")

    mail.deliver_with(fail)
    try:
        with pytest.raises(OSError, match="outbox"):
            client.post("/sign-up", data={"name": "Ada", "email": "ada@example.org", "password": PASSWORD})
    finally:
        mail._deliver[:] = before
    with pytest.raises(Exception, match="No row"):
        find("ada@example.org")
