"""Registering, confirming, signing in and out."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from civtech.people.models import User
from tests.people.conftest import PASSWORD, Mail, find, sign_in
from tests.support.messages import fragment, wording

REGISTRATION = {"name": "Ada Lovelace", "email": "Ada@Example.org", "password": PASSWORD}


def test_a_person_registers_confirms_by_mail_and_signs_in(
    client: FlaskClient, outbox: list[Mail], happened: list[str]
) -> None:
    answer = client.post("/sign-up", data=REGISTRATION)
    assert answer.location == "/check-your-mail"
    person = find("ada@example.org")
    assert (person.name, person.confirmed_at) == ("Ada Lovelace", None)
    assert person.password.startswith("$argon2id$")
    assert sign_in(client).status_code == 422
    assert client.get("/home").status_code == 302

    link = outbox[0].link
    assert client.get(link).status_code == 200
    assert find("ada@example.org").confirmed_at is None, "a GET changes nothing"
    assert client.post(link).location == "/sign-in"
    assert find("ada@example.org").confirmed_at is not None

    assert sign_in(client).location == "/home"
    assert client.get("/home").status_code == 200
    assert happened == ["PersonRegistered", "AddressConfirmed", "SignedIn"]


def test_somebody_who_has_not_confirmed_is_told_so_only_with_the_right_password(
    client: FlaskClient, person: Callable[..., User]
) -> None:
    person(confirmed_at=None)
    assert fragment("Confirm your email address first") in sign_in(client).text
    assert fragment("Confirm your email address first") not in sign_in(client, password="some other words").text


def test_known_and_unknown_addresses_get_the_same_answers(
    app: Flask, person: Callable[..., User], outbox: list[Mail]
) -> None:
    person()

    def answers(email: str) -> list[tuple[int, str | None, list[str]]]:
        client = app.test_client()
        found = []
        for path, data in (
            ("/sign-in", {"email": email, "password": "not the password"}),
            ("/sign-up", {"name": "Ada", "email": email, "password": PASSWORD}),
            ("/check-your-mail", None),
            ("/new-password", {"email": email}),
            ("/check-your-mail", None),
            ("/confirmation", {"email": email}),
            ("/check-your-mail", None),
        ):
            answer = client.post(path, data=data) if data else client.get(path)
            words = re.sub(r'value="[^"]*"', "", answer.text).replace(email, "…")
            found.append((answer.status_code, answer.location, words.splitlines()))
        return found

    assert answers("ada@example.org") == answers("nobody@example.org")


def test_an_address_that_is_registered_again_gets_a_mail_and_nothing_changes(
    client: FlaskClient, person: Callable[..., User], outbox: list[Mail], happened: list[str]
) -> None:
    before = person().password
    happened.clear()
    client.post("/sign-up", data=REGISTRATION | {"password": "quite another password"})
    assert find("ada@example.org").password == before
    assert [mail.recipient for mail in outbox] == ["ada@example.org"]
    assert fragment("It already has an account") in outbox[0].body
    assert happened == ["RegistrationRepeated"]


def test_a_failed_sign_in_is_recorded_without_the_address(
    client: FlaskClient, person: Callable[..., User], happened: list[str]
) -> None:
    person()
    happened.clear()
    assert sign_in(client, password="wrong and long enough").status_code == 422
    assert sign_in(client, email="nobody@example.org").status_code == 422
    assert sign_in(client, email="").status_code == 422
    assert happened == ["SignInFailed", "SignInFailed"]


def test_an_empty_field_is_named(client: FlaskClient, app: Any) -> None:
    page = sign_in(client, email="ada@example.org", password="").text
    assert '<a href="#password">Enter your password.</a>' in page
    assert fragment("Enter your email address") not in page
    assert fragment("is not correct") not in page


def test_what_was_typed_stays_except_the_password(client: FlaskClient, app: Any) -> None:
    answer = client.post("/sign-up", data={"name": "Ada", "email": "ada@", "password": PASSWORD})
    assert answer.status_code == 422
    assert 'value="ada@"' in answer.text
    assert 'value="Ada"' in answer.text
    assert PASSWORD not in answer.text
    assert "<title>Error: " in answer.text


def test_signing_out_is_a_post_and_empties_the_session(
    client: FlaskClient, person: Callable[..., User], happened: list[str]
) -> None:
    person()
    sign_in(client)
    assert client.get("/sign-out").location == "/"
    assert client.get("/home").status_code == 200
    assert client.post("/sign-out").status_code == 302
    with client.session_transaction() as session:
        assert set(session) == {"_flashes"}
    assert wording("You are signed out.") in client.get("/").text
    assert wording("You are signed out.") not in client.get("/").text
    assert client.get("/home").status_code == 302
    assert happened[-1] == "SignedOut"
    client.post("/sign-out")
    assert wording("You are signed out.") not in client.get("/").text, "no one was signed in"


def test_signing_in_keeps_nothing_of_the_session_before(client: FlaskClient, person: Callable[..., User]) -> None:
    person()
    with client.session_transaction() as session:
        session["csrf_token"] = "planted"
        session["id"] = "planted"
    sign_in(client)
    with client.session_transaction() as session:
        assert session.get("csrf_token") != "planted"
        assert session["id"] != "planted"


def test_a_session_is_of_no_use_in_another_browser_but_survives_another_network(
    client: FlaskClient, person: Callable[..., User]
) -> None:
    person()
    client.post(
        "/sign-in", data={"email": "ada@example.org", "password": PASSWORD}, headers={"User-Agent": "First/1.0"}
    )
    phone = {"User-Agent": "First/1.0"}
    assert client.get("/home", headers=phone, environ_base={"REMOTE_ADDR": "203.0.113.9"}).status_code == 200
    assert client.get("/home", headers={"User-Agent": "Second/2.0"}).status_code == 302


def test_someone_whose_account_is_deactivated_is_out_at_the_next_request(
    client: FlaskClient, person: Callable[..., User]
) -> None:
    made = person()
    sign_in(client)
    made.active = False
    assert client.get("/home").status_code == 302
    assert sign_in(client).status_code == 422


@pytest.mark.parametrize(
    "away",
    ["//evil.example", "/\\evil.example", "/\t/evil.example", "\\/evil.example", "https://evil.example", "/%5Cevil\n",
     "javascript:1", "home", " //evil.example", "/\u00a0/evil.example", "///evil.example", "/..//evil.example",
     "/.//evil.example", "/..//..//evil.example", "/home/.."],
)  # fmt: skip
def test_next_leads_only_to_our_own_paths(client: FlaskClient, person: Callable[..., User], away: str) -> None:
    person()
    cleaned = client.get("/sign-in", query_string={"next": away})
    assert (cleaned.status_code, cleaned.location) == (302, "/sign-in")
    assert sign_in(client, next=away).status_code == 400
    assert client.get("/home").status_code == 302


def test_next_leads_back_to_where_one_was(client: FlaskClient, person: Callable[..., User]) -> None:
    person()
    asked = client.get("/organisations/new?from=mail")
    assert asked.location == "/sign-in?next=/organisations/new?from%3Dmail"
    page = client.get(asked.location)
    assert 'name="next" value="/organisations/new?from=mail"' in page.text
    assert sign_in(client, next="/organisations/new?from=mail").location == "/organisations/new?from=mail"


def test_json_is_refused(client: FlaskClient, app: Any) -> None:
    for path in ("/sign-in", "/sign-up", "/new-password"):
        assert client.post(path, json=["x"]).status_code == 415
        assert client.post(path, json={"email": 1}).status_code == 415


@pytest.mark.parametrize("path", ["/sign-in", "/sign-up", "/new-password", "/confirmation"])
def test_pages_of_sign_in_are_never_cached(client: FlaskClient, app: Any, path: str) -> None:
    assert "no-store" in client.get(path).headers["Cache-Control"]


@pytest.mark.parametrize("token", ["x", "ä", "a.b.c", "%01", "x" * 2000, "W10.x.y"])
def test_secrets_that_nobody_sent_lead_to_a_new_request(client: FlaskClient, app: Any, token: str) -> None:
    for path in (f"/confirmation/{token}", f"/new-password/{token}"):
        assert client.get(path).status_code == 302
        assert client.post(path).status_code == 302


def test_the_host_that_a_request_claims_is_not_mailed(
    client: FlaskClient, person: Callable[..., User], outbox: list[Mail]
) -> None:
    person()
    client.post("/new-password", data={"email": "ada@example.org"}, headers={"Host": "evil.example"})
    assert "http://localhost:8000/new-password/" in outbox[0].body
    assert "evil.example" not in outbox[0].body


def test_every_post_of_sign_in_needs_the_token_of_its_session_and_our_own_origin(
    app: Flask, client: FlaskClient, person: Callable[..., User], monkeypatch: pytest.MonkeyPatch
) -> None:
    person()
    data = {"email": "ada@example.org", "password": PASSWORD}
    assert client.post("/sign-in", data=data, headers={"Origin": "https://evil.example"}).status_code == 403
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    paths = {
        rule.rule.replace("<token>", "x")
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("security.") and "POST" in (rule.methods or ())
    }
    assert len(paths) == 16
    for path in paths:
        assert client.post(path, data=data).status_code == 400, path
        assert client.post(path, data=data | {"csrf_token": "another"}).status_code == 400, path
    page = client.get("/sign-in").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    assert client.post("/sign-in", data=data | {"csrf_token": token.group(1)}).location == "/home"
    assert client.post("/sign-out", data={"csrf_token": token.group(1)}).status_code == 400, "the old session's token"
    assert client.get("/home").status_code == 200


def test_a_form_with_a_password_carries_no_idempotency_key(client: FlaskClient, app: Flask) -> None:
    for path in ("/sign-in", "/sign-up", "/new-password"):
        assert "idempotency_key" not in client.get(path).text
