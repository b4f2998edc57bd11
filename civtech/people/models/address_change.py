"""A new e-mail address: it counts once the old mailbox and the new one have both said yes."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Select, exists, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civtech.core.db import Identity, Model, db
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
    """Which of the two mailboxes speaks."""

    OLD = "old"
    NEW = "new"


class AddressChange(Model):
    """One person's wish to have another address. Asking again replaces the wish before."""

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
        """Ask both mailboxes. Whether somebody else has the new address is told only to who reads it."""
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
        """Whether it still waits for a mailbox."""
        return self.changed_at is None and self.dropped_at is None and at < self.expires_at

    def drop(self, *, at: datetime) -> None:
        """Leave the address as it is."""
        self.dropped_at = at

    def say_yes(self, mailbox: Mailbox, *, at: datetime) -> bool:
        """Note what one mailbox says; whether the address is changed by it."""
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
    """The change that waits for one of the person's mailboxes."""
    return select(AddressChange).where(
        AddressChange.user_id == person.id,
        AddressChange.changed_at.is_(None),
        AddressChange.dropped_at.is_(None),
        AddressChange.expires_at > at,
    )
