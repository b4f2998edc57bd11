"""Reading the audit log."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, false, select

from civtech.accounts.models import User
from civtech.oversight.models import AuditEntry, AuditHead


def visible_to(actor: User) -> Select[AuditEntry]:
    """The entries `actor` may read: all for auditors and programme staff, none for anybody else."""
    query = select(AuditEntry)
    return query if actor.is_auditor or actor.is_staff else query.where(false())


def matching(
    query: Select[AuditEntry],
    *,
    event: str | None = None,
    subject: str | None = None,
    actor: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Select[AuditEntry]:
    """Narrow the entries to an event, references of subject and actor, and instants from `since` to before `until`."""
    if event:
        query = query.where(AuditEntry.event == event)
    if subject:
        query = query.where(AuditEntry.subject == subject)
    if actor:
        query = query.where(AuditEntry.actor == actor)
    if since:
        query = query.where(AuditEntry.at >= since)
    if until:
        query = query.where(AuditEntry.at < until)
    return query


def head() -> Select[AuditHead]:
    """Where the chain ends."""
    return select(AuditHead)


def names_of(references: Iterable[str]) -> Select[str, str]:
    """The names that people have today, by their references."""
    return select(User.reference, User.name).where(User.reference.in_(sorted(references)))
