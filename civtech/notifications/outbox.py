"""Writing to the outbox: a row per recipient in the transaction of the change, and a nudge after its commit."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from flask import current_app
from sqlalchemy import insert

from civtech.core.db import db
from civtech.notifications.models import READY_MADE, OutboxMessage

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


def queue(
    template: str, people: Iterable[int], facts: Mapping[str, object], *, at: datetime, once: str | None = None
) -> None:
    """Queue the email `template` for people by id. `facts` are plain JSON; names of instants end in `_at`.

    With `once`, people who already got it under that name in this transaction do not get it again.
    """
    if _silent.get():
        return
    rows: list[dict[str, object]] = []
    told: set[tuple[str, str | None, int]] = db.session.info.setdefault(TOLD, set())
    packed = _kept(facts)
    for person in dict.fromkeys(people):
        if once and (template, once, person) in told:
            continue
        told.add((template, once, person))
        rows.append(OutboxMessage.row(template, recipient_id=person, facts=packed, domain=_domain(), at=at))
    if rows:
        db.session.execute(insert(OutboxMessage), rows)
        db.session.info[NUDGE] = True


def queue_to_address(template: str, address: str, facts: Mapping[str, object], *, at: datetime) -> None:
    """Queue the email `template` for an address. It is the same with or without an account, so it reveals nothing."""
    if _silent.get():
        return
    db.session.add(OutboxMessage.write(template, address=address, facts=_kept(facts), domain=_domain(), at=at))
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
