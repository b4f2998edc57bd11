"""Reading the audit log: every action, and who did it where the reader may know."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, not_, or_, select
from sqlalchemy.orm import Bundle

from civtech.challenges.events import QuestionAsked
from civtech.core.db import NamedRow, Rows, db
from civtech.core.statements import built_once
from civtech.oversight.models import AuditEntry, AuditHead, Checkpoint
from civtech.people.models import User
from civtech.proposals.models import Proposal
from civtech.proposals.queries import readable_by
from civtech.web.tasks import how_many


@dataclass(frozen=True, eq=False)
class Shown:
    """An entry as its reader may see it. If they must not know who acted, it is `unnamed`: no actor, no request.

    The request is left out too. Otherwise a reader could try out references until one gives the entry's hash.
    """

    sequence: int
    at: datetime
    event: str
    subject_kind: str | None
    subject: str | None
    unnamed: bool
    actor: str | None
    request: str | None
    facts: Mapping[str, object]
    previous: str
    hash: str


class _Showing(Bundle[Shown]):
    """Reads columns with the names of `Shown` into a `Shown`."""

    def create_row_processor(
        self, _query: Rows, procs: Sequence[Callable[[NamedRow], Any]], labels: Sequence[str]
    ) -> Callable[[NamedRow], Shown]:
        return lambda row: Shown(**{label: read(row) for label, read in zip(labels, procs, strict=True)})


def is_unnamed(reader: User) -> ColumnElement[bool]:
    """Whether `reader` must not know who acted: who asked a question, or who works on a proposal they may not read."""
    readable = exists().where(Proposal.reference == AuditEntry.subject, readable_by(reader))
    about_a_proposal = AuditEntry.subject_kind.is_not_distinct_from(Proposal.__tablename__)
    return or_(AuditEntry.event == QuestionAsked.__name__, and_(about_a_proposal, not_(readable)))


@built_once
def visible_to(reader: User) -> Select[Shown]:
    """Select the entries as `reader` may see them: all for auditors and programme staff, none for anyone else."""
    unnamed = is_unnamed(reader)
    query: Select[Shown] = select(
        _Showing(
            "entry",
            AuditEntry.sequence,
            AuditEntry.at,
            AuditEntry.event,
            AuditEntry.subject_kind,
            AuditEntry.subject,
            unnamed.label("unnamed"),
            case((not_(unnamed), AuditEntry.actor)).label("actor"),
            case((not_(unnamed), AuditEntry.request)).label("request"),
            AuditEntry.facts,
            AuditEntry.previous,
            AuditEntry.hash,
        )
    )
    return query if reader.is_auditor or reader.is_staff else query.where(false())


def matching(
    query: Select[Shown],
    *,
    reader: User,
    event: str | None = None,
    subject: str | None = None,
    actor: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Select[Shown]:
    """Narrow the entries to an event, references of subject and actor, and instants from `since` to before `until`.

    A search by `actor` finds no entry whose actor `reader` must not know.
    """
    if event:
        query = query.where(AuditEntry.event == event)
    if subject:
        query = query.where(AuditEntry.subject == subject)
    if actor:
        query = query.where(AuditEntry.actor == actor, not_(is_unnamed(reader)))
    if since:
        query = query.where(AuditEntry.at >= since)
    if until:
        query = query.where(AuditEntry.at < until)
    return query


@built_once
def stored(sequence: int) -> Select[AuditEntry]:
    """Select an entry with everything that was hashed. Use it to check the entry, never to show it."""
    return select(AuditEntry).where(AuditEntry.sequence == sequence)


@built_once
def head() -> Select[AuditHead]:
    """Select where the chain ends."""
    return select(AuditHead)


@built_once
def names_of(references: Collection[str]) -> Select[str, str]:
    """Select people's current names by their references."""
    return select(User.reference, User.name).where(User.reference.in_(references))


def days_signed() -> list[date]:
    """The days that have a checkpoint, oldest first."""
    return list(db.session.scalars(select(Checkpoint.day).order_by(Checkpoint.day)))


@built_once
def checkpoints() -> Select[Checkpoint]:
    """Select the checkpoints, newest first."""
    return select(Checkpoint).order_by(Checkpoint.id.desc())


@built_once
def public_keys() -> Select[str, str]:
    """Select the name and the PEM of each key that has signed, newest first."""
    newest = func.max(Checkpoint.id)
    return (
        select(Checkpoint.key, Checkpoint.public_key)
        .group_by(Checkpoint.key, Checkpoint.public_key)
        .order_by(newest.desc())
    )


@built_once
def unsigned_since(at: datetime) -> Rows:
    """Select one row if the log has entries and no checkpoint was made after `at`."""
    return how_many(AuditHead.id, AuditHead.sequence > 0, ~exists().where(Checkpoint.at > at))
