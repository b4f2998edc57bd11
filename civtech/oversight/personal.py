"""Personal data in the audit log: what people did, under a reference."""

from collections.abc import Iterator

from sqlalchemy import func, or_, select

from civtech.core.db import Rows
from civtech.core.personal import Engagement, engagement, exported
from civtech.core.text import N_
from civtech.oversight.models import AuditEntry
from civtech.people.models import User


@exported(
    "audit",
    N_(
        "What you did, and what was done to your account, as recorded in the audit log. We leave out anyone "
        "else who took part."
    ),
)
def audit(person: User) -> Rows:
    return (
        select(
            AuditEntry.sequence,
            AuditEntry.at,
            AuditEntry.event,
            AuditEntry.subject_kind,
            AuditEntry.subject,
            AuditEntry.actor.is_not_distinct_from(person.reference).label("done_by_you"),
        )
        .where(or_(AuditEntry.actor == person.reference, AuditEntry.subject == person.reference))
        .order_by(AuditEntry.sequence)
    )


@engagement("account")
def acted_last() -> Iterator[Engagement]:
    yield (
        select(User.id, func.max(AuditEntry.at)).join(AuditEntry, AuditEntry.actor == User.reference).group_by(User.id)
    )
