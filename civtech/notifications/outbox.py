"""Writing to the outbox: a row per recipient in the transaction of the change, and a nudge after its commit."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import TypeAlias

from flask import current_app
from sqlalchemy import insert

from civtech.core.db import db
from civtech.notifications.models import READY_MADE, OutboxMessage

Recipient: TypeAlias = int | str
"""A person by id, or an address."""

NUDGE = "mail_was_queued"
TOLD = "mail_told_once"

_silent: ContextVar[bool] = ContextVar("no_mail", default=False)


@contextmanager
def silenced() -> Iterator[None]:
    """Queue no emails inside the block. The demonstration's past must not be emailed to anyone."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def _domain() -> str:
    sender: str = current_app.config["MAIL_SENDER"]
    return sender.rpartition("@")[2]


def _kept(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in facts.items()}


def queue(template: str, letters: Iterable[tuple[Recipient, Mapping[str, object]]], *, at: datetime) -> None:
    """Queue the email `template` for each person, by id, or address, in one statement.

    `facts` are plain JSON; names of instants end in `_at`. To an address, the email is the same with or without an
    account, so it reveals nothing.
    """
    if _silent.get():
        return
    domain = _domain()
    rows = [
        OutboxMessage.row(
            template,
            recipient_id=to if isinstance(to, int) else None,
            address=to if isinstance(to, str) else None,
            facts=_kept(facts),
            domain=domain,
            at=at,
        )
        for to, facts in letters
    ]
    if rows:
        db.session.execute(insert(OutboxMessage), rows)
        db.session.info[NUDGE] = True


def queue_ready_made(person: int | None, address: str, subject: str, body: str, *, at: datetime) -> None:
    """Queue an email whose text is ready; `person` is the owner of the address, if it has an account."""
    if _silent.get():
        return
    db.session.add(
        OutboxMessage.write(
            READY_MADE,
            recipient_id=person,
            address=None if person else address,
            subject=subject,
            body=body,
            domain=_domain(),
            at=at,
        )
    )
    db.session.info[NUDGE] = True
