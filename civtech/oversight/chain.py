"""Appending to the audit chain: one entry for each event, in the transaction of the change."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from contextvars import ContextVar
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import TypedDict, cast

from sqlalchemy import Connection, Table, insert, inspect, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstanceState, Session

from civtech.core.deciding import DECIDING, Row, touched
from civtech.core.events import AnyEvent, record_at_commit
from civtech.oversight import binding, records
from civtech.oversight.binding import Bound
from civtech.oversight.canonical import instant_text, json_text
from civtech.oversight.models import GENESIS, ONLY, AuditEntry, AuditHead, hash_of

request_in_progress: ContextVar[str | None] = ContextVar("request_in_progress", default=None)


class NotRecorded(RuntimeError):
    """A verb changes rows that decide something and emits no event. Nothing of it is committed."""


ENTRY = cast("Table", AuditEntry.__table__)
HEAD = cast("Table", AuditHead.__table__)


class _Texts(TypedDict):
    event: str
    subject_kind: str | None
    subject: str | None
    actor: str | None
    request: str | None
    records: str | None


class EntryRow(_Texts):
    """The columns of an entry."""

    sequence: int
    at: datetime
    facts: dict[str, object]
    previous: str
    hash: str


def row_for(event: AnyEvent, *, sequence: int, previous: str, bound: Sequence[Bound] = ()) -> EntryRow:
    """Return the columns of the entry of `event` at one place in the chain, which binds these rows."""
    named: _Texts = {
        "event": event.name,
        "subject_kind": event.subject.__tablename__ if event.subject is not None else None,
        "subject": event.subject.reference if event.subject is not None else None,
        "actor": event.by.reference if event.by is not None else None,
        "request": request_in_progress.get(),
        "records": binding.records_of(row.line() for row in bound),
    }
    facts = dict(event.facts or {})
    made = hash_of(sequence=sequence, previous=previous, at=instant_text(event.at), facts=json_text(facts), **named)
    return {"sequence": sequence, "at": event.at, "facts": facts, "previous": previous, "hash": made, **named}


@record_at_commit
def append(session: Session, events: Sequence[AnyEvent]) -> None:
    """Write the entries and hold the head's lock until the commit. It is the last lock a transaction takes."""
    connection, changed = session.connection(), touched(session)
    if not events:
        refuse_unrecorded(connection, changed)
        return
    bound_by = _by_event(events, binding.read(connection, changed), changed)
    sequence, previous, edition = _lock_head(session)
    entries, bindings = [], []
    for place, event in enumerate(events):
        sequence += 1
        edition = sequence if event.public else edition
        bound = bound_by.get(place, ())
        entry = row_for(event, sequence=sequence, previous=previous, bound=bound)
        previous = entry["hash"]
        entries.append(entry)
        bindings += [row.row(sequence) for row in bound]
    connection.execute(insert(ENTRY), entries)
    binding.write(connection, bindings)
    connection.execute(update(HEAD).values(sequence=sequence, hash=previous, edition=edition))


def _by_event(
    events: Sequence[AnyEvent], rows: Sequence[Bound], explained: Mapping[Row, object]
) -> dict[int, list[Bound]]:
    """Return the rows that each event binds: those it explains or is about. The first one binds those left over.

    The first event of a transaction is what the person did; the others follow from it.
    """
    places = {id(event): place for place, event in enumerate(events)}
    last_about: dict[Row, int] = {}
    for place, event in enumerate(events):
        state = inspect(event.subject, raiseerr=False)
        if event.subject is not None and isinstance(state, InstanceState) and state.identity:
            last_about[event.subject.__tablename__, state.identity[0]] = place
    bound: defaultdict[int, list[Bound]] = defaultdict(list)
    for row in rows:
        key = (row.kind, row.number)
        of_owner = last_about.get(row.owner, 0) if row.owner else 0
        bound[places.get(id(explained[key]), last_about.get(key, of_owner))].append(row)
    return bound


def refuse_unrecorded(connection: Connection, changed: Collection[Row]) -> None:
    """Raise `NotRecorded` if a row is not as the log accounts for it. It may have been written as it was before."""
    for name, rows in groupby(sorted(changed), key=itemgetter(0)):
        found = records.check(connection, DECIDING[name], only=[number for _name, number in rows])
        for altered in found:
            if not isinstance(altered, int):
                raise NotRecorded(f"{name} {altered.number} was changed without an event: {altered.why}.")


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
