"""Delivery: at least once, always under the same Message-ID, and never in the way of a change.

A message is claimed in one transaction, sent outside any, and settled in another. If a worker is killed in between,
its claim expires within a minute. The message is then sent again, and email programs drop the copy by its Message-ID.
A claim is longer than the server may take for one message, so no other worker sends it in the meantime. While the
server is away, no attempt counts against a message, so everything goes out as soon as the server is back.
"""

from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import cast

from flask import current_app
from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import joinedload

from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.notifications import letters, queries
from civtech.notifications.headers import FOLDING
from civtech.notifications.models import MessageState, OutboxMessage
from civtech.notifications.transport import EXCHANGES, TIMEOUT, Channel, NotTaken, ServerAway, transport
from civtech.people.models.erased import leads_nowhere
from civtech.web.logs import log

CLAIM = timedelta(seconds=EXCHANGES * TIMEOUT + 5)
DELAYS = [timedelta(seconds=seconds) for seconds in (5, 30, 60, 300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600)]
LONGEST_WAIT = max(DELAYS)
BATCH = 100
TROUBLES = 3  # a pass ends after this many failures in a row
LONGEST_FAILURE = 300


@dataclass(frozen=True)
class Report:
    """The result of one pass."""

    sent: int = 0
    postponed: int = 0
    given_up: int = 0
    away: str | None = None


def deliver_due() -> Report:
    """Send everything that is due, in one pass."""
    report, troubles = Report(), 0
    while troubles < TROUBLES and (waiting := _due()):
        with ExitStack() as opened:
            try:
                channel = opened.enter_context(transport(current_app.config["MAIL_URL"]).open())
                for number in waiting:
                    outcome = _deliver(number, channel)
                    report = _counted(report, outcome)
                    troubles = troubles + 1 if outcome == "postponed" else 0
                    if outcome == "postponed":
                        break
            except ServerAway as error:
                log.warning("mail_server_away", why=str(error)[:LONGEST_FAILURE])
                return replace(report, away=str(error))
    return report


def _due() -> list[int]:
    emails = list(db.session.scalars(queries.due(clock.now(), BATCH, LONGEST_WAIT)))
    db.session.rollback()
    return emails


def _counted(report: Report, outcome: str | None) -> Report:
    return replace(report, **{outcome: getattr(report, outcome) + 1}) if outcome else report


def _deliver(number: int, channel: Channel) -> str | None:
    """Try one message. Return None if another worker has it."""
    at = clock.now()
    if not _claim(number, at):
        return None
    try:
        if (written := _written(number)) is None:
            return None
        channel.send(written)
    except ServerAway:
        _release(number, at)
        raise
    except NotTaken as error:
        return _failed(number, str(error), for_good=error.for_good)
    except Exception as error:  # noqa: BLE001 - one email that cannot be composed must not stop the others
        log.error("mail_not_written", message=number, exc_info=error)
        return _failed(number, f"{type(error).__name__}: {error}", for_good=False)
    with unit_of_work():
        message = db.session.get(OutboxMessage, number, with_for_update=True)
        if message and message.state is MessageState.QUEUED:
            message.be_sent(at=clock.now())
    return "sent"


def _claim(number: int, at: datetime) -> bool:
    with unit_of_work():
        claimed = db.session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.id == number, queries.is_due(at, LONGEST_WAIT))
            .values(due_at=at + CLAIM, attempts=OutboxMessage.attempts + 1)
        )
    return cast("CursorResult[object]", claimed).rowcount == 1


def _release(number: int, at: datetime) -> None:
    with unit_of_work():
        db.session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.id == number, OutboxMessage.state == MessageState.QUEUED)
            .values(due_at=at, attempts=OutboxMessage.attempts - 1)
        )


def _failed(number: int, why: str, *, for_good: bool) -> str:
    """Wait longer each time. Give up on a permanent failure or after the last delay."""
    why = why[:LONGEST_FAILURE]
    at = clock.now()
    with unit_of_work():
        message = db.session.get(OutboxMessage, number)
        if message is None or message.state is not MessageState.QUEUED:
            return "postponed"
        if for_good or message.attempts > len(DELAYS):
            message.give_up(failure=why, by=None, at=at)
            return "given_up"
        message.failure = why
        message.due_at = at + DELAYS[message.attempts - 1]
    return "postponed"


def _written(number: int) -> EmailMessage | None:
    """Compose the message to send, to the person's current address. Drop it if the person has been erased.

    It is read in its own transaction, which ends before anything is sent.
    """
    query = select(OutboxMessage).options(joinedload(OutboxMessage.recipient)).where(OutboxMessage.id == number)
    queued = db.session.scalars(query).unique().one_or_none()
    if queued is None:
        return None
    recipient = queued.recipient.email if queued.recipient else queued.address
    if leads_nowhere(recipient or ""):
        with unit_of_work():
            db.session.delete(queued)
        return None
    letter = letters.compose(queued)
    message = EmailMessage(policy=FOLDING)
    message["From"] = str(_address(current_app.config["MAIL_SENDER"], current_app.config["PROGRAMME_NAME"]))
    message["To"] = str(_address(recipient or ""))
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = format_datetime(queued.queued_at)
    message["Message-ID"] = queued.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    db.session.rollback()
    return message


def _address(address: str, name: str = "") -> Address:
    return Address(display_name=name, addr_spec=address)
