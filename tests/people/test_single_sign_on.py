"""Signing in at a provider elsewhere, tried against real ones: processes of their own that people go to and return."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.notifications.letters import Letter, compose
from civtech.notifications.models import OutboxMessage
from civtech.people.models import ExternalIdentity, User
from tests.people.conftest import find, sign_in
from tests.support.messages import fragment, wording
from tests.support.providers import DOMAIN, Providers, RealProvider

ADA = f"ada@{DOMAIN}"
PROOF = "/sign-in/proof"
REGISTER = {"name": "Ada Lovelace"}


def path_of(address: str) -> str:
    """The path of an address on our own host."""
    ours = "http://localhost:8000"
    assert address.startswith(f"{ours}/"), address
    return address.removeprefix(ours)


def back_from(
    client: FlaskClient, provider: RealProvider, subject: str, *, name: str = "staff", query: str = ""
) -> TestResponse:
    """The answer to a browser that went to the provider, signed in there as `subject` and came back."""
    began = client.get(f"/sign-in/with/{name}{query}")
    return client.get(path_of(provider.answer(began.location, subject)))


def page_after(client: FlaskClient, provider: RealProvider, subject: str, **more: str) -> str:
    """The page about what was proved at the provider."""
    assert back_from(client, provider, subject, **more).location == PROOF
    return client.get(PROOF).text


def person_signed_in(client: FlaskClient) -> str | None:
    """The address on the account page of whoever is signed in."""
    page = client.get("/account")
    return next((person.email for person in everybody() if person.email in page.text), None)


def everybody() -> list[User]:
    db.session.rollback()
    return list(db.session.scalars(select(User).order_by(User.id)).unique())


def identities() -> list[tuple[str, str, str]]:
    """Who is linked: address, issuer, subject."""
    db.session.rollback()
    found = db.session.scalars(select(ExternalIdentity).order_by(ExternalIdentity.id))
    return [(identity.user.email, identity.issuer, identity.subject) for identity in found]


def mails_to(person: User) -> list[Letter]:
    query = select(OutboxMessage).where(OutboxMessage.recipient_id == person.id).order_by(OutboxMessage.id)
    return [compose(message) for message in db.session.scalars(query)]


@pytest.fixture
def ada(providers: Providers, person: Callable[..., User]) -> User:
    """Ada has an account with a password, and the staff directory knows her under the same address."""
    providers[0].knows("ada", email=ADA, email_verified=True, name="Ada Lovelace")
    return person(ADA)


@pytest.fixture
def linked(ada: User, providers: Providers) -> User:
    """Ada, whose account is linked to the staff directory."""
    with unit_of_work():
        long_ago = clock.now() - timedelta(days=9)
        issuer = providers[0].issuer
        ExternalIdentity.link(ada, issuer=issuer, subject="ada", proved_at=long_ago, at=long_ago)
    return ada


def test_the_way_there_carries_state_nonce_and_challenge_and_leads_back_to_the_address_of_the_operator(
    client: FlaskClient, providers: Providers
) -> None:
    answer = client.get("/sign-in/with/staff", headers={"Host": "evil.example"})
    asked = dict(parse_qsl(urlsplit(answer.location).query))
    assert answer.location.startswith(f"{providers[0].issuer}/oauth2/authorize?")
    assert asked["redirect_uri"] == "http://localhost:8000/sign-in/with/staff/answer"
    assert (asked["response_type"], asked["code_challenge_method"], asked["client_id"]) == ("code", "S256", "civtech")
    assert set(asked["scope"].split()) == {"openid", "email", "profile"}
    assert all(len(asked[name]) >= 20 for name in ("state", "nonce", "code_challenge"))
    assert answer.headers["Cache-Control"] == "private, no-store"
    again = dict(parse_qsl(urlsplit(client.get("/sign-in/with/staff").location).query))
    assert [name for name in asked if asked[name] != again[name]] == ["state", "nonce", "code_challenge"]


def test_who_the_directory_vouches_for_gets_an_account_with_one_press(
    client: FlaskClient, providers: Providers, happened: list[str]
) -> None:
    providers[0].knows("ada", email=f"Ada@{DOMAIN.upper()}", email_verified=True, name="  Ada   Lovelace ")
    assert 'href="/sign-in/with/staff?next=/organisations/new"' in client.get("/sign-in?next=/organisations/new").text
    page = page_after(client, providers[0], "ada", query="?next=/organisations/new")
    assert wording("Create your account") in page
    assert ADA in page
    assert 'value="Ada Lovelace"' in page
    assert (happened, everybody()) == ([], [])
    assert client.post(f"{PROOF}/account", data=REGISTER).location == "/organisations/new"
    assert person_signed_in(client) == ADA
    assert happened == ["PersonRegistered", "ExternalIdentityLinked", "SignedIn"]
    made = find(ADA)
    assert (made.name, made.password, made.is_confirmed, made.granted_roles) == ("Ada Lovelace", None, True, [])
    assert identities() == [(ADA, providers[0].issuer, "ada")]
    assert [mail.subject for mail in mails_to(made)] == [
        wording("You can now sign in with %(title)s", title="Isle staff")
    ]
    client.post("/sign-out")
    assert wording("Sign in as %(name)s", name="Ada Lovelace") in page_after(client, providers[0], "ada")
    assert client.post(f"{PROOF}/session").location == "/home"
    assert person_signed_in(client) == ADA


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "ada@elsewhere.example.org", "email_verified": True},
        {"email": f"ada@sub.{DOMAIN}", "email_verified": True},
        {"email": f"ada@{DOMAIN}.evil.example.org", "email_verified": True},
        {"email": f'"ada@{DOMAIN}"@evil.example.org', "email_verified": True},
        {"email": f"ada@{DOMAIN}@evil.example.org", "email_verified": True},
        {"email": f"ada@evil.example.org\r\n@{DOMAIN}", "email_verified": True},
        {"email": ADA, "email_verified": False},
        {"email": ADA, "email_verified": "true"},
        {"email": ADA, "email_verified": 1},
        {"email": ADA},
        {"email": [ADA], "email_verified": True},
        {"email": "ada", "email_verified": True},
        {},
    ],
)
@pytest.mark.parametrize("known", [False, True])
def test_nobody_else_gets_one_and_nobody_learns_who_has_one(
    client: FlaskClient,
    providers: Providers,
    person: Callable[..., User],
    claims: dict[str, object],
    known: bool,
) -> None:
    if known:
        person(ADA)
    providers[0].knows("somebody", **claims)
    page = page_after(client, providers[0], "somebody")
    assert wording("This sign-in is not linked to an account") in page
    assert ADA not in page
    assert client.post(f"{PROOF}/account", data=REGISTER).location == PROOF
    assert client.post(f"{PROOF}/session").location == PROOF
    assert (len(everybody()), identities()) == (int(known), [])
    assert client.get("/account").status_code == 302


def test_a_provider_without_domains_creates_nobody(client: FlaskClient, providers: Providers) -> None:
    providers[1].knows("ada", email=ADA, email_verified=True)
    assert wording("This sign-in is not linked to an account") in page_after(
        client, providers[1], "ada", name="one-login"
    )


def test_an_account_that_is_here_is_linked_after_proof_of_both_and_then_the_provider_is_enough(
    client: FlaskClient, providers: Providers, ada: User, happened: list[str]
) -> None:
    page = page_after(client, providers[0], "ada", query="?next=/organisations/new")
    assert wording("You already have an account") in page
    onward = "/account/identities?next=/organisations/new"
    assert 'href="/sign-in?next=/account/identities?next%3D/organisations/new"' in page
    assert client.post(f"{PROOF}/session").location == PROOF
    assert client.post(f"{PROOF}/account", data=REGISTER).location == PROOF
    assert client.get("/account").status_code == 302

    assert sign_in(client, ADA, next=onward).location == onward
    assert client.get(PROOF).location == "/account/identities", "nothing of the session before is left"
    assert 'href="/sign-in/with/staff?next=/organisations/new"' in client.get(onward).text
    page = page_after(client, providers[0], "ada", query="?next=/organisations/new")
    assert wording("Link %(title)s to your account", title="Isle staff") in page
    assert identities() == []
    assert client.post("/account/identities").location == "/organisations/new"
    assert identities() == [(ADA, providers[0].issuer, "ada")]
    assert [mail.subject for mail in mails_to(ada)] == [
        wording("You can now sign in with %(title)s", title="Isle staff")
    ]

    client.post("/sign-out")
    assert wording("Sign in as %(name)s", name="Ada Lovelace") in page_after(client, providers[0], "ada")
    assert client.post(f"{PROOF}/session").location == "/home"
    assert person_signed_in(client) == ADA
    assert happened[-4:] == ["SignedIn", "ExternalIdentityLinked", "SignedOut", "SignedIn"]


def test_what_one_browser_proved_is_nothing_to_another(
    app: Flask, client: FlaskClient, providers: Providers, ada: User
) -> None:
    eve = app.test_client()
    page_after(eve, providers[0], "ada")
    sign_in(client, ADA)
    assert client.post("/account/identities").location == "/account/identities"
    assert eve.post("/account/identities").location == "/sign-in"
    assert eve.post(f"{PROOF}/session").location == PROOF
    assert identities() == []


def test_two_providers_may_call_different_people_the_same(
    app: Flask, client: FlaskClient, providers: Providers, linked: User, person: Callable[..., User]
) -> None:
    person("other@example.org", "Other Ada")
    providers[1].knows("ada", email=ADA, email_verified=True)
    assert wording("This sign-in is not linked to an account") in page_after(
        client, providers[1], "ada", name="one-login"
    )
    sign_in(client, "other@example.org")
    page_after(client, providers[1], "ada", name="one-login")
    client.post("/account/identities")
    assert identities() == [
        (ADA, providers[0].issuer, "ada"),
        ("other@example.org", providers[1].issuer, "ada"),
    ]
    for name, provider, email in (("staff", providers[0], ADA), ("one-login", providers[1], "other@example.org")):
        visitor = app.test_client()
        page_after(visitor, provider, "ada", name=name)
        visitor.post(f"{PROOF}/session")
        assert person_signed_in(visitor) == email


def test_the_address_plays_no_part_once_linked(client: FlaskClient, providers: Providers, linked: User) -> None:
    providers[0].knows("ada", email="new@elsewhere.example.org", email_verified=False)
    providers[0].knows("eve", email=ADA, email_verified=True)
    assert wording("Sign in as %(name)s", name="Ada Lovelace") in page_after(client, providers[0], "ada")
    assert wording("You already have an account") in page_after(client, providers[0], "eve")
    assert client.post(f"{PROOF}/session").location == PROOF


def test_a_sign_in_of_somebody_elses_account_opens_and_links_nothing_here(
    client: FlaskClient, providers: Providers, linked: User, person: Callable[..., User]
) -> None:
    person("eve@example.org", "Eve Else")
    sign_in(client, "eve@example.org")
    page = page_after(client, providers[0], "ada")
    assert wording("This sign-in belongs to another account") in page
    assert "Ada" not in page
    assert client.post("/account/identities").location == PROOF
    assert client.post(f"{PROOF}/session").location == PROOF
    assert person_signed_in(client) == "eve@example.org"


def test_an_account_is_linked_to_one_sign_in_of_a_provider(
    client: FlaskClient, providers: Providers, linked: User
) -> None:
    providers[0].knows("second")
    sign_in(client, ADA)
    page_after(client, providers[0], "second")
    answer = client.post("/account/identities")
    assert answer.status_code == 422
    assert (
        wording("Your account is already linked to a different sign-in with this service. Remove that one first.")
        in answer.text
    )
    assert len(identities()) == 1


def test_looking_at_what_was_proved_writes_nothing(
    client: FlaskClient, providers: Providers, linked: User, happened: list[str]
) -> None:
    before = identities(), db.session.scalar(select(ExternalIdentity.used_at))
    page_after(client, providers[0], "ada")
    assert happened == []
    assert before == (identities(), db.session.scalar(select(ExternalIdentity.used_at)))
    assert client.get("/account").status_code == 302


def test_a_proof_counts_once_even_for_who_kept_a_copy_of_the_cookie(
    app: Flask, client: FlaskClient, providers: Providers, linked: User, happened: list[str]
) -> None:
    page_after(client, providers[0], "ada")
    copy = client.get_cookie("civtech").value
    client.post(f"{PROOF}/session")
    client.post("/sign-out")
    thief = app.test_client()
    thief.set_cookie("civtech", copy)
    answer = thief.post(f"{PROOF}/session")
    assert answer.location == "/sign-in"
    assert fragment("This sign-in has already been used") in thief.get("/sign-in").text
    assert thief.get("/account").status_code == 302
    assert happened[-1] == "SignInFailed"


def test_a_proof_counts_for_ten_minutes(client: FlaskClient, providers: Providers, linked: User) -> None:
    page_after(client, providers[0], "ada")
    later = clock.now() + timedelta(minutes=10)
    with clock.at(later - timedelta(minutes=1)):
        assert client.get(PROOF).status_code == 200
    with clock.at(later):
        assert client.get(PROOF).location == "/sign-in"
        assert client.post(f"{PROOF}/session").location == "/sign-in"
    assert client.get("/account").status_code == 302


def test_signing_in_elsewhere_keeps_nothing_of_the_session_before(
    client: FlaskClient, providers: Providers, linked: User
) -> None:
    with client.session_transaction() as session:
        session.update({"csrf_token": "planted", "id": "planted", "tf_user_id": "planted", "goal": "planted"})
    page_after(client, providers[0], "ada")
    client.post(f"{PROOF}/session")
    with client.session_transaction() as session:
        assert "planted" not in session.values()
        assert not {"proved_elsewhere", "began_elsewhere"} & set(session)


def test_someone_who_is_deactivated_is_told_so_wherever_they_are_on_the_way(
    client: FlaskClient, providers: Providers, linked: User, happened: list[str]
) -> None:
    page_after(client, providers[0], "ada")
    with unit_of_work():
        find(ADA).active = False
    assert client.post(f"{PROOF}/session").location == "/sign-in"
    assert fragment("This account has been deactivated") in client.get("/sign-in").text
    assert back_from(client, providers[0], "ada").location == "/sign-in"
    assert fragment("This account has been deactivated") in client.get("/sign-in").text
    assert client.get("/account").status_code == 302
    assert happened[-2:] == ["SignInFailed", "SignInFailed"]


def test_who_changes_their_mind_at_the_provider_can_sign_in_another_way(
    client: FlaskClient, providers: Providers, happened: list[str]
) -> None:
    began = client.get("/sign-in/with/staff?next=/organisations/new")
    answer = client.get(path_of(providers[0].refusal(began.location)))
    assert answer.location == "/sign-in?next=/organisations/new"
    assert "Isle staff did not sign you in." in client.get(answer.location).text
    assert happened == ["SignInFailed"]


@pytest.mark.parametrize("away", ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example"])
def test_the_way_back_never_leads_elsewhere(client: FlaskClient, providers: Providers, linked: User, away: str) -> None:
    began = client.get("/sign-in/with/staff", query_string={"next": away})
    client.get(path_of(providers[0].answer(began.location, "ada")))
    assert client.post(f"{PROOF}/session", data={"next": away}).location == "/home"


def test_a_provider_that_nobody_has_set_is_not_found(client: FlaskClient, providers: Providers) -> None:
    for path in ("/sign-in/with/nobody", "/sign-in/with/nobody/answer", "/sign-in/with/%00", "/sign-in/with/STAFF"):
        assert client.get(path).status_code == 404, path


def test_without_providers_nothing_speaks_of_them(client: FlaskClient, person: Callable[..., User]) -> None:
    person()
    assert fragment("with another service") not in client.get("/sign-in").text
    sign_in(client)
    assert "/account/identities" not in client.get("/account").text
