"""Holds: nothing that could answer a legal request for information, or a court, is erased meanwhile."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Select, select, union
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.blank import is_blank
from civtech.core.db import Identity, Model, Versioned, db, relationship, required
from civtech.core.errors import RuleViolation, WrongState
from civtech.core.events import emit
from civtech.core.references import new_reference
from civtech.core.text import N_
from civtech.organisations.models import Membership, Organisation
from civtech.people.models import User
from civtech.privacy.events import HoldLifted, HoldPlaced
from civtech.proposals.models import Proposal, Submission

HELD = N_("There is a hold on this data. You cannot erase it until the hold ends.")


class Hold(Versioned, Model):
    """Keeps everything about one person, or everyone in one organisation, until `ends_at` or until it is lifted.

    Information requested by law must not be destroyed before it is given (Freedom of Information (Scotland) Act 2002,
    section 1(5)).
    """

    __tablename__ = "hold"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (organisation_id IS NULL)", name="is_on_one_person_or_organisation"),
        CheckConstraint("ends_at > placed_at", name="ends_after_it_was_placed"),
        CheckConstraint("(lifted_at IS NULL) = (lifted_by_id IS NULL)", name="lifted_by_with_lifted_at"),
        CheckConstraint("lifted_at >= placed_at", name="lifted_after_it_was_placed"),
    )

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    reason: Mapped[str]
    placed_at: Mapped[datetime]
    placed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ends_at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    person: Mapped[User | None] = relationship(foreign_keys=person_id)
    organisation: Mapped[Organisation | None] = relationship()
    placed_by: Mapped[User] = required(foreign_keys=placed_by_id)

    @classmethod
    def place(cls, on: User | Organisation, *, reason: str, ends_at: datetime, by: User, at: datetime) -> "Hold":
        """Keep everything about a person, or about an organisation and its people."""
        if is_blank(reason):
            raise RuleViolation(N_("Enter a reason. Include the number of the request if you can."), field="reason")
        if ends_at <= at:
            raise RuleViolation(N_("Enter a date and time in the future."), field="ends_at")
        hold = cls(reference=new_reference("W"), reason=reason, placed_at=at, placed_by_id=by.id, ends_at=ends_at)
        if isinstance(on, User):
            hold.person = on
        else:
            hold.organisation = on
        db.session.add(hold)
        emit(HoldPlaced(subject=hold, by=by, at=at, facts={"on": on.reference, "ends_at": ends_at.isoformat()}))
        return hold

    def lift(self, *, by: User, at: datetime) -> None:
        """End it early. The normal retention periods then apply again."""
        if not self.is_in_force(at):
            raise WrongState(N_("This hold has already ended."))
        self.lifted_by_id = by.id
        self.lifted_at = at
        emit(HoldLifted(subject=self, by=by, at=at, facts={"on": self.on.reference}))

    @property
    def on(self) -> User | Organisation:
        """The person or organisation it is on."""
        held = self.person or self.organisation
        assert held is not None  # noqa: S101 -- the database allows no hold on nothing
        return held

    def is_in_force(self, at: datetime) -> bool:
        """Whether it is in force at `at`."""
        return self.lifted_at is None and at < self.ends_at


def in_force(at: datetime) -> ColumnElement[bool]:
    """Whether a hold is in force at `at`."""
    return Hold.lifted_at.is_(None) & (Hold.ends_at > at)


def held_people(at: datetime) -> Select[int]:
    """Select the ids of people who must not be erased: held themselves, or linked to a held organisation.

    The link is a current role in the organisation, or a proposal of it that the person started or submitted.
    """
    people = union(
        select(Hold.person_id.label("id")).where(in_force(at), Hold.person_id.is_not(None)),
        select(Membership.user_id)
        .join(Hold, Hold.organisation_id == Membership.organisation_id)
        .where(in_force(at), Membership.is_held()),
        select(Proposal.started_by_id).join(Hold, Hold.organisation_id == Proposal.organisation_id).where(in_force(at)),
        select(Submission.submitted_by_id)
        .join(Proposal, Proposal.id == Submission.proposal_id)
        .join(Hold, Hold.organisation_id == Proposal.organisation_id)
        .where(in_force(at)),
    ).subquery()
    return select(people.c.id)


def is_held(person: User, at: datetime) -> bool:
    """Whether nothing about `person` may be erased at `at`."""
    return db.session.scalar(select(User.id).where(User.id == person.id, User.id.in_(held_people(at)))) is not None
