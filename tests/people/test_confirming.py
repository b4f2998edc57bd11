"""Confirming one's address by mail, before anything else, and getting on to where one wanted to go."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_security.utils import hash_data, hash_password
from sqlalchemy import func, select

from civtech import create_app
from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.core.policy import POLICIES, Policy
from civtech.core.references import new_token
from civtech.organisations.models import Organisation
from civtech.people.models import ProgrammeRole, User, Visitor
from civtech.people.sign_in import gated_views
from civtech.web import gate
from tests.people.conftest import PASSWORD, Mail, find, sign_in
from tests.people.test_sign_in import REGISTRATION
from tests.support.client import Client, settings_for
from tests.support.messages import fragment, wording

SignedIn = Callable[[User], FlaskClient]
GOAL = "/challenges/smart-roads/proposals/new?from=mail"
ONWARD = GOAL.replace("=", "%3D")
MAIL_PAGE = "/check-your-mail"
CHANGING = {"POST", "PUT", "PATCH", "DELETE"}


def nav(page: str) -> list[str]:
    """Where the links at the top of a page lead."""
    top = page[page.index('<header class="header">') : page.index("</header>")]
    return re.findall(r'<a class="nav__link" href="([^"]*)"', top)


def test_registering_signs_nobody_in_and_says_which_mail_to_open_and_why(
    client: FlaskClient, outbox: list[Mail]
) -> None:
    assert client.post("/sign-up", data=REGISTRATION).location == MAIL_PAGE
    answer = client.get(MAIL_PAGE)
    page = answer.text
    assert "<h1" in page
    for words in (
        wording("Check your email"),
        "Ada@Example.org",
        "receipts",
        "outcomes",
        wording("Send the link again"),
        "address wrong",
    ):
        assert words in page, words
    assert page.count("Ada@Example.org") == 2, "once to read, once in the form that sends it again"
    assert "govuk-notification-banner" not in page, "what the page says is not said above it too"
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get("/home").location == "/sign-in?next=/home"
    sent = client.post("/organisations/new", data={"kind": "individual", "legal_name": "Ada"})
    assert sent.location == "/sign-in?next=/organisations/new"
    assert db.session.scalar(select(func.count(Organisation.id))) == 0


def test_the_address_is_named_in_the_same_browser_session_only(
    app: Flask, client: FlaskClient, person: Callable[..., User], outbox: list[Mail]
) -> None:
    client.post("/sign-up", data=REGISTRATION)
    assert "Ada@Example.org" not in app.test_client().get(MAIL_PAGE).text
    client.post(outbox[0].link)
    sign_in(client)
    assert "Ada@Example.org" not in client.get(MAIL_PAGE).text


def test_the_mail_is_sent_again_from_that_page(client: FlaskClient, outbox: list[Mail], happened: list[str]) -> None:
    client.post("/sign-up", data=REGISTRATION, query_string={"next": GOAL})
    assert client.post("/confirmation", data={"email": "Ada@Example.org", "next": GOAL}).location == MAIL_PAGE
    assert (
        wording("If %(email)s still needs to be confirmed, we’ve emailed a new link to it.", email="Ada@example.org")
        in client.get(MAIL_PAGE).text
    )
    assert happened == ["PersonRegistered", "ConfirmationRequested"]
    assert client.post(outbox[1].link).location == f"/sign-in?next={ONWARD}"


def test_signing_in_before_confirming_says_so_and_sends_the_link_again(
    client: FlaskClient, person: Callable[..., User], outbox: list[Mail]
) -> None:
    person(confirmed_at=None)
    page = sign_in(client, next=GOAL).text
    assert fragment("Confirm your email address first") in page
    form = page[page.index('action="/confirmation"') :]
    assert re.search(r'name="email" value="ada@example.org"', form)
    assert f'name="next" value="{GOAL}"' in form
    assert wording("Send the link again") in form
    assert client.post("/confirmation", data={"email": "ada@example.org", "next": GOAL}).location == MAIL_PAGE
    assert client.post(outbox[0].link).location == f"/sign-in?next={ONWARD}"
    assert sign_in(client, next=GOAL).location == GOAL


def test_a_wrong_password_gets_one_answer_for_confirmed_unconfirmed_and_unknown_addresses(
    app: Flask, person: Callable[..., User], monkeypatch: pytest.MonkeyPatch
) -> None:
    person("known@example.org")
    person("unconfirmed@example.org", confirmed_at=None)
    context, work = app.extensions["security"].pwd_context, []
    for name in ("hash", "verify"):
        real = getattr(context, name)
        monkeypatch.setattr(context, name, lambda *given, _real=real: (work.append("a password"), _real(*given))[1])
    answers = set()
    for email in ("known@example.org", "unconfirmed@example.org", "nobody@example.org"):
        work.clear()
        answer = sign_in(app.test_client(), email=email, password="some other words")
        words = re.sub(r'value="[^"]*"', "", answer.text).replace(email, "…")
        answers.add((answer.status_code, words, len(work)))
    assert len(answers) == 1
    assert fragment("Confirm your email address first") not in words
    assert len(work) == 1


def test_no_answer_comes_sooner_for_one_address_than_for_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(settings_for(f"sqlite:///{tmp_path}/time.db", tmp_path, CIVTECH_ENV="development"))
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = Client
    waited: list[float] = []
    monkeypatch.setattr(gated_views.time, "sleep", waited.append)
    monkeypatch.setattr(gated_views, "SECONDS_AT_LEAST", 60.0)
    with app.app_context():
        db.create_all()
        with unit_of_work():
            User.register(name="Ada", email="ada@example.org", password=hash_password(PASSWORD), at=clock.now())
        client = app.test_client()
        for path in ("/sign-in", "/sign-up", "/confirmation", "/new-password"):
            for email in ("ada@example.org", "nobody@example.org"):
                data = {"name": "Ada", "email": email, "password": "some other words"}
                assert client.post(path, data=data).status_code in {302, 422}, path
        db.session.remove()
        db.engine.dispose()
    assert [seconds > 30 for seconds in waited] == 8 * [True]


def test_the_link_leads_to_sign_in_and_on_to_the_goal_from_any_browser(
    app: Flask, client: FlaskClient, outbox: list[Mail]
) -> None:
    asked = client.get("/organisations/new?from=mail")
    goal = "/organisations/new?from%3Dmail"
    assert asked.location == f"/sign-in?next={goal}"
    entrance = client.get(asked.location).text
    assert entrance.count(f'href="/sign-up?next={goal}"') == 2, "at the top of the page and under the form"
    door = client.get(f"/sign-up?next={goal}").text
    assert 'name="next" value="/organisations/new?from=mail"' in door
    assert f"/sign-in?next={goal}" in nav(door)
    client.post("/sign-up", data=REGISTRATION | {"next": "/organisations/new?from=mail"})
    assert client.get(MAIL_PAGE).text.count(f'href="/sign-up?next={goal}"') == 1

    phone = app.test_client()
    assert "organisations" not in outbox[0].link, "the goal is sealed in the token"
    assert wording("You’ll need to sign in next.") in phone.get(outbox[0].link).text
    assert phone.post(outbox[0].link).location == f"/sign-in?next={goal}"
    page = phone.get(f"/sign-in?next={goal}").text
    assert wording("Your email address is confirmed. Sign in to continue.") in page
    assert sign_in(phone, next="/organisations/new?from=mail").location == "/organisations/new?from=mail"


def test_a_link_that_was_used_leads_to_sign_in_too(client: FlaskClient, outbox: list[Mail]) -> None:
    client.post("/sign-up", data=REGISTRATION | {"next": GOAL})
    client.post(outbox[0].link)
    for method in ("GET", "POST"):
        assert client.open(outbox[0].link, method=method).location == f"/sign-in?next={ONWARD}"
    assert wording("This email address has already been confirmed. Sign in.") in client.get("/sign-in").text
    sign_in(client)
    assert client.get(outbox[0].link).location == GOAL
    assert wording("Sign in") not in client.get("/account").text


def test_an_expired_link_leads_to_a_new_one_with_the_same_goal(
    app: Flask, client: FlaskClient, outbox: list[Mail], monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post("/sign-up", data=REGISTRATION | {"next": GOAL})
    monkeypatch.setitem(app.config, "SECURITY_CONFIRM_EMAIL_WITHIN", timedelta(seconds=-1))
    assert client.get(outbox[0].link).location == f"/confirmation?next={ONWARD}"
    assert client.post(outbox[0].link).location == f"/confirmation?next={ONWARD}"
    assert find("ada@example.org").confirmed_at is None


def test_nobody_who_is_signed_in_is_told_to_sign_in(
    client: FlaskClient, person: Callable[..., User], outbox: list[Mail]
) -> None:
    client.post("/sign-up", data=REGISTRATION)
    person("sam@example.org", "Sam Staff")
    sign_in(client, "sam@example.org")
    assert wording("You’ll need to sign in next.") not in client.get(outbox[0].link).text
    assert client.post(outbox[0].link).location == "/home"
    page = client.get("/home").text
    assert wording("Sign in") not in page
    assert "You are signed in as Sam Staff" in page
    assert find("ada@example.org").confirmed_at is not None
    assert client.get(outbox[0].link).location == "/home"
    assert wording("Sign in") not in client.get("/home").text


@pytest.mark.parametrize("away", ["//evil.example", "/\\evil.example", "https://evil.example", "evil", "/" + "x" * 900])
def test_no_link_leads_away_or_is_longer_than_a_page_address(
    app: Flask, client: FlaskClient, person: Callable[..., User], outbox: list[Mail], away: str
) -> None:
    made = person(confirmed_at=None)
    for path in ("/sign-up", "/confirmation"):
        if "evil" in away:
            assert client.get(path, query_string={"next": away}).location == path
            assert client.post(path, data=REGISTRATION | {"next": away}).status_code == 400
        else:
            assert client.post(path, data=REGISTRATION | {"next": away}).location == MAIL_PAGE
    assert client.get(MAIL_PAGE).status_code == 200
    forged = app.extensions["security"].confirm_serializer.dumps([made.fs_uniquifier, hash_data(made.email), away])
    assert client.post(f"/confirmation/{forged}").location.startswith(
        "/sign-in" if "evil" in away else "/new-password/"
    )
    tokens = [mail.link.removeprefix("/confirmation/") for mail in outbox]
    assert {app.extensions["security"].confirm_serializer.loads(token)[2] for token in tokens} <= {None}


def test_a_link_mailed_before_goals_were_sealed_still_works(
    app: Flask, client: FlaskClient, person: Callable[..., User]
) -> None:
    made = person(confirmed_at=None)
    old = app.extensions["security"].confirm_serializer.dumps([made.fs_uniquifier, hash_data(made.email)])
    assert client.post(f"/confirmation/{old}").location == "/sign-in"
    assert find("ada@example.org").confirmed_at is not None


def test_whoever_is_unconfirmed_is_a_visitor_everywhere_even_with_a_session(
    app: Flask, person: Callable[..., User], signed_in: SignedIn
) -> None:
    made = person(confirmed_at=None, roles=list(ProgrammeRole))
    client = signed_in(made)
    adapter = app.url_map.bind("localhost")
    wrong = []
    for rule in app.url_map.iter_rules():
        if gate.grant_of(app, rule).policy is None:
            continue
        values = {
            name: 1 if "Integer" in type(rule._converters[name]).__name__ else "nothing" for name in rule.arguments
        }
        for method in rule.methods & {"GET", *CHANGING}:
            address = adapter.build(rule.endpoint, values)
            answer = client.open(address, method=method, data={"idempotency_key": new_token()})
            if answer.status_code not in {302, 303} or not answer.location.startswith("/sign-in"):
                wrong.append((method, address, answer.status_code))
    assert wrong == []
    assert "/sign-in" in nav(client.get("/challenges").text)
    with unit_of_work():
        find("ada@example.org").confirmed_at = clock.now()
    assert client.get("/home").status_code == 200


def test_every_rule_refuses_whoever_is_unconfirmed_whatever_they_hold(person: Callable[..., User]) -> None:
    made = person(confirmed_at=None, roles=list(ProgrammeRole))
    generous = Policy("tests.generous", "Anybody.", lambda *_: True)
    assert not generous(made)
    assert not generous(made, object())
    assert POLICIES["organisations.administer_public_bodies"](made) is False
    made.confirmed_at = clock.now()
    assert POLICIES["organisations.administer_public_bodies"](made) is True
    assert Visitor().is_confirmed is False


def test_a_password_that_somebody_set_for_an_address_that_is_not_theirs_does_not_outlive_its_owner(
    app: Flask, client: FlaskClient, outbox: list[Mail]
) -> None:
    thief = app.test_client()
    thief.post("/sign-up", data=REGISTRATION | {"password": "the thief waits here"})
    client.post("/sign-up", data=REGISTRATION)
    assert client.post(outbox[-1].link).location.startswith("/new-password/")
    assert sign_in(thief, "ada@example.org", "the thief waits here").status_code == 422
    choose = client.post(outbox[-1].link).location
    assert client.post(choose, data={"password": "four red kites turn"}).location == "/sign-in"
    assert sign_in(thief, "ada@example.org", "the thief waits here").status_code == 422
    assert sign_in(client, "ada@example.org", "four red kites turn").location == "/home"


def test_registering_again_changes_nothing_of_an_account_that_was_confirmed(
    client: FlaskClient, person: Callable[..., User]
) -> None:
    person()
    client.post("/sign-up", data=REGISTRATION | {"password": "four red kites turn"})
    assert sign_in(client, "ada@example.org", PASSWORD).location == "/home"


@pytest.mark.parametrize("goal", ["/invitations/a-token", GOAL, ""])
def test_the_mail_does_not_tell_who_came_for_something_else_to_create_an_organisation(
    client: FlaskClient, outbox: list[Mail], goal: str
) -> None:
    client.post("/sign-up", data=REGISTRATION | {"next": goal})
    new = wording("You can then sign in, create your organisation and answer open challenges.")
    back = wording("You can then sign in and continue on the page that you came from.")
    assert (new in outbox[0].body, back in outbox[0].body) == (not goal, bool(goal))
