"""Appending to the audit chain: one entry for each event, in the transaction of the change."""

from collections.abc import Sequence
from contextvars import ContextVar
from datetime import datetime
from typing import TypedDict, cast

from sqlalchemy import Table, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from civtech.core.events import AnyEvent, record_at_commit
from civtech.oversight.canonical import instant_text, json_text
from civtech.oversight.models import GENESIS, ONLY, AuditEntry, AuditHead, hash_of

request_in_progress: ContextVar[str | None] = ContextVar("request_in_progress", default=None)

ENTRY = cast("Table", AuditEntry.__table__)
HEAD = cast("Table", AuditHead.__table__)


class _Texts(TypedDict):
    event: str
    subject_kind: str | None
    subject: str | None
    actor: str | None
    request: str | None


class EntryRow(_Texts):
    """The columns of an entry."""

    sequence: int
    at: datetime
    facts: dict[str, object]
    previous: str
    hash: str


def row_for(event: AnyEvent, *, sequence: int, previous: str) -> EntryRow:
    """Return the columns of the entry of `event` at one place in the chain."""
    named: _Texts = {
        "event": event.name,
        "subject_kind": event.subject.__tablename__ if event.subject is not None else None,
        "subject": event.subject.reference if event.subject is not None else None,
        "actor": event.by.reference if event.by is not None else None,
        "request": request_in_progress.get(),
    }
    facts = dict(event.facts or {})
    made = hash_of(sequence=sequence, previous=previous, at=instant_text(event.at), facts=json_text(facts), **named)
    return {"sequence": sequence, "at": event.at, "facts": facts, "previous": previous, "hash": made, **named}


@record_at_commit
def append(session: Session, events: Sequence[AnyEvent]) -> None:
    """Write the entries and hold the head's lock until the commit. It is the last lock a transaction takes."""
    sequence, previous, edition = _lock_head(session)
    rows = []
    for event in events:
        sequence += 1
        edition = sequence if event.public else edition
        row = row_for(event, sequence=sequence, previous=previous)
        previous = row["hash"]
        rows.append(row)
    connection = session.connection()
    connection.execute(insert(ENTRY), rows)
    connection.execute(update(HEAD).values(sequence=sequence, hash=previous, edition=edition))


def _lock_head(session: Session) -> tuple[int, str, int]:
    """Lock the end of the chain and return it, with the edition. The mapped row may be stale by now: read columns."""
    where_it_ends = select(HEAD.c.sequence, HEAD.c.hash, HEAD.c.edition).with_for_update()
    head = session.connection().execute(where_it_ends).one_or_none()
    if head is None:
        dialect = postgresql if session.connection().dialect.name == "postgresql" else sqlite
        first = dialect.insert(HEAD).values(id=ONLY, sequence=0, hash=GENESIS, edition=0).on_conflict_do_nothing()
        session.connection().execute(first)
        head = session.connection().execute(where_it_ends).one()
    return head.sequence, head.hash, head.edition
