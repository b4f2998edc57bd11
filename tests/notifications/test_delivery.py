"""Mail is never lost, doubled only with the same Message-ID, and never in the way of a change."""

import os
import re
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from email.header import decode_header, make_header
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

import config
from civtech.core import clock
from civtech.core.db import db
from civtech.notifications import delivery, transport
from civtech.notifications.delivery import Report, deliver_due
from civtech.notifications.models import MessageState, OutboxMessage
from civtech.notifications.outbox import queue_ready_made
from civtech.oversight.models import AuditEntry
from civtech.people.models import User
from tests.notifications.conftest import PostOffice

pytestmark = pytest.mark.both_databases("locks")


def post(*people: User, subject: str = "Hello", at: datetime) -> list[OutboxMessage]:
    """Ready-made mails to these people."""
    for person in people:
        queue_ready_made(person.id, person.email, subject, f"To {person.name}: ŷ “quoted” 😀\n", at=at)
    db.session.commit()
    return list(db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def states() -> list[MessageState]:
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(OutboxMessage.state).order_by(OutboxMessage.id)))


def test_what_is_queued_arrives_once_with_its_message_id(
    mailing: PostOffice, people: list[User], now: datetime
) -> None:
    queued = post(*people, at=now)
    ids = [message.message_id for message in queued]
    assert deliver_due() == Report(sent=3)
    assert deliver_due() == Report()
    assert [message["Message-ID"] for message in mailing.taken] == ids
    assert [message["To"] for message in mailing.taken] == [
        "ada@people.example",
        "ben@people.example",
        "cai@people.example",
    ]
    assert mailing.taken[0].get_content().replace("\r\n", "\n") == "To Ada: ŷ “quoted” 😀\n"
    assert mailing.taken[0]["From"] == "CivTech <no-reply@civtech.example>"
    assert mailing.taken[0]["Auto-Submitted"] == "auto-generated"
    assert mailing.taken[0]["Date"].datetime == now
    assert states() == 3 * [MessageState.SENT]


def test_the_words_of_an_account_mail_are_gone_once_it_is_sent(
    mailing: PostOffice, people: list[User], now: datetime
) -> None:
    post(people[0], at=now)
    deliver_due()
    db.session.expire_all()
    assert db.session.scalar(select(OutboxMessage.body)) is None


def test_while_the_server_is_away_nothing_is_counted_and_all_goes_out_when_it_is_back(
    app: Flask, mailing: PostOffice, people: list[User], now: datetime
) -> None:
    post(*people, at=now)
    mailing.stop()
    for _try in range(20):
        report = deliver_due()
        assert report.sent == report.postponed == report.given_up == 0
        assert "refused" in (report.away or "")
    assert states() == 3 * [MessageState.QUEUED]
    mailing.start()
    assert deliver_due() == Report(sent=3)


def test_a_server_that_says_nothing_does_not_hold_the_worker(
    app: Flask, mailing: PostOffice, people: list[User], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport.Server, "timeout", 0.5)
    way = transport.Server("127.0.0.1", mailing.port, None, None, implicit_tls=False, tls=True, timeout=0.5)
    monkeypatch.setattr(delivery, "transport", lambda _url: way)
    mailing.slow = 2.0
    post(people[0], at=now)
    begun = time.monotonic()
    assert deliver_due().postponed == 1
    assert time.monotonic() - begun < 2
    assert states() == [MessageState.QUEUED]


def test_a_message_that_breaks_the_connection_does_not_stop_the_others(
    mailing: PostOffice, people: list[User], now: datetime
) -> None:
    mailing.answer = lambda message: "drop" if message["To"].startswith("ada") else None
    post(*people, at=now)
    assert deliver_due() == Report(sent=2, postponed=1)
    assert states() == [MessageState.QUEUED, MessageState.SENT, MessageState.SENT]


