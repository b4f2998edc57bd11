"""I11: what a killed worker had claimed goes out within a minute, and no odd clock loses or doubles emails."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import select

import config
from civtech.core import clock
from civtech.core.db import db
from civtech.notifications import delivery
from civtech.notifications.delivery import Report, deliver_due
from civtech.notifications.models import MessageState, OutboxMessage
from civtech.notifications.outbox import queue_ready_made
from civtech.notifications.transport import EXCHANGES, TIMEOUT
from civtech.people.models import User
from civtech.privacy.models import Erasure, ErasureGround
from tests.notifications.conftest import PostOffice, mailing, people, post_office

__all__ = ["mailing", "people", "post_office"]

MINUTE = timedelta(minutes=1)


def post(*to: User, at: datetime) -> None:
    for person in to:
        queue_ready_made(person.id, person.email, "Hello", "Hello.", at=at)
    db.session.commit()


def states() -> list[MessageState]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboxMessage.state).order_by(OutboxMessage.id)))


def started(app: Flask, mailing: PostOffice, folder: object) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "CIVTECH_ENV": "testing",
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "MAIL_URL": mailing.url,
        "QUEUE_URL": f"sqlite:///{folder}/queue.db",
        "SECRET_KEY": "tests only",
        "PASSWORD_SALT": "tests only",
        "TOTP_SECRET": "tests only, and long enough for a key",
        "LOG_LEVEL": "error",
    }
    return subprocess.Popen([sys.executable, "-m", "flask", "worker"], env=environment, cwd=config.ROOT)


def test_a_claim_ends_within_a_minute_and_outlasts_the_slowest_server() -> None:
    assert timedelta(seconds=EXCHANGES * TIMEOUT) < delivery.CLAIM
    assert delivery.CLAIM + timedelta(seconds=3) < MINUTE


@pytest.mark.takes(8, "It starts the worker, and kills it.")
@pytest.mark.both_databases("locks")
def test_a_worker_killed_after_delivery_sends_again_within_a_minute_under_the_same_id(
    app: Flask, mailing: PostOffice, people: list[User], tmp_path: object
) -> None:
    """The server kills the worker when it has the whole message, before the worker can note it."""
    killed: list[datetime] = []

    def kill(_message: EmailMessage) -> None:
        if not killed:
            os.kill(worker.pid, signal.SIGKILL)
            killed.append(datetime.now(UTC))

    mailing.answer = kill
    with clock.at(datetime.now(UTC)) as today:
        post(*people, at=today)
    worker = started(app, mailing, tmp_path)
    try:
        worker.wait(30)
    finally:
        worker.kill()
    time.sleep(0.2)
    assert states() == 3 * [MessageState.QUEUED]
    assert len(mailing.taken) == 1
    with clock.at(killed[0] + MINUTE):
        assert deliver_due() == Report(sent=3)
    assert states() == 3 * [MessageState.SENT]
    ids = [message["Message-ID"] for message in mailing.taken]
    assert (len(ids), len(set(ids))) == (4, 3)


def test_an_email_that_was_never_tried_goes_out_when_the_clock_was_set_back(
    app: Flask, mailing: PostOffice, people: list[User], now: datetime
) -> None:
    post(*people, at=now)
    with clock.at(now - timedelta(hours=5)):
        assert deliver_due() == Report(sent=3)
        assert deliver_due() == Report()


@pytest.mark.parametrize("back", [timedelta(hours=13), timedelta(days=400)])
def test_one_that_waits_for_another_try_goes_out_when_the_clock_was_set_far_back(
    app: Flask, mailing: PostOffice, people: list[User], now: datetime, back: timedelta
) -> None:
    mailing.answer = lambda _message: "451 try later"
    post(people[0], at=now)
    assert deliver_due() == Report(postponed=1)
    mailing.answer = lambda _message: None
    with clock.at(now - back):
        assert deliver_due() == Report(sent=1)
    assert len(mailing.taken) == 1


def test_a_clock_that_jumps_forward_while_an_email_is_sent_doubles_nothing_for_the_reader(
    app: Flask, mailing: PostOffice, people: list[User], now: datetime
) -> None:
    post(people[0], at=now)
    number = db.session.scalars(select(OutboxMessage.id)).one()
    assert delivery._claim(number, now)
    with clock.at(now + timedelta(days=3)):
        assert deliver_due() == Report(sent=1)
        assert not delivery._claim(number, now + timedelta(days=4))
        assert deliver_due() == Report()
    assert len(mailing.taken) == 1


def test_two_workers_never_claim_the_same_email_even_if_it_was_never_tried(
    app: Flask, people: list[User], now: datetime
) -> None:
    post(people[0], at=now)
    number = db.session.scalars(select(OutboxMessage.id)).one()
    assert [delivery._claim(number, now) for _ in range(3)] == [True, False, False]


def test_an_email_goes_to_the_address_of_today(
    app: Flask, mailing: PostOffice, people: list[User], now: datetime
) -> None:
    post(people[0], at=now)
    people[0].email = "ada@new.example"
    db.session.commit()
    assert deliver_due() == Report(sent=1)
    assert mailing.taken[0]["To"] == "ada@new.example"


def test_an_email_queued_while_a_person_was_being_erased_goes_nowhere(
    app: Flask, mailing: PostOffice, people: list[User], now: datetime
) -> None:
    gone = people[0].id
    Erasure.carry_out(people[0], ground=ErasureGround.OPERATOR, by=None, at=now)
    db.session.commit()
    db.session.add(OutboxMessage.write("account_reactivated", domain="x.example", at=now, recipient_id=gone))
    post(people[1], at=now)
    assert deliver_due() == Report(sent=1)
    assert [message["To"] for message in mailing.taken] == ["ben@people.example"]
    assert not db.session.scalars(select(OutboxMessage.id).where(OutboxMessage.recipient_id == gone)).all()
