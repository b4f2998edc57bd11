"""Before an act that binds others, or is hard to take back, one proves who one is; what was typed is kept meanwhile."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.core.policy import POLICIES
from civtech.organisations.models import Organisation
from civtech.people.models import ProgrammeRole, User
from civtech.people.models.browser_session import FRESH, IDLE
from civtech.web.unsent import KEPT_FOR, UnsentForm
from tests.people.conftest import PASSWORD, find, sign_in
from tests.support.codes import code_at
from tests.support.messages import fragment, wording

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PROOF = "/account/proof"
Make = Callable[..., User]
Give = Callable[[User], None]


def kept_forms() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(UnsentForm)) or 0


@pytest.fixture
def with_app(app: Flask) -> Give:
    """Gives a person an authenticator app with a known secret."""

    def give(person: User) -> None:
        totp = app.extensions["security"].totp_factory._totp
        with unit_of_work():
            found = db.session.get_one(User, person.id)
            found.tf_primary_method = "authenticator"
            found.tf_totp_secret = totp(SECRET).to_json(encrypt=True)

    return give


def signed_in_with_code(client: FlaskClient, at: datetime, email: str) -> None:
    sign_in(client, email)
    assert client.post("/sign-in/code", data={"code": code_at(SECRET, at)}).status_code == 302


@pytest.mark.parametrize("role", list(ProgrammeRole))
def test_a_programme_role_acts_only_with_a_second_factor(
    client: FlaskClient,
    person: Make,
    with_app: Give,
    role: ProgrammeRole,
    now: datetime,
) -> None:
    holder = person(roles=[role])
    sign_in(client)
    assert client.get("/releases").location == "/account/protection?next=/releases"
    assert client.get("/home").status_code == 200
    assert wording("Set up a second factor") in client.get("/home").text
    assert client.get("/account/protection?next=/releases").status_code == 200
    client.post("/sign-out")
    with_app(holder)
    signed_in_with_code(client, now, "ada@example.org")
    assert client.get("/releases").status_code == 200


def test_the_owner_of_a_company_protects_the_account_before_acting(client: FlaskClient, company: Organisation) -> None:
    sign_in(client, "owner@example.org")
    page = f"/organisations/{company.reference}/edit"
    answer = client.post(page, data={"legal_name": "Kelp & Co", "about": "We dry it."})
    assert answer.location == f"/account/protection?next={page}"
    assert (
        wording("You need to complete one more step first. Nothing has been sent yet, and we kept what you typed.")
        in client.get(answer.location).text
    )
    assert find("owner@example.org").organisations()[0].legal_name == "Kelp Ltd"


def test_who_has_a_second_factor_gets_nowhere_with_the_password_alone(
    client: FlaskClient, person: Make, with_app: Give
) -> None:
    """As when a session began before the second factor was set up in another browser."""
    ada = person()
    sign_in(client)
    with_app(ada)
    assert client.get("/account").location == f"{PROOF}?next=/account"
    assert client.get(PROOF).status_code == 200
    assert client.post("/sign-out").status_code == 302


def test_a_fresh_proof_is_asked_for_and_the_form_given_back(
    client: FlaskClient,
    person: Make,
    with_app: Give,
    happened: list[str],
    now: datetime,
) -> None:
    with_app(person())
    page = "/account/passkeys"
    signed_in_with_code(client, now, "ada@example.org")
    with clock.at(now + FRESH + timedelta(seconds=1)) as later:
        answer = client.post(page, data={"name": "Ключ <b>&", "answer": "{}"})
        assert answer.location == f"{PROOF}?next={page}"
        assert "Ключ" not in client.get(page.removesuffix("/passkeys")).text
        assert client.post(answer.location, data={"code": "000000"}).status_code == 422
        assert happened[-1] == "SignInFailed"
        assert client.post(answer.location, data={"code": code_at(SECRET, later)}).location == page
        assert happened[-1] == "IdentityConfirmed"
        shown = client.get(page).text
        assert "Ключ &lt;b&gt;&amp;" in shown
        assert fragment("what you typed") in shown
        assert client.post(answer.location, data={"code": code_at(SECRET, later)}).status_code == 422, (
            "a code works once"
        )


def test_a_recovery_code_proves_it_once(
    app: Flask, client: FlaskClient, person: Make, with_app: Give, now: datetime
) -> None:
    with_app(person())
    with unit_of_work(), app.test_request_context():
        code = app.extensions["security"].mf_recovery_codes_util.create_recovery_codes(find("ada@example.org"))[0]
    signed_in_with_code(client, now, "ada@example.org")
    assert client.post(PROOF, data={"code": f" {code.upper()} "}).location == "/home"
    assert client.post(PROOF, data={"code": code}).status_code == 422


def test_without_a_second_factor_the_password_proves_it(client: FlaskClient, person: Make, now: datetime) -> None:
    person()
    sign_in(client)
    with clock.at(now + FRESH + timedelta(minutes=1)):
        assert client.post("/account/passkeys", data={"name": "x"}).location == f"{PROOF}?next=/account/passkeys"
        assert client.post(PROOF, data={"password": "not mine at all"}).status_code == 422
        assert client.post(f"{PROOF}?next=//evil.example", data={"password": PASSWORD}).location == "/home"
        assert client.post("/account/passkeys", data={"name": "x"}).status_code == 422, "and not asked again"


def test_proving_oneself_gives_the_session_a_new_secret_and_no_longer_life(
    app: Flask, client: FlaskClient, person: Make, now: datetime
) -> None:
    person()
    sign_in(client)
    before = client.get_cookie("civtech").value
    for minutes in range(50, 720, 50):
        with clock.at(now + timedelta(minutes=minutes)):
            assert client.post(PROOF, data={"password": PASSWORD}).location == "/home"
    thief = app.test_client()
    thief.set_cookie("civtech", before)
    assert thief.get("/account").location == "/sign-in?next=/account"
    with clock.at(now + timedelta(minutes=730)):
        assert client.get("/account").location == "/sign-in?next=/account"


def test_what_was_typed_when_time_ran_out_stands_in_the_form_after_signing_in(
    client: FlaskClient, person: Make, now: datetime
) -> None:
    person()
    sign_in(client)
    with clock.at(now + 2 * IDLE):
        answer = client.post("/account/name", data={"name": "Zoë <i>Ångström</i>"})
        assert answer.location == "/sign-in?next=/account/name"
        page = client.get(answer.location).text
        assert wording("We kept what you typed. Sign in and you will find it in the form.") in page
        assert "Zoë" not in page
        assert sign_in(client, next="/account/name").location == "/account/name"
        page = client.get("/account/name").text
        assert "Zoë &lt;i&gt;Ångström&lt;/i&gt;" in page
        assert find("ada@example.org").name == "Ada Lovelace"
        assert client.post("/account/name", data={"name": "Zoë Ångström"}).location == "/account"
        assert find("ada@example.org").name == "Zoë Ångström"
        assert kept_forms() == 0


def test_nobody_else_gets_what_was_typed(client: FlaskClient, person: Make, now: datetime) -> None:
    person()
    person("eve@example.org", "Eve Else")
    sign_in(client)
    with clock.at(now + 2 * IDLE):
        client.post("/account/name", data={"name": "Zoë"})
        sign_in(client, "eve@example.org")
        assert "Zoë" not in client.get("/account/name").text


def test_nothing_is_kept_of_secrets_of_strangers_or_after_signing_out(
    app: Flask, client: FlaskClient, person: Make, now: datetime
) -> None:
    person()
    sign_in(client)
    signed_out = app.test_client()
    sign_in(signed_out)
    copy = signed_out.get_cookie("civtech").value
    signed_out.post("/sign-out")
    signed_out.set_cookie("civtech", copy)
    with clock.at(now + 2 * IDLE):
        client.post("/account/password", data={"password": PASSWORD, "new_password": "another long password"})
        assert kept_forms() == 0
        app.test_client().post("/account/name", data={"name": "Zoë"})
        assert kept_forms() == 0
        signed_out.post("/account/name", data={"name": "Zoë"})
        assert kept_forms() == 0
        client.post("/account/name", data={"name": "Zoë"})
        assert kept_forms() == 1
    with clock.at(now + KEPT_FOR + 3 * IDLE):
        sign_in(client)
        assert "Zoë" not in client.get("/account/name").text


def test_release_opening_dates_and_roles_ask_for_a_fresh_proof() -> None:
    fresh = {name for name, rule in POLICIES.items() if rule.fresh}
    assert fresh == {
        "roles.ask_for_role",
        "people.change_sign_in",
        "roles.decide_grant",
        "roles.end_grant",
        "people.remove_passkey",
        "roles.take_back_grant",
        "people.unlink_identity",
        "challenges.answer_rights_check",
        "challenges.publish",
        "funding.decide",
        "funding.pay",
        "proposals.open_received",
    }


def test_a_session_goes_on_when_somebody_says_so(client: FlaskClient, person: Make, now: datetime) -> None:
    person()
    sign_in(client)
    assert 'data-seconds="3600"' in client.get("/home").text
    with clock.at(now + timedelta(minutes=58)):
        assert client.post("/account/session/renewal").json == {"seconds": 3600}
    with clock.at(now + timedelta(minutes=100)):
        assert client.get("/account").status_code == 200
    assert "data-seconds" not in client.application.test_client().get("/").text