def test_a_refusal_for_now_is_tried_again_later_and_later(
    mailing: PostOffice, people: list[User], now: datetime
) -> None:
    mailing.answer = lambda _message: "451 greylisted, try again"
    post(people[0], at=now)
    waits, at = [], now
    for _try in range(len(delivery.DELAYS)):
        with clock.at(at):
            assert deliver_due() == Report(postponed=1)
            assert deliver_due() == Report()
        due = db.session.scalar(select(OutboxMessage.due_at))
        waits.append(due - at)
        at = due
    assert waits == delivery.DELAYS
    assert waits == sorted(waits)
    with clock.at(at):
        assert deliver_due() == Report(given_up=1)
    message = db.session.scalar(select(OutboxMessage))
    assert message.state is MessageState.DEAD
    assert message.failure == "451 greylisted, try again"
    assert db.session.scalars(select(AuditEntry.event).order_by(AuditEntry.sequence.desc())).first() == "MailGivenUp"


@pytest.mark.parametrize("where", ["recipient", "content"])
def test_a_refusal_for_good_is_given_up_at_once(
    mailing: PostOffice, people: list[User], now: datetime, where: str
) -> None:
    if where == "recipient":
        mailing.refuse["ada@people.example"] = "550 no such mailbox"
    else:
        mailing.answer = lambda message: "554 no" if message["To"].startswith("ada") else None
    post(*people, at=now)
    assert deliver_due() == Report(sent=2, given_up=1)
    assert states() == [MessageState.DEAD, MessageState.SENT, MessageState.SENT]


def test_a_mail_that_cannot_be_written_does_not_stop_the_others(
    mailing: PostOffice, people: list[User], now: datetime
) -> None:
    db.session.add(
        OutboxMessage.write(
            "no_such_template",
            domain="x.example",
            at=now,
            recipient_id=people[0].id,
            facts={"link": ["public.front", {}]},
        )
    )
    post(people[1], at=now)
    assert deliver_due() == Report(sent=1, postponed=1)


def test_a_line_break_in_a_subject_adds_no_header(mailing: PostOffice, people: list[User], now: datetime) -> None:
    post(people[0], subject="Hello\r\nBcc: eve@evil.example", at=now)
    assert deliver_due() == Report(sent=1)
    assert mailing.taken[0]["Bcc"] is None


def test_what_is_rolled_back_is_not_mailed(mailing: PostOffice, people: list[User], now: datetime) -> None:
    queue_ready_made(people[0].id, people[0].email, "Hello", "x", at=now)
    db.session.rollback()
    assert deliver_due() == Report()


def test_somebody_else_s_claim_is_left_alone_until_it_runs_out(
    mailing: PostOffice, people: list[User], now: datetime
) -> None:
    message = post(people[0], at=now)[0]
    assert delivery._claim(message.id, now)
    assert not delivery._claim(message.id, now)
    assert deliver_due() == Report()
    with clock.at(now + delivery.CLAIM):
        assert deliver_due() == Report(sent=1)


def test_files_are_named_after_the_message_id_so_that_a_repetition_replaces_itself(
    app: Flask, people: list[User], now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "MAIL_URL", f"file://{tmp_path}/mail")
    message = post(people[0], at=now)[0]
    assert deliver_due() == Report(sent=1)
    db.session.execute(text("UPDATE outbox_message SET state = 'queued', sent_at = NULL, due_at = queued_at"))
    db.session.commit()
    assert deliver_due() == Report(sent=1)
    assert [file.name for file in (tmp_path / "mail").iterdir()] == [f"{message.message_id.strip('<>')}.eml"]


