"""Milestones: what is due, when, its success criteria and its amount."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.blank import is_blank
from civtech.core.currency import InCurrency
from civtech.core.db import Identity, Model, Pence, Versioned, db, one_of, relationship, required, stored
from civtech.core.errors import RuleViolation
from civtech.core.events import Person
from civtech.core.text import N_
from civtech.core.workflow import condition, follows, transition
from civtech.organisations.models import MemberRole
from civtech.people.models import User
from civtech.rights.models import has_stake
from civtech.stages.events import (
    AmountFacts,
    DeliverableAccepted,
    DeliverableReturned,
    DeliverableSubmitted,
    MilestoneEnded,
    NumberFacts,
)
from civtech.stages.models.deliverable import Deliverable
from civtech.stages.models.plan import Plan, vat_of
from civtech.stages.models.states import MilestoneState

if TYPE_CHECKING:
    from civtech.stages.models.agreement import StageAgreement

DELIVERS = (MemberRole.OWNER, MemberRole.EDITOR)
ACCEPTS = (MemberRole.OWNER, MemberRole.ACCEPTOR, MemberRole.APPROVER)
STILL_TIME = N_("The due date of this milestone has not passed, so the team can still send evidence.")


@condition(N_("The agreement is not in force, so you cannot send evidence."))
def agreement_came_into_force(milestone: "Milestone", _at: datetime) -> bool:
    return milestone.agreement.activated_at is not None


@condition(STILL_TIME)
def is_overdue(milestone: "Milestone", at: datetime) -> bool:
    return milestone.is_overdue(at)


@condition(N_("The stage is not over, so the team can still send evidence."))
def stage_is_over(milestone: "Milestone", _at: datetime) -> bool:
    return milestone.agreement.ended_at is not None


class Milestone(InCurrency, Versioned, Model):
    """One thing due under an agreement. `amount_pence` excludes VAT, which has its own columns for amount and rate."""

    __tablename__ = "milestone"
    __table_args__ = (
        one_of("state", MilestoneState),
        UniqueConstraint("agreement_id", "number"),
        CheckConstraint("amount_pence > 0", name="amount_is_positive"),
        CheckConstraint("vat_per_cent BETWEEN 0 AND 100", name="vat_is_per_cent"),
        CheckConstraint("vat_pence = (amount_pence * vat_per_cent + 50) / 100", name="vat_is_worked_out"),
        CheckConstraint("(state = 'accepted') = (accepted_by_id IS NOT NULL)", name="accepted_by_once_accepted"),
        CheckConstraint("(state = 'undelivered') = (ended_at IS NOT NULL)", name="ended_at_once_ended"),
        CheckConstraint("(state = 'accepted') = (accepted_at IS NOT NULL)", name="accepted_at_once_accepted"),
    )

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("stage_agreement.id"), index=True)
    number: Mapped[int]
    state: Mapped[MilestoneState] = mapped_column(stored(MilestoneState), default=MilestoneState.PLANNED)
    title: Mapped[str]
    success_criteria: Mapped[str]
    due_on: Mapped[date]
    amount_pence: Mapped[Pence]
    vat_per_cent: Mapped[int]
    vat_pence: Mapped[Pence]
    accepted_at: Mapped[datetime | None]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]

    agreement: Mapped["StageAgreement"] = required(back_populates="milestones")
    accepted_by: Mapped[User | None] = relationship(foreign_keys=accepted_by_id)
    deliverables: Mapped[list[Deliverable]] = relationship(back_populates="milestone", order_by=Deliverable.number)

    @property
    def latest(self) -> Deliverable | None:
        """The latest evidence."""
        return self.deliverables[-1] if self.deliverables else None

    @property
    def gross_pence(self) -> int:
        """The total to pay: the amount including VAT."""
        return self.amount_pence + self.vat_pence

    def say(self, plan: Plan) -> None:
        """Take over the plan, which the agreement has already checked."""
        self.title, self.success_criteria, self.due_on = plan["title"], plan["success_criteria"], plan["due_on"]
        self.amount_pence, self.vat_per_cent, self.vat_pence = plan["amount_pence"], plan["vat_per_cent"], vat_of(plan)

    @follows(MilestoneState.PLANNED, to=MilestoneState.DUE)
    def fall_due(self) -> None:
        """Fall due, because the agreement has come into force."""

    @transition(
        MilestoneState.DUE, to=MilestoneState.DELIVERED, emits=DeliverableSubmitted, when=agreement_came_into_force
    )
    def deliver(self, *, evidence: str, link: str | None, by: User, at: datetime) -> NumberFacts:
        """Add the company's evidence that the success criteria are met."""
        if not by.acts_for(self.agreement.company, *DELIVERS):
            raise RuleViolation(N_("Only an owner or editor of the company can send evidence."))
        number = len(self.deliverables) + 1
        self.deliverables.append(Deliverable.of(number=number, evidence=evidence, link=link, by=by, at=at))
        return {"number": number}

    @transition(
        MilestoneState.DELIVERED,
        to=MilestoneState.ACCEPTED,
        emits=DeliverableAccepted,
        sets=("accepted_at", "accepted_by_id"),
    )
    def accept(self, *, by: User, at: datetime) -> NumberFacts:
        """Accept the evidence for the public body, so that the milestone can be paid."""
        self._refuse_outsiders(by)
        self.deliverables[-1].be_accepted(by=by, at=at)
        db.session.flush()
        self.accepted_at = at
        self.accepted_by_id = by.id
        return {"number": len(self.deliverables)}

    @transition(MilestoneState.DELIVERED, to=MilestoneState.DUE, emits=DeliverableReturned)
    def send_back(self, *, reason: str, by: User, at: datetime) -> NumberFacts:
        """Return the evidence for the public body, with a reason that says what is missing."""
        if is_blank(reason):
            raise RuleViolation(N_("Enter what is missing."), field="reason")
        self._refuse_outsiders(by)
        self.deliverables[-1].be_returned(reason=reason, by=by, at=at)
        return {"number": len(self.deliverables)}

    @transition(
        MilestoneState.DUE, to=MilestoneState.UNDELIVERED, emits=MilestoneEnded, when=is_overdue, sets=("ended_at",)
    )
    def end(self, *, by: Person | None, at: datetime) -> AmountFacts:
        """End it with its stage, because nothing was delivered by its date. Its money returns to the budget."""
        self.ended_at = at
        return {"amount_pence": self.amount_pence, "currency": self.currency}

    @transition(
        MilestoneState.DUE,
        to=MilestoneState.UNDELIVERED,
        emits=MilestoneEnded,
        when=(stage_is_over, is_overdue),
        sets=("ended_at",),
    )
    def give_up(self, *, by: User, at: datetime) -> AmountFacts:
        """End a milestone that outlived its stage, once its date has passed. Its money returns to the budget."""
        self.ended_at = at
        return {"amount_pence": self.amount_pence, "currency": self.currency}

    def is_overdue(self, at: datetime) -> bool:
        """Whether its due date has passed. Until then it outlives its stage, and the team can send evidence."""
        return at.astimezone(UTC).date() > self.due_on

    def _refuse_outsiders(self, by: User) -> None:
        if any(delivered.delivered_by_id == by.id for delivered in self.deliverables):
            raise RuleViolation(N_("You sent evidence for this milestone, so someone else must decide on it."))
        if not by.acts_for(self.agreement.public_body, *ACCEPTS):
            raise RuleViolation(
                N_("Only an owner, approver or acceptor of the public body can decide on the evidence.")
            )
        if has_stake(by, self.agreement.proposal):
            raise RuleViolation(
                N_("You have a conflict of interest with this team, so someone else at the public body must decide.")
            )
