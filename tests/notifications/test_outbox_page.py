"""What staff see of the outbox, and what they can do about dead letters."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from civtech.core.db import db
from civtech.notifications.delivery import Report, deliver_due
from civtech.notifications.models import MessageState, OutboxMessage
from civtech.notifications.outbox import queue_ready_made
from civtech.oversight.models import AuditEntry
from civtech.people.models import ProgrammeRole, User
from civtech.roles.models import RoleGrant
from civtech.web.tasks import tasks
from tests.notifications.conftest import PostOffice
from tests.support.messages import wording

SignIn = Callable[[User], FlaskClient]


@pytest.fixture
def staff(app: Flask, now: datetime) -> User:
    person = User.register(name="Sorcha Staff", email="sorcha@people.example", confirmed_at=now, at=now)
    RoleGrant.by_operator(person, ProgrammeRole.STAFF, at=now)
    db.session.commit()
    return person


@pytest.fixture
def dead(mailing: PostOffice, people: list[User], now: datetime) -> OutboxMessage:
    """A mail that the server refused for good."""
    mailing.refuse["ada@people.example"] = "550 no such mailbox"
    queue_ready_made(people[0].id, people[0].email, "Secret subject", "https://x.example/secret-link", at=now)
    db.session.commit()
    assert deliver_due() == Report(given_up=1)
    return db.session.scalars(select(OutboxMessage)).one()


def test_a_dead_letter_is_shown_with_its_reason_and_can_be_tried_again(
    signed_in: SignIn, staff: User, dead: OutboxMessage, mailing: PostOffice, now: datetime
) -> None:
    client = signed_in(staff)
    page = client.get("/outbox?state=dead").text
    assert "550 no such mailbox" in page
    assert "Ada" in page
    assert "secret" not in page.lower()
    message_id, reference = dead.message_id, dead.reference
    answer = client.post(f"/outbox/{reference}/retry")
    assert answer.status_code == 302
    mailing.refuse.clear()
    assert deliver_due() == Report(sent=1)
    assert mailing.taken[0]["Message-ID"] == message_id
    assert db.session.scalars(select(AuditEntry.event).order_by(AuditEntry.sequence.desc())).first() == "MailRetried"
    assert client.post(f"/outbox/{reference}/retry").status_code == 409


@pytest.mark.both_databases("locks")
def test_all_dead_letters_can_be_tried_again_at_once(
    signed_in: SignIn, staff: User, dead: OutboxMessage, now: datetime
) -> None:
    assert signed_in(staff).post("/outbox/retries").status_code == 302
    db.session.expire_all()
    assert db.session.scalar(select(OutboxMessage.state)) is MessageState.QUEUED


def test_dead_letters_wait_on_the_home_of_staff_and_of_nobody_else(
    app: Flask, staff: User, people: list[User], dead: OutboxMessage, now: datetime
) -> None:
    with app.test_request_context():
        title = wording("Check an email that could not be delivered")
        assert [str(task.title) for task in tasks(staff, now)].count(title) == 1
        assert title not in [str(task.title) for task in tasks(people[0], now)]


def test_nobody_else_looks_into_the_outbox(
    client: FlaskClient, signed_in: SignIn, people: list[User], dead: OutboxMessage
) -> None:
    reference = dead.reference
    assert client.get("/outbox").status_code == 302
    other = signed_in(people[0])
    assert other.get("/outbox").status_code == 403
    assert other.post(f"/outbox/{reference}/retry").status_code == 404
    assert other.post("/outbox/retries").status_code == 403


@pytest.mark.parametrize("query", ["?state=nonsense", "?after=99999999999999999999", "?after=x", "?state=dead&after=0"])
def test_any_address_is_answered(signed_in: SignIn, staff: User, dead: OutboxMessage, query: str) -> None:
    assert signed_in(staff).get(f"/outbox{query}").status_code == 200


def test_the_list_costs_the_same_whatever_its_length(
    app: Flask, signed_in: SignIn, staff: User, people: list[User], now: datetime
) -> None:
    client = signed_in(staff)

    def cost() -> int:
        counted: list[str] = []
        listener = lambda _c, _u, statement, *_rest: statement.startswith("SELECT") and counted.append(statement)  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listener)
        assert client.get("/outbox").status_code == 200
        event.remove(db.engine, "before_cursor_execute", listener)
        return len(counted)

    queue_ready_made(people[0].id, people[0].email, "One", "x", at=now)
    db.session.commit()
    one = cost()
    for number in range(80):
        queue_ready_made(people[number % 3].id, people[number % 3].email, "Many", "x", at=now)
    db.session.commit()
    assert cost() == one <= 4
