"""Personal data in the outbox, and what is left of it after erasure."""

import json
import re
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Select, String, case, cast, delete, or_, select, update

from civtech.core.db import Rows, db
from civtech.core.personal import LAST, erased, exported, swept, touched
from civtech.core.text import N_
from civtech.notifications.models import READY_MADE, MessageState, OutboxMessage
from civtech.people.models import AddressChange, User
from civtech.people.models.erased import ERASED_NAME, unaddressed

OF_CHANGES = ("address_change", "address_changed")


def to(person: User) -> ColumnElement[bool]:
    """Whether an email went to `person`: to their current address, an earlier one, or one they asked to change to."""
    addresses = select(AddressChange.address).where(AddressChange.user_id == person.id)
    before = select(AddressChange.address_before).where(AddressChange.user_id == person.id)
    return or_(
        OutboxMessage.recipient_id == person.id,
        OutboxMessage.address == person.email,
        OutboxMessage.template.in_(OF_CHANGES) & OutboxMessage.address.in_(addresses.union(before)),
    )


@exported(
    "mails",
    N_("Emails to you, with the details we added to them. Links that only you can open are not included."),
    OutboxMessage.recipient_id,
)
def mails(person: User) -> Rows:
    return (
        select(
            OutboxMessage.template.label("kind"),
            OutboxMessage.subject,
            OutboxMessage.facts.label("filled_in"),
            OutboxMessage.state,
            OutboxMessage.queued_at,
            OutboxMessage.sent_at,
        )
        .where(to(person))
        .order_by(OutboxMessage.id)
    )


def emptied(which: ColumnElement[bool]) -> int:
    """Empty these emails: keep when they were sent and of which kind, but no text and no address."""
    return touched(
        update(OutboxMessage)
        .where(which)
        .values(
            facts={},
            subject=case((OutboxMessage.template == READY_MADE, "")),
            body=None,
            failure=None,
            address=case((OutboxMessage.address.is_not(None), unaddressed(OutboxMessage.reference))),
        )
    )


@erased("mails", OutboxMessage.recipient_id, order=LAST - 2)
def forget_mails(person: User, _at: datetime) -> int:
    """Delete unsent emails. Empty the sent ones, and those to other people that name the person.

    An unsent email to someone else is still sent, without the name. This comes late, because ending a role can queue
    an email to the person.
    """
    db.session.flush()
    removed = touched(delete(OutboxMessage).where(to(person), OutboxMessage.state != MessageState.SENT))
    sent: list[int] = []
    for message in _that_name(person):
        if message.state is MessageState.SENT:
            sent.append(message.id)
        else:
            message.facts = _without(person, message.facts)
            removed += 1
    db.session.flush()
    return removed + emptied((OutboxMessage.state == MessageState.SENT) & or_(to(person), OutboxMessage.id.in_(sent)))


def _that_name(person: User) -> list[OutboxMessage]:
    """The emails with a fact that names the person: their name or address as a value, or in what someone typed."""
    facts = cast(OutboxMessage.facts, String)
    mentioned = [facts.contains(json.dumps(words)[1:-1], autoescape=True) for words in _words(person)]
    found = db.session.scalars(select(OutboxMessage).where(or_(*mentioned))).all() if mentioned else []
    return [message for message in found if _without(person, message.facts) != message.facts]


def _words(person: User) -> list[str]:
    return [words for words in (person.name, person.email) if words]


def _without(person: User, facts: Mapping[str, object]) -> dict[str, object]:
    """Return the facts of an email with the name taken out."""
    return {key: _cleared(person, value) for key, value in facts.items()}


def _cleared(person: User, fact: object) -> object:
    """Return a fact with the name taken out. Within a text we look for full names, as a single word could be any."""
    if isinstance(fact, dict):
        return _without(person, fact)
    if isinstance(fact, list):
        return [_cleared(person, value) for value in fact]
    if not isinstance(fact, str):
        return fact
    for words in _words(person):
        within = rf"(?<!\w){re.escape(words)}(?!\w)" if " " in words or "@" in words else rf"\A{re.escape(words)}\Z"
        fact = re.sub(within, ERASED_NAME, fact)
    return fact


@swept("mails")
def forget_old_mails(before: datetime, spared: Select[int]) -> int:
    addresses = select(User.email).where(User.id.in_(spared))
    return emptied(
        (OutboxMessage.sent_at < before)
        & (cast(OutboxMessage.facts, String) != "{}")
        & or_(OutboxMessage.recipient_id.is_(None), OutboxMessage.recipient_id.not_in(spared))
        & or_(OutboxMessage.address.is_(None), OutboxMessage.address.not_in(addresses))
    )