def test_a_folder_that_cannot_be_written_loses_nothing(
    app: Flask, people: list[User], now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mail").write_text("a file where the folder should be")
    monkeypatch.setitem(app.config, "MAIL_URL", f"file://{tmp_path}/mail")
    post(people[0], at=now)
    assert deliver_due().away
    assert states() == [MessageState.QUEUED]


@pytest.mark.parametrize(
    "broken",
    [
        "UPDATE outbox_message SET message_id = (SELECT min(message_id) FROM outbox_message)",
        "UPDATE outbox_message SET state = 'sent'",
        "UPDATE outbox_message SET state = 'dead'",
        "UPDATE outbox_message SET address = 'a@b.example'",
        "UPDATE outbox_message SET recipient_id = NULL",
        "UPDATE outbox_message SET subject = NULL",
        "UPDATE outbox_message SET attempts = -1",
    ],
)
def test_the_database_knows_the_rules_too(people: list[User], now: datetime, broken: str) -> None:
    post(*people, at=now)
    with pytest.raises(IntegrityError):
        db.session.execute(text(broken))
    db.session.rollback()


PROGRAM = """
import sys, time
from civtech import create_app
from civtech.notifications import delivery
from civtech.notifications.models import OutboxMessage
app = create_app()
def hang(self, *, at):
    print("sent, not yet settled", flush=True)
    time.sleep(60)
OutboxMessage.be_sent = hang
with app.app_context():
    delivery.deliver_due()
"""


def test_a_worker_killed_between_sending_and_settling_sends_again_under_the_same_id(
    app: Flask, mailing: PostOffice, people: list[User], now: datetime
) -> None:
    """Kill -9 at the worst moment: the message is doubled with its Message-ID, and not lost."""
    with clock.at(datetime.now(now.tzinfo)) as today:
        queued = post(*people, at=today)
        ids = {message.message_id for message in queued}
    environment = os.environ | {
        "CIVTECH_ENV": "testing",
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "MAIL_URL": mailing.url,
        "SECRET_KEY": "tests only",
        "PASSWORD_SALT": "tests only",
        "TOTP_SECRET": "tests only, and long enough for a key",
    }
    db.session.rollback()
    worker = subprocess.Popen([sys.executable, "-c", PROGRAM], env=environment, cwd=config.ROOT, stdout=subprocess.PIPE)
    assert worker.stdout is not None
    while (line := worker.stdout.readline()) and b"not yet settled" not in line:
        pass
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    worker.stdout.close()
    assert states() == 3 * [MessageState.QUEUED]
    with clock.at(datetime.now(now.tzinfo) + timedelta(minutes=1)):
        assert deliver_due() == Report(sent=3)
    assert len(mailing.taken) == 4
    assert {message["Message-ID"] for message in mailing.taken} == ids
    assert db.session.scalar(select(func.count()).select_from(OutboxMessage)) == 3


def test_a_disk_that_fills_up_while_sending_counts_against_no_message(
    app: Flask, people: list[User], now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "MAIL_URL", f"file://{tmp_path}")
    message = post(people[0], at=now)[0]
    in_the_way = tmp_path / f".{message.message_id.strip('<>')}.{os.getpid()}"
    in_the_way.mkdir()
    assert deliver_due().away
    db.session.expire_all()
    assert (message.state, message.attempts, message.due_at) == (MessageState.QUEUED, 0, now)
    in_the_way.rmdir()
    assert deliver_due() == Report(sent=1)


@pytest.mark.parametrize(
    "subject",
    [
        "Hello",
        "Proposal received: How can we count everything that passes? (P-0001) for " + 3 * "Northern Roads Authority ",
        "a" * 150,
        3 * "Ünïcode Ängström café ",
        "A proposal 🎉 to count: How can we find a café with 💡 lights in every village? (C-0001)",
        5 * "Chwarae’n “deg” — ",
        "ordinary words " + "é" * 60 + " and more of them " + "🎉" * 20,
    ],
    ids=ascii,
)
def test_every_reader_shows_a_subject_with_the_spaces_that_it_has(
    mailing: PostOffice, people: list[User], now: datetime, subject: str
) -> None:
    post(people[0], subject=subject, at=now)
    assert deliver_due() == Report(sent=1)
    whole = " ".join(subject.split())
    (raw,) = mailing.raw
    head = raw.partition(b"\r\n\r\n")[0].decode("ascii").replace("\r\n", "\n")
    (written,) = re.findall(r"^Subject: (.*(?:\n[ \t].*)*)", head, re.MULTILINE)
    assert written == written.strip()
    assert max(map(len, f"Subject: {written}".split("\n"))) <= 78
    assert mailing.taken[0]["Subject"] == whole
    assert str(make_header(decode_header(written))) == whole
