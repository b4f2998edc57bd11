"""A person's identity with another service, for signing in without one of our passwords."""

from datetime import datetime
from typing import cast

from sqlalchemy import CheckConstraint, CursorResult, ForeignKey, UniqueConstraint, exists, select, update
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.db import Identity, Model, db, relationship
from civtech.core.errors import RuleViolation
from civtech.core.events import emit
from civtech.core.references import new_reference
from civtech.core.text import N_
from civtech.people.events import ExternalIdentityLinked, ExternalIdentityUnlinked, IdentityFacts
from civtech.people.models.person import User

LONGEST_SUBJECT = 255
"""OpenID Connect Core 1.0, section 2: a subject has no more than 255 characters."""


class ExternalIdentity(Model):
    """One subject of one issuer, and the person it belongs to. Email addresses do not matter: they change owners.

    `used_at` is the instant of the latest proof used, so that none is used twice.
    """

    __tablename__ = "external_identity"
    __table_args__ = (
        UniqueConstraint("issuer", "subject"),
        UniqueConstraint("user_id", "issuer"),
        CheckConstraint(f"length(subject) BETWEEN 1 AND {LONGEST_SUBJECT}", name="subject_is_of_readable_length"),
    )

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    issuer: Mapped[str]
    subject: Mapped[str]
    linked_at: Mapped[datetime]
    used_at: Mapped[datetime]

    user: Mapped[User] = relationship()

    @classmethod
    def link(cls, person: User, *, issuer: str, subject: str, proved_at: datetime, at: datetime) -> "ExternalIdentity":
        """Let this subject sign in as `person`. Call it when both identities have been proved."""
        db.session.flush()
        ours = (ExternalIdentity.issuer == issuer) & (ExternalIdentity.user_id == person.id)
        if db.session.scalar(select(exists().where(ours))):
            raise RuleViolation(
                N_("Your account is already linked to a different sign-in with this service. Remove that one first.")
            )
        same_identity = (ExternalIdentity.issuer == issuer) & (ExternalIdentity.subject == subject)
        if db.session.scalar(select(exists().where(same_identity))):
            raise RuleViolation(
                N_(
                    "This sign-in is already linked to another account. Sign in to that account, or use a "
                    "different sign-in."
                )
            )
        linked = cls(
            reference=new_reference("V"),
            user=person,
            issuer=issuer,
            subject=subject,
            linked_at=at,
            used_at=proved_at,
        )
        db.session.add(linked)
        emit(ExternalIdentityLinked(subject=person, by=person, at=at, facts=linked._facts()))
        return linked

    def spend(self, proved_at: datetime) -> bool:
        """Use the proof from this instant to sign in. False if it, or a later one, has been used before.

        This is one statement, so that two simultaneous uses of the same proof cannot both succeed.
        """
        spent = db.session.execute(
            update(ExternalIdentity)
            .where(ExternalIdentity.id == self.id, ExternalIdentity.used_at < proved_at)
            .values(used_at=proved_at)
        )
        return cast(CursorResult[object], spent).rowcount == 1

    def unlink(self, *, by: User, at: datetime) -> None:
        """Stop this subject from signing in, unless that would leave the person no way in."""
        db.session.refresh(self.user, ["password"], with_for_update=True)
        others = (ExternalIdentity.user_id == self.user_id) & (ExternalIdentity.id != self.id)
        if self.user.password is None and not db.session.scalar(select(exists().where(others))):
            raise RuleViolation(
                N_("This is the only way to sign in to your account. Choose a password before you remove it.")
            )
        db.session.delete(self)
        emit(ExternalIdentityUnlinked(subject=self.user, by=by, at=at, facts=self._facts()))

    def _facts(self) -> IdentityFacts:
        return {"identity": self.reference, "issuer": self.issuer}
