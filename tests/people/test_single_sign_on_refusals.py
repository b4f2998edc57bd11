"""What comes back from a provider and proves nothing: one sentence, nobody signed in, and the attempt written down."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from joserfc import jwk
from sqlalchemy import select

from civtech.core import clock
from civtech.core.db import db
from civtech.oversight.models import AuditEntry
from civtech.people.models import ExternalIdentity, User
from civtech.people.sign_in.single_sign_on import client as clients
from tests.people.conftest import find, sign_in
from tests.people.test_single_sign_on import PROOF, path_of
from tests.support.messages import wording
from tests.support.providers import DOMAIN, CrookedProvider, Providers

ANOTHER_KEY = jwk.RSAKey.generate_key(2048, {"kid": "one"})
NOT_CHECKED = wording(
    "We could not check the answer from %(title)s, so we did not sign you in. Try again.", title="Crooked"
)
AWAY = wording(
    "We cannot reach %(title)s at the moment. Try again in a few minutes, or sign in another way.", title="Crooked"
)
NOT_ASKED = wording("This sign-in was not started in this browser, or it took longer than ten minutes. Start again.")


def came_back(client: FlaskClient, bent: CrookedProvider, query: str = "") -> str:
    """Where a browser is sent that went to the crooked provider and came back."""
    began = client.get(f"/sign-in/with/crooked{query}")
    return client.get(path_of(bent.answer(began.location))).location


def why() -> list[str]:
    """The reasons in the audit log."""
    db.session.rollback()
    failed = select(AuditEntry).where(AuditEntry.event == "SignInFailed").order_by(AuditEntry.sequence)
    return [entry.facts["why"] for entry in db.session.scalars(failed)]


def assert_refused(client: FlaskClient, location: str, sentence: str) -> None:
    assert location == "/sign-in"
    assert sentence in client.get("/sign-in").text
    assert client.get(PROOF).location == "/sign-in"
    assert client.post(f"{PROOF}/session").location == "/sign-in"
    assert len(why()) == 1


def test_the_crooked_provider_can_be_straight(client: FlaskClient, bent: CrookedProvider) -> None:
    assert came_back(client, bent) == PROOF
    assert why() == []


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"nonce": "another"}, "InvalidClaimError"),
        ({"nonce": None}, "MissingClaimError"),
        ({"aud": "another"}, "InvalidClaimError"),
        ({"aud": ["another"], "azp": "civtech"}, "InvalidClaimError"),
        ({"aud": ["civtech", "another"], "azp": "another"}, "InvalidClaimError"),
        ({"aud": None}, "MissingClaimError"),
        ({"iss": "https://another.example"}, "InvalidClaimError"),
        ({"iss": None}, "MissingClaimError"),
        ({"exp": 1_000_000_000}, "ExpiredTokenError"),
        ({"exp": None}, "MissingClaimError"),
        ({"exp": "soon"}, "InvalidClaimError"),
        ({"iat": 9_999_999_999}, "InvalidClaimError"),
        ({"nbf": 9_999_999_999}, "InvalidClaimError"),
        ({"sub": None}, "MissingClaimError"),
        ({"sub": ""}, "Untrustworthy"),
        ({"sub": 7}, "InvalidClaimError"),
        ({"sub": "x" * 256}, "Untrustworthy"),
        ({"sub": "a\u0000b"}, "Untrustworthy"),
        ({"sub": "\ud800"}, "Untrustworthy"),
        ({"at_hash": "another"}, "InvalidClaimError"),
        ({"amr": "mfa"}, "InvalidClaimError"),
    ],
)
def test_an_id_token_that_is_not_about_this_sign_in_is_refused(
    client: FlaskClient, bent: CrookedProvider, claims: dict[str, Any], reason: str
) -> None:
    bent.claims = claims
    assert_refused(client, came_back(client, bent), NOT_CHECKED)
    assert why() == [reason]


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ({}, ANOTHER_KEY),
        ({"kid": "another"}, ANOTHER_KEY),
        ({"alg": "HS256"}, b"secret"),
        ({"alg": "none"}, None),
    ],
)
@pytest.mark.parametrize("offered", [None, ["RS256", "HS256", "none"]])
def test_an_id_token_that_the_provider_did_not_sign_is_refused(
    client: FlaskClient, bent: CrookedProvider, header: dict[str, str], key: Any, offered: list[str] | None
) -> None:
    bent.header, bent.key = header, key
    if offered:
        bent.description["id_token_signing_alg_values_supported"] = offered
    assert_refused(client, came_back(client, bent), NOT_CHECKED)


def test_the_providers_public_key_is_no_secret_to_sign_with(client: FlaskClient, bent: CrookedProvider) -> None:
    bent.description["id_token_signing_alg_values_supported"] = ["HS256", "RS256"]
    bent.header, bent.key = {"alg": "HS256"}, bent.right_key.as_pem(private=False)
    assert_refused(client, came_back(client, bent), NOT_CHECKED)


def test_a_provider_that_only_offers_signatures_we_do_not_take_is_not_gone_to(
    client: FlaskClient, bent: CrookedProvider
) -> None:
    bent.description["id_token_signing_alg_values_supported"] = ["none", "HS256"]
    assert_refused(client, client.get("/sign-in/with/crooked").location, NOT_CHECKED)


def test_a_new_key_is_fetched_once_it_is_used(client: FlaskClient, bent: CrookedProvider) -> None:
    assert came_back(client, bent) == PROOF
    bent.right_key = jwk.RSAKey.generate_key(2048, {"kid": "two"})
    bent.header = {"kid": "two"}
    assert came_back(client, bent) == PROOF


GARBAGE = [
    Response("<html>", content_type="text/html"),
    Response("[1]", content_type="application/json"),
    Response("null", content_type="application/json"),
    Response("{}", content_type="application/json"),
    Response("\xff\xfe", content_type="application/json"),
    Response("[" * 100_000, content_type="application/json"),
    Response("{}", status=500),
    Response("{}", status=404),
    Response("", status=302, headers={"Location": "http://127.0.0.1:1/"}),
]


@pytest.mark.parametrize("garbage", GARBAGE, ids=range(len(GARBAGE)))
@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/jwks", "/userinfo"])
def test_whatever_a_provider_answers_is_one_sentence(
    client: FlaskClient, bent: CrookedProvider, path: str, garbage: Response
) -> None:
    bent.instead[path] = garbage
    began = client.get("/sign-in/with/crooked")
    if began.location == "/sign-in":
        location = began.location
    else:
        location = client.get(path_of(bent.answer(began.location))).location
    assert location == "/sign-in"
    assert "Crooked" in client.get("/sign-in").text
    assert len(why()) == 1


@pytest.mark.parametrize(
    "description",
    [
        {"issuer": "https://another.example"},
        {"issuer": None},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": None},
        {"token_endpoint": "file:///etc/passwd"},
        {"jwks_uri": 7},
    ],
)
def test_a_provider_that_describes_another_is_not_gone_to(
    client: FlaskClient, bent: CrookedProvider, description: dict[str, Any]
) -> None:
    bent.description = description
    assert_refused(client, client.get("/sign-in/with/crooked").location, NOT_CHECKED)


def test_a_description_is_read_once_an_hour(client: FlaskClient, bent: CrookedProvider) -> None:
    described = "/.well-known/openid-configuration"
    for _ in range(3):
        client.get("/sign-in/with/crooked")
    assert bent.asked == [described]
    with clock.at(clock.now() + timedelta(minutes=61)):
        client.get("/sign-in/with/crooked")
    assert bent.asked == [described] * 2


def test_an_address_that_cannot_be_written_is_none(client: FlaskClient, bent: CrookedProvider) -> None:
    for email in ("\ud800@isle.example.org", "ada@\ud800.example.org", "a\u202eda@isle.example.org"):
        bent.claims = {"email": email, "email_verified": True}
        assert came_back(client, bent) == PROOF
        assert wording("This sign-in is not linked to an account") in client.get(PROOF).text


def test_user_information_vouches_only_for_its_own_address(client: FlaskClient, bent: CrookedProvider) -> None:
    bent.claims = {"email_verified": True}
    bent.says = {"email": f"ada@{DOMAIN}", "amr": ["mfa"]}
    assert came_back(client, bent) == PROOF
    assert wording("This sign-in is not linked to an account") in client.get(PROOF).text


def test_a_description_sets_no_options_of_our_requests(
    client: FlaskClient, bent: CrookedProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    bent.description = {"default_timeout": None, "verify": False, "scope": "everything", "max_redirects": 9}
    bent.instead["/token"] = Response("", status=302, headers={"Location": f"{bent.issuer}/userinfo"})
    assert "scope=openid" in client.get("/sign-in/with/crooked").location
    assert came_back(client, bent) == "/sign-in"
    assert bent.asked.count("/userinfo") == 0


def test_a_provider_that_is_down_is_said_to_be(app: Flask, client: FlaskClient, bent: CrookedProvider) -> None:
    (set_,) = app.config["SIGN_IN_PROVIDERS"]
    object.__setattr__(set_, "issuer", "http://127.0.0.1:1")
    assert_refused(client, client.get("/sign-in/with/crooked").location, AWAY)
    assert why() == ["ConnectionError"]


def test_a_provider_that_does_not_answer_is_not_waited_for(
    app: Flask, client: FlaskClient, bent: CrookedProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clients, "SECONDS_TO_ANSWER", 0.2)
    bent.seconds["/token"] = 1
    assert_refused(client, came_back(client, bent), AWAY)
    assert why() == ["ReadTimeout"]


def test_while_a_provider_thinks_others_can_write(
    app: Flask, client: FlaskClient, bent: CrookedProvider, person: Callable[..., User]
) -> None:
    person("eve@example.org", "Eve Else")
    eve, answers = app.test_client(), []
    bent.meanwhile["/token"] = lambda: answers.append(sign_in(eve, "eve@example.org").status_code)
    assert came_back(client, bent) == PROOF
    assert answers == [302]


ANSWERS = ["", "?code=x", "?code=x&state=foreign", "?state=", "?code=x&state=%ff%00", "?error=server_error", "?error="]


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("begun", [False, True])
def test_an_answer_that_this_browser_did_not_ask_for_is_refused(
    client: FlaskClient, bent: CrookedProvider, answer: str, begun: bool
) -> None:
    if begun:
        client.get("/sign-in/with/crooked")
    location = client.get(f"/sign-in/with/crooked/answer{answer}").location
    sentence = "Crooked did not sign you in" if "error" in answer else NOT_ASKED
    assert_refused(client, location, sentence)
    assert "/token" not in bent.asked


def test_an_answer_to_another_browser_is_refused(app: Flask, client: FlaskClient, bent: CrookedProvider) -> None:
    victim = app.test_client()
    victim.get("/sign-in/with/crooked")
    answer = bent.answer(client.get("/sign-in/with/crooked").location)
    assert_refused(victim, victim.get(path_of(answer)).location, NOT_ASKED)


def test_an_answer_counts_once(client: FlaskClient, bent: CrookedProvider) -> None:
    answer = path_of(bent.answer(client.get("/sign-in/with/crooked").location))
    assert client.get(answer).location == PROOF
    assert client.get(answer).location == "/sign-in"
    assert why() == ["state"]


def test_an_answer_that_took_longer_than_ten_minutes_is_refused(client: FlaskClient, bent: CrookedProvider) -> None:
    answer = path_of(bent.answer(client.get("/sign-in/with/crooked").location))
    with clock.at(clock.now() + timedelta(minutes=10)):
        assert_refused(client, client.get(answer).location, "longer than ten minutes")


def test_an_answer_from_the_wrong_provider_is_refused(
    client: FlaskClient, providers: Providers, person: Callable[..., User]
) -> None:
    answer = providers[0].answer(client.get("/sign-in/with/staff").location, "ada")
    mixed_up = path_of(answer).replace("/staff/", "/one-login/")
    assert_refused(client, client.get(mixed_up).location, NOT_ASKED)


def test_an_answer_that_names_another_issuer_is_refused(client: FlaskClient, bent: CrookedProvider) -> None:
    answer = path_of(bent.answer(client.get("/sign-in/with/crooked").location))
    assert_refused(client, client.get(f"{answer}&iss=https://another.example").location, NOT_CHECKED)


def test_what_is_written_down_names_nobody(client: FlaskClient, bent: CrookedProvider) -> None:
    bent.claims = {"nonce": "another", "email": f"ada@{DOMAIN}", "name": "Ada Lovelace"}
    came_back(client, bent)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.event == "SignInFailed")).one()
    assert (entry.subject, entry.actor) == (None, None)
    assert "ada" not in str(entry.facts).lower()


HOSTILE: list[object] = ["<script>alert(1)</script>", "{{ 7 * 7 }}%(x)s", "http://evil.example", "A\u202eda", "\ud800"]
HOSTILE += ["x" * 9999, ["Ada"], {"a": 1}, 7, None, "Ada\u0000"]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_name_is_only_a_proposal(client: FlaskClient, bent: CrookedProvider, name: object) -> None:
    bent.claims = {"email": f"ada@{DOMAIN}", "email_verified": True, "name": name}
    assert came_back(client, bent) == PROOF
    page = client.get(PROOF)
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "evil" not in page.text
    empty = client.post(f"{PROOF}/account", data={"name": ""})
    assert empty.status_code == 422
    assert wording("Enter your full name.") in empty.text
    for bad in ("http://evil.example", "A\u202eda", "x" * 201):
        refused = client.post(f"{PROOF}/account", data={"name": bad})
        assert refused.status_code == 422
        assert db.session.scalars(select(User)).unique().all() == []
    assert client.post(f"{PROOF}/account", data={"name": "Ada"}).location == "/home"


def test_the_address_may_come_from_where_user_information_is(client: FlaskClient, bent: CrookedProvider) -> None:
    bent.says = {"email": f"ada@{DOMAIN}", "email_verified": True, "name": "Ada"}
    assert came_back(client, bent) == PROOF
    assert wording("Create your account") in client.get(PROOF).text


def test_user_information_about_somebody_else_is_refused(client: FlaskClient, bent: CrookedProvider) -> None:
    bent.says = {"sub": "eve", "email": f"ada@{DOMAIN}", "email_verified": True}
    assert_refused(client, came_back(client, bent), NOT_CHECKED)


@pytest.mark.parametrize(
    ("methods", "expected"),
    [(None, "header"), (["client_secret_post"], "body"), (["client_secret_post", "client_secret_basic"], "header")],
)
def test_the_secret_goes_the_way_the_provider_takes_it(
    client: FlaskClient, bent: CrookedProvider, methods: list[str] | None, expected: str
) -> None:
    if methods:
        bent.description["token_endpoint_auth_methods_supported"] = methods
    assert came_back(client, bent) == PROOF
    assert bent.secret_came_in == expected


def test_two_who_register_at_once_with_one_address_become_one_account(
    app: Flask, client: FlaskClient, bent: CrookedProvider
) -> None:
    clients_ = [client, app.test_client()]
    for subject, browser in zip(("ada", "lovelace"), clients_, strict=True):
        bent.claims = {"sub": subject, "email": f"ada@{DOMAIN}", "email_verified": True}
        assert came_back(browser, bent) == PROOF
    assert clients_[0].post(f"{PROOF}/account", data={"name": "Ada"}).location == "/home"
    assert clients_[1].post(f"{PROOF}/account", data={"name": "Ada"}).location == PROOF
    assert wording("You already have an account") in clients_[1].get(PROOF).text
    assert [found.subject for found in db.session.scalars(select(ExternalIdentity))] == ["ada"]
    assert find(f"ada@{DOMAIN}").name == "Ada"
