"""A new email address. It takes effect when both the old address and the new one have confirmed it."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Select, exists, select
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.db import Identity, Model, db, relationship
from civtech.core.errors import RuleViolation
from civtech.core.events import emit
from civtech.core.references import new_reference
from civtech.core.text import N_
from civtech.people.events import AddressChangeAsked, AddressChanged
from civtech.people.models import addresses
from civtech.people.models.person import User

OPEN_FOR = timedelta(days=2)
NOT_ANY_MORE = N_(
    "This link has been used, has been replaced by a newer one, or is more than two days old. Ask for the change again."
)


class Mailbox(StrEnum):
    """The old or the new email address."""

    OLD = "old"
    NEW = "new"


class AddressChange(Model):
    """A person's request to change their email address. A new request replaces the previous one."""

    __tablename__ = "address_change"
    __table_args__ = (
        CheckConstraint(
            "changed_at IS NULL OR (old_said_yes_at IS NOT NULL AND new_said_yes_at IS NOT NULL)",
            name="changed_once_both_said_yes",
        ),
        CheckConstraint("changed_at IS NULL OR dropped_at IS NULL", name="changed_or_dropped"),
        CheckConstraint("expires_at > asked_at", name="expires_after_it_was_asked"),
    )

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    address_before: Mapped[str]
    address: Mapped[str]
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    old_said_yes_at: Mapped[datetime | None]
    new_said_yes_at: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()

    @classmethod
    def ask(cls, person: User, address: str, *, at: datetime) -> "AddressChange":
        """Ask both addresses. Only the reader of the new address learns if it already has an account."""
        address = addresses.spelled(address)
        if address == person.email:
            raise RuleViolation(N_("This is already your email address. Enter a different one."), field="email")
        for waiting in db.session.scalars(waiting_change(person, at)):
            waiting.drop(at=at)
        asked = cls(
            reference=new_reference("A"),
            user=person,
            address_before=person.email,
            address=address,
            asked_at=at,
            expires_at=at + OPEN_FOR,
        )
        db.session.add(asked)
        emit(AddressChangeAsked(subject=person, by=person, at=at, facts={"change": asked.reference}))
        return asked

    def is_open(self, at: datetime) -> bool:
        """Whether it is still waiting for a confirmation."""
        return self.changed_at is None and self.dropped_at is None and at < self.expires_at

    def drop(self, *, at: datetime) -> None:
        """Close the request and keep the current address."""
        self.dropped_at = at

    def say_yes(self, mailbox: Mailbox, *, at: datetime) -> bool:
        """Record one address's confirmation. Returns whether this completed the change."""
        if not self.is_open(at):
            raise RuleViolation(NOT_ANY_MORE)
        if mailbox is Mailbox.NEW and db.session.scalar(select(exists().where(User.email == self.address))):
            raise RuleViolation(
                N_("This email address already has its own account. Sign in with it, or use a different address.")
            )
        if mailbox is Mailbox.OLD:
            self.old_said_yes_at = self.old_said_yes_at or at
        else:
            self.new_said_yes_at = self.new_said_yes_at or at
        if self.old_said_yes_at is None or self.new_said_yes_at is None:
            return False
        self.changed_at = at
        db.session.flush()
        self.user.email = self.address
        emit(AddressChanged(subject=self.user, by=self.user, at=at, facts={"change": self.reference}))
        return True


def waiting_change(person: User, at: datetime) -> Select[AddressChange]:
    """The person's open request for a new address."""
    return select(AddressChange).where(
        AddressChange.user_id == person.id,
        AddressChange.changed_at.is_(None),
        AddressChange.dropped_at.is_(None),
        AddressChange.expires_at > at,
    )
