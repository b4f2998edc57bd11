"""An account linked to a sign-in elsewhere: what protects the account, what ends the link, what the database keeps."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.core.errors import RuleViolation
from civtech.people.models import ExternalIdentity, User
from tests.people.conftest import PASSWORD, find, sign_in
from tests.people.test_second_factor import START, STEP, begin, code_at
from tests.people.test_single_sign_on import ADA, PROOF, identities, mails_to, person_signed_in
from tests.people.test_single_sign_on_refusals import came_back
from tests.support.messages import fragment, pattern, wording
from tests.support.providers import CrookedProvider, Providers
from tests.support.sql import done, refused

PAGE = "/account/identities"
BEFORE = datetime.fromisoformat("2026-01-01T00:00:00+00:00")


def link(person: User, issuer: str, subject: str = "ada") -> ExternalIdentity:
    with unit_of_work():
        return ExternalIdentity.link(person, issuer=issuer, subject=subject, proved_at=BEFORE, at=BEFORE)


@pytest.fixture
def ada(bent: CrookedProvider, person: Callable[..., User]) -> User:
    """Ada, whose account has a password and is linked to the crooked provider."""
    made = person(ADA)
    link(made, bent.issuer)
    return made


@pytest.fixture
def without_password(bent: CrookedProvider, app: Flask) -> User:
    """Ada, whose only way in is the crooked provider."""
    with unit_of_work():
        made = User.register(name="Ada Lovelace", email=ADA, confirmed_at=BEFORE, at=BEFORE)
        ExternalIdentity.link(made, issuer=bent.issuer, subject="ada", proved_at=BEFORE, at=BEFORE)
        return made


def enter(client: FlaskClient, bent: CrookedProvider, query: str = "") -> str:
    """Where pressing “Sign in” leads who comes from the provider."""
    assert came_back(client, bent, query) == PROOF
    return client.post(f"{PROOF}/session").location


@pytest.mark.parametrize(
    ("claims", "trusted"),
    [
        ({}, False),
        ({"amr": ["pwd"]}, False),
        ({"amr": ["pwd", "mfa"]}, True),
        ({"acr": "mfa"}, True),
        ({"acr": "MFA"}, False),
        ({"amr": [["mfa"]]}, False),
    ],
)
def test_a_second_factor_set_up_here_is_asked_for_unless_the_providers_own_is_as_good(
    client: FlaskClient, bent: CrookedProvider, ada: User, happened: list[str], claims: dict[str, object], trusted: bool
) -> None:
    with time_machine.travel(START, tick=False):
        sign_in(client, ADA)
        secret, address = begin(client)
        client.post(address, data={"code": code_at(secret, START)})
        client.post("/sign-out")
    later = START + 10 * STEP
    bent.claims = claims | {"iat": int(later.timestamp()), "exp": int(later.timestamp()) + 60}
    with time_machine.travel(later, tick=False):
        onward = enter(client, bent, "?next=/organisations/new")
        if trusted:
            assert onward == "/organisations/new"
        else:
            assert onward == "/sign-in/code?next=/organisations/new"
            assert client.get("/account").status_code == 302
            assert client.post(onward, data={"code": "000000"}).status_code == 422
            assert client.post(onward, data={"code": code_at(secret, later)}).location == "/organisations/new"
        assert person_signed_in(client) == ADA
    assert happened[-1] == "SignedIn"


def test_a_link_is_removed_with_one_press_and_a_mail(
    client: FlaskClient, bent: CrookedProvider, ada: User, happened: list[str]
) -> None:
    sign_in(client, ADA)
    assert "Crooked" in client.get("/account").text
    (identity,) = db.session.scalars(select(ExternalIdentity))
    assert f"{PAGE}/{identity.reference}/removal" in client.get(PAGE).text
    assert client.post(f"{PAGE}/{identity.reference}/removal").location == PAGE
    assert identities() == []
    assert (
        wording("No other service is linked to your account. You sign in with your password.") in client.get(PAGE).text
    )
    assert happened[-1] == "ExternalIdentityUnlinked"
    assert [mail.subject for mail in mails_to(ada)][-1] == wording(
        "You can no longer sign in with %(title)s", title="Crooked"
    )
    client.post("/sign-out")
    assert came_back(client, bent) == PROOF
    assert client.post(f"{PROOF}/session").location == PROOF


def test_nobody_removes_the_link_of_another(
    app: Flask, client: FlaskClient, ada: User, person: Callable[..., User]
) -> None:
    person("eve@example.org", "Eve Else")
    sign_in(client, "eve@example.org")
    (identity,) = db.session.scalars(select(ExternalIdentity))
    assert client.post(f"{PAGE}/{identity.reference}/removal").status_code == 404
    assert len(identities()) == 1


def test_the_only_way_in_stays_until_there_is_a_password(
    client: FlaskClient, bent: CrookedProvider, without_password: User
) -> None:
    enter(client, bent)
    account = client.get("/account").text
    assert wording("Choose a password") in account
    (identity,) = db.session.scalars(select(ExternalIdentity))
    removal = f"{PAGE}/{identity.reference}/removal"
    answer = client.post(removal)
    assert answer.status_code == 422
    assert fragment("This is the only way to sign in to your account") in answer.text
    assert len(identities()) == 1
    assert removal not in client.get(PAGE).text
    with unit_of_work():
        find(ADA).password = "some hash"
    assert removal in client.get(PAGE).text
    assert client.post(removal).location == PAGE
    assert identities() == []


def test_of_two_links_one_may_go(
    client: FlaskClient, bent: CrookedProvider, without_password: User, providers: Providers
) -> None:
    link(without_password, providers[0].issuer)
    with unit_of_work():
        first, _second = db.session.scalars(select(ExternalIdentity).order_by(ExternalIdentity.id))
        first.unlink(by=without_password, at=clock.now())
    assert len(identities()) == 1


def test_who_has_no_password_cannot_sign_in_with_one(client: FlaskClient, without_password: User) -> None:
    for password in (PASSWORD, "None", ""):
        assert sign_in(client, ADA, password).status_code == 422
    assert client.get("/account").status_code == 302


def test_a_link_is_added_and_removed_only_soon_after_signing_in(
    client: FlaskClient, bent: CrookedProvider, ada: User
) -> None:
    with time_machine.travel(START, tick=False):
        sign_in(client, ADA)
    (identity,) = db.session.scalars(select(ExternalIdentity))
    with time_machine.travel(START + timedelta(minutes=50), tick=False):
        assert client.post(PAGE).location == "/account/proof"
        assert client.post(f"{PAGE}/{identity.reference}/removal").location == "/account/proof"
        assert len(identities()) == 1
        client.post("/account/proof", data={"password": PASSWORD})
        assert client.post(f"{PAGE}/{identity.reference}/removal").location == PAGE
        assert identities() == []


@pytest.mark.parametrize(("ago", "again"), [(0, True), (200, True), (500, False), (None, False)])
def test_who_has_no_password_shows_that_it_is_still_them_by_signing_in_there_anew(
    client: FlaskClient, bent: CrookedProvider, without_password: User, ago: int | None, again: bool
) -> None:
    with time_machine.travel(START, tick=False):
        bent.claims = {"iat": int(START.timestamp()), "exp": int(START.timestamp()) + 60}
        enter(client, bent)
    later = START + timedelta(minutes=50)
    seconds = int(later.timestamp())
    bent.claims = {"iat": seconds, "exp": seconds + 60, "auth_time": None if ago is None else seconds - ago}
    with time_machine.travel(later, tick=False):
        asked = client.get("/account/second-factor").location
        page = client.get(asked).text
        assert 'name="password"' not in page
        onward = "/sign-in/with/crooked?next=/account/second-factor&amp;again=1"
        assert f'href="{onward}"' in page
        assert "max_age=300" in client.get(onward.replace("&amp;", "&")).location
        if again:
            assert enter(client, bent, "?next=/account/second-factor&again=1") == "/account/second-factor"
            assert client.get("/account/second-factor").status_code == 200
            assert client.get(PROOF).location == PAGE, "used up"
        else:
            assert came_back(client, bent, "?next=/account/second-factor&again=1") == PAGE
            assert client.get("/account/second-factor").location == asked


def test_coming_back_while_signed_in_is_no_new_sign_in_unless_it_was_asked_for(
    client: FlaskClient, bent: CrookedProvider, ada: User, happened: list[str]
) -> None:
    sign_in(client, ADA)
    happened.clear()
    assert came_back(client, bent) == PROOF
    assert wording("Already linked to your account") in client.get(PROOF).text
    assert client.post(f"{PROOF}/session").location == PROOF
    assert happened == []


def test_a_provider_that_is_not_set_any_more_goes_by_its_host_and_can_be_removed(
    app: Flask, client: FlaskClient, bent: CrookedProvider, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SIGN_IN_PROVIDERS", ())
    sign_in(client, ADA)
    assert bent.issuer.removeprefix("http://") in client.get(PAGE).text


@pytest.mark.both_databases("guards")
@pytest.mark.parametrize(
    "change",
    [
        "user_id = 2",
        "issuer = 'x'",
        "subject = 'x'",
        "reference = 'x'",
        "used_at = '2000-01-01 00:00:00+00:00'",
    ],
)
def test_the_database_keeps_a_link_as_it_was_made(ada: User, person: Callable[..., User], change: str) -> None:
    person("eve@example.org", "Eve Else")
    assert fragment("belongs to one person") in refused(f"UPDATE external_identity SET {change}")
    done("UPDATE external_identity SET used_at = '2999-01-01 00:00:00+00:00'")


@pytest.mark.both_databases("guards")
def test_the_database_keeps_the_last_way_in_of_everybody_who_can_sign_in(without_password: User) -> None:
    assert wording("You cannot remove the last way to sign in to an account.") in refused(
        "DELETE FROM external_identity"
    )
    done("UPDATE person SET active = :no", no=False)
    done("DELETE FROM external_identity")


@pytest.mark.both_databases("guards")
@pytest.mark.parametrize("details", [{"confirmed_at": None}, {"active": False}])
def test_the_database_links_no_account_that_is_not_confirmed_or_is_deactivated(
    person: Callable[..., User], details: dict[str, object]
) -> None:
    made = person("eve@example.org", "Eve Else", **details)
    said = refused(
        "INSERT INTO external_identity (id, reference, user_id, issuer, subject, linked_at, used_at) "
        "VALUES (9, 'K', :person, 'https://x', 'x', '2026-01-01 00:00:00+00:00', '2026-01-01 00:00:00+00:00')",
        person=made.id,
    )
    assert wording("Only an active account with a confirmed email address can be linked.") in said


@pytest.mark.both_databases("guards")
@pytest.mark.parametrize(
    ("person_id", "issuer", "subject"),
    [(2, "same", "ada"), (1, "same", "other"), (2, "https://x", ""), (2, "https://x", "x" * 256)],
)
def test_the_database_knows_each_subject_of_an_issuer_once(
    ada: User, bent: CrookedProvider, person: Callable[..., User], person_id: int, issuer: str, subject: str
) -> None:
    person("eve@example.org", "Eve Else")
    refused(
        "INSERT INTO external_identity (id, reference, user_id, issuer, subject, linked_at, used_at) "
        "VALUES (9, 'K', :person, :issuer, :subject, '2026-01-01 00:00:00+00:00', '2026-01-01 00:00:00+00:00')",
        person=person_id,
        issuer=bent.issuer if issuer == "same" else issuer,
        subject=subject,
    )


def test_a_subject_belongs_to_one_account(ada: User, bent: CrookedProvider, person: Callable[..., User]) -> None:
    with pytest.raises(
        RuleViolation,
        match=pattern(
            "This sign-in is already linked to another account. Sign in to that account, or use a different sign-in."
        ),
    ):
        link(person("eve@example.org", "Eve Else"), bent.issuer)


def test_a_proof_is_spent_by_one_statement(ada: User) -> None:
    now = clock.now()
    with unit_of_work():
        (identity,) = db.session.scalars(select(ExternalIdentity))
        assert identity.spend(now)
        assert not identity.spend(now)
        assert not identity.spend(now - timedelta(seconds=1))
        assert identity.spend(now + timedelta(microseconds=1))
