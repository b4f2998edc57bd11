"""Anybody can say what stopped them, without an account; floods and tricks get nowhere."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from civtech.core.db import db
from civtech.core.references import new_token
from civtech.notifications.letters import compose
from civtech.notifications.models import OutboxMessage
from civtech.oversight.models import AuditEntry
from civtech.people.models import User
from civtech.privacy.models import ProblemReport, ProblemState
from tests.privacy.conftest import SignedIn, post
from tests.support.messages import wording
from tests.world import World

PATH = "/accessibility/problems/new"
LIST = "/accessibility/problems"
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }} {% raw %} %(x)s %s",
    "=cmd|' /C calc'!A0",
    "a\x00b",
    "\u202eevil\u202c",
    "\r\nBcc: everybody@example.org\r\n\r\nbody",
    "مشكلة في لوحة المفاتيح",
    "x" * 4000,
]


def reports() -> list[ProblemReport]:
    db.session.rollback()
    return list(db.session.scalars(select(ProblemReport).order_by(ProblemReport.id)).unique())


def mails() -> list[OutboxMessage]:
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.template == "problem_reported")))


def test_a_visitor_reports_and_is_told_the_number(app: Flask, client: FlaskClient) -> None:
    answer = client.post(
        PATH,
        data={"words": "No focus.", "page": "/rights", "email": "Ada@Example.org", "idempotency_key": new_token()},
        follow_redirects=True,
    )
    (report,) = reports()
    assert report.reference in answer.text
    assert (report.words, report.page, report.email, report.reporter_id) == (
        "No focus.",
        "/rights",
        "ada@example.org",
        None,
    )


def test_the_programme_gets_a_mail_with_the_number_and_none_of_the_words(app: Flask, client: FlaskClient) -> None:
    assert post(client, PATH, words="CANARY", page="CANARY", email="canary@example.org") == 302
    (mail,) = mails()
    letter = compose(mail)
    assert mail.address == app.config["PROGRAMME_CONTACT"]
    assert reports()[0].reference in letter.subject
    assert LIST in letter.body
    assert "canary" not in (letter.subject + letter.body).lower()


def test_the_audit_log_tells_that_it_was_reported_and_none_of_the_words(app: Flask, client: FlaskClient) -> None:
    assert post(client, PATH, words="CANARY") == 302
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.event, entry.subject, entry.actor, entry.facts) == (
        "ProblemReported",
        reports()[0].reference,
        None,
        {},
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_words(world: World, client: FlaskClient, signed_in: SignedIn, words: str) -> None:
    assert post(client, PATH, words=words, page=words[:300]) == 302
    page = signed_in(world.staff).get(LIST)
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text
    assert "49 " not in page.text


@pytest.mark.parametrize(
    "changed",
    [
        {"words": ""},
        {"words": " \n\t "},
        {"words": "\x00"},
        {"words": "x" * 4001},
        {"page": "x" * 301},
        {"email": "nobody"},
        {"email": "a@b"},
        {"email": "a@example.org, b@example.org"},
        {"email": "erased-u@invalid"},
        {"email": "x" * 300 + "@example.org"},
    ],
)
def test_what_cannot_be_stored_is_shown_again_with_everything_typed(
    app: Flask, client: FlaskClient, changed: dict[str, str]
) -> None:
    typed = {"words": "KEPT-words", "page": "KEPT-page", "email": "k@example.org", "idempotency_key": new_token()}
    answer = client.post(PATH, data=typed | changed)
    assert answer.status_code == 422
    for name, value in (("words", "KEPT-words"), ("page", "KEPT-page"), ("email", "k@example.org")):
        assert name in changed or value in answer.text
    assert reports() == []


@pytest.mark.both_databases("locks")
def test_sent_twice_it_is_stored_once(app: Flask, client: FlaskClient) -> None:
    data = {"words": "No focus.", "idempotency_key": "k" * 24}
    assert [client.post(PATH, data=data).status_code for _ in range(2)] == [302, 302]
    assert len(reports()) == 1


def test_who_is_signed_in_is_remembered_as_the_reporter(loner: User, signed_in: SignedIn) -> None:
    assert post(signed_in(loner), PATH, words="No focus.") == 302
    assert reports()[0].reporter_id == loner.id


def test_staff_and_administrators_deal_with_it_once(world: World, client: FlaskClient, signed_in: SignedIn) -> None:
    administrator = world.person("administrator", administrator=True)
    assert post(client, PATH, words="No focus.") == 302
    path = f"{LIST}/{reports()[0].reference}/completion"
    staff = signed_in(world.staff)
    assert wording("Deal with a reported problem") in staff.get("/home").text
    assert "No focus." in signed_in(administrator).get(LIST).text
    assert post(staff, path) == 302
    assert (reports()[0].state, reports()[0].dealt_with_by_id) == (ProblemState.DEALT_WITH, world.staff.id)
    assert post(staff, path) == 409
    assert "Dealt with by Sorcha Staff" in staff.get(LIST).text
    assert wording("Deal with a reported problem") not in staff.get("/home").text


@pytest.mark.parametrize("who", ["auditor", "finance", "company_owner", "stranger"])
def test_nobody_else_reads_reports(world: World, client: FlaskClient, signed_in: SignedIn, who: str) -> None:
    assert post(client, PATH, words="No focus.") == 302
    other = signed_in(world.people[who])
    assert other.get(LIST).status_code == 403
    assert post(other, f"{LIST}/{reports()[0].reference}/completion") == 404


def attempts(app: Flask, count: int, address: str) -> list[int]:
    client = app.test_client()
    return [
        client.post(
            PATH,
            data={"words": "No focus.", "idempotency_key": new_token()},
            environ_base={"REMOTE_ADDR": address},
        ).status_code
        for _ in range(count)
    ]


def test_one_network_reports_five_times_an_hour(strict: Flask) -> None:
    assert attempts(strict, 7, "203.0.113.7") == [302] * 5 + [429] * 2
    assert attempts(strict, 1, "203.0.113.8") == [302]
    assert len(reports()) == 6
    assert strict.test_client().get(PATH, environ_base={"REMOTE_ADDR": "203.0.113.7"}).status_code == 200


def test_signing_in_is_still_limited_on_its_own(strict: Flask) -> None:
    attempts(strict, 7, "203.0.113.7")
    answer = strict.test_client().post(
        "/sign-in",
        data={"email": "ada@example.org", "password": "a wrong password"},
        environ_base={"REMOTE_ADDR": "203.0.113.7"},
    )
    assert answer.status_code == 422
