"""Deliverables: the evidence a company sends for a milestone, and the public body's answer to it."""

from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.blank import is_blank
from civtech.core.db import Identity, Model, one_of, relationship, required, stored
from civtech.core.errors import RuleViolation
from civtech.core.references import new_reference
from civtech.core.text import N_
from civtech.core.workflow import follows
from civtech.people.models import User
from civtech.stages.models.states import DeliverableState

if TYPE_CHECKING:
    from civtech.stages.models.milestone import Milestone

LONGEST_LINK = 2000


def checked_link(link: str | None) -> str | None:
    """Return the link to save (one line, http or https, with a host) or raise `RuleViolation`. It is never fetched."""
    if link is None or is_blank(link):
        return None
    link = link.strip()
    wrong = RuleViolation(N_("Enter a link that starts with https:// or http://, or leave this blank."), field="link")
    if len(link) > LONGEST_LINK or any(not sign.isprintable() or sign.isspace() for sign in link):
        raise wrong
    try:
        parts = urlsplit(link)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise wrong from error
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc:
        raise wrong
    return parts._replace(scheme=parts.scheme.lower()).geturl()


class Deliverable(Model):
    """Evidence as it was sent once. Returned evidence stays unchanged, and the company sends another deliverable."""

    __tablename__ = "deliverable"
    __table_args__ = (
        one_of("state", DeliverableState),
        UniqueConstraint("milestone_id", "number"),
        CheckConstraint("(state = 'delivered') = (decided_at IS NULL)", name="decided_at_once_decided"),
        CheckConstraint("(state = 'delivered') = (decided_by_id IS NULL)", name="decided_by_once_decided"),
        CheckConstraint("(state = 'returned') = (reason IS NOT NULL)", name="reason_if_returned"),
        CheckConstraint("decided_by_id <> delivered_by_id", name="decided_by_another_person"),
        CheckConstraint("decided_at >= delivered_at", name="decided_after_delivery"),
        CheckConstraint("substr(link, 1, 7) = 'http://' OR substr(link, 1, 8) = 'https://'", name="link_is_of_the_web"),
        Index("ix_deliverable_decided_by_id", "decided_by_id"),
        Index(
            "uq_deliverable_undecided_milestone_id",
            "milestone_id",
            unique=True,
            sqlite_where=text("state = 'delivered'"),
            postgresql_where=text("state = 'delivered'"),
        ),
    )

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id"))
    number: Mapped[int]
    state: Mapped[DeliverableState] = mapped_column(stored(DeliverableState), default=DeliverableState.DELIVERED)
    evidence: Mapped[str]
    link: Mapped[str | None]
    delivered_at: Mapped[datetime]
    delivered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str | None]

    milestone: Mapped["Milestone"] = relationship(back_populates="deliverables")
    delivered_by: Mapped[User] = required(foreign_keys=delivered_by_id)
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)

    @classmethod
    def of(cls, *, number: int, evidence: str, link: str | None, by: User, at: datetime) -> "Deliverable":
        """Make a deliverable from new evidence; only the milestone's verbs call this."""
        return cls(
            reference=new_reference("E"),
            number=number,
            state=DeliverableState.DELIVERED,
            evidence=evidence,
            link=checked_link(link),
            delivered_at=at,
            delivered_by_id=by.id,
        )

    @follows(DeliverableState.DELIVERED, to=DeliverableState.ACCEPTED, sets=("decided_at", "decided_by_id"))
    def be_accepted(self, *, by: User, at: datetime) -> None:
        """Record that the public body accepts the milestone."""
        self._decided(by=by, at=at)

    @follows(DeliverableState.DELIVERED, to=DeliverableState.RETURNED, sets=("decided_at", "decided_by_id", "reason"))
    def be_returned(self, *, reason: str, by: User, at: datetime) -> None:
        """Record that the public body asks for more."""
        self.reason = reason
        self._decided(by=by, at=at)

    def _decided(self, *, by: User, at: datetime) -> None:
        self.decided_at = at
        self.decided_by_id = by.id
