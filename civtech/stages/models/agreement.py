"""The stage agreement: the contract for one stage between a team and the challenge's public body."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Unpack

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from civtech.challenges.models import Challenge
from civtech.core.currency import InCurrency
from civtech.core.db import Identity, Model, Pence, Versioned, db, one_of, relationship, required, stored
from civtech.core.errors import RuleViolation, WrongState
from civtech.core.events import Person, emit
from civtech.core.facts import recorded
from civtech.core.references import new_reference
from civtech.core.text import N_
from civtech.core.workflow import transition
from civtech.organisations.models import Organisation
from civtech.people.models import User
from civtech.programmes.models import Stage
from civtech.proposals.models import Proposal
from civtech.rights.models import RightsStatement, has_stake
from civtech.stages import events
from civtech.stages.models.bound import facts_of
from civtech.stages.models.choice import is_chosen
from civtech.stages.models.conditions import all_is_done, is_not_judged, no_one_has_accepted, rights_are_accepted
from civtech.stages.models.limits import Limits
from civtech.stages.models.milestone import Milestone
from civtech.stages.models.payee import Payee
from civtech.stages.models.plan import Plan, refuse_bad, vat_of
from civtech.stages.models.states import AgreementState, MilestoneState

SUMS = ("amount_pence", "vat_pence")
OFFERED = ("offered_at", "first_offered_at")
ENDED = ("ended_at",)
CONCLUDED = (is_not_judged, all_is_done)


class StageAgreement(Limits, Payee, InCurrency, Versioned, Model):
    """The contract of one team for one stage. `amount_pence` excludes VAT and equals the sum of its milestones.

    It comes into force with its rights statement, never before. The buyer of record is the challenge's sponsor.
    """

    __tablename__ = "stage_agreement"
    __table_args__ = (
        one_of("state", AgreementState),
        UniqueConstraint("proposal_id", "stage_id"),
        Index("ix_stage_agreement_activated_at_id", "activated_at", "id"),
        Index("ix_stage_agreement_stage_id_state", "stage_id", "state"),
        CheckConstraint("amount_pence >= 0", name="amount_is_not_negative"),
        CheckConstraint("vat_pence >= 0", name="vat_is_not_negative"),
        CheckConstraint(
            "state IN ('draft', 'lapsed') OR vat_pence = 0 OR vat_number IS NOT NULL OR vat_reason IS NOT NULL",
            name="vat_with_a_number_or_a_reason",
        ),
        CheckConstraint("vat_number IS NULL OR vat_reason IS NULL", name="vat_number_needs_no_reason"),
        CheckConstraint("starts_on <= ends_on", name="starts_before_it_ends"),
        CheckConstraint("state IN ('draft', 'lapsed') OR offered_at IS NOT NULL", name="offered_at_once_offered"),
        CheckConstraint(
            "(state IN ('active', 'completed', 'stopped')) = (activated_at IS NOT NULL)", name="activated_at_in_force"
        ),
        CheckConstraint(
            "(state IN ('completed', 'stopped', 'lapsed')) = (ended_at IS NOT NULL)", name="ended_at_once_ended"
        ),
        CheckConstraint("offered_at >= drafted_at", name="offered_after_it_was_drafted"),
        CheckConstraint("activated_at >= offered_at", name="in_force_after_it_was_offered"),
        CheckConstraint("ended_at >= activated_at", name="ended_after_it_came_into_force"),
    )

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"))
    statement_id: Mapped[int] = mapped_column(ForeignKey("rights_statement.id"), unique=True)
    state: Mapped[AgreementState] = mapped_column(stored(AgreementState), default=AgreementState.DRAFT)
    amount_pence: Mapped[Pence] = mapped_column(default=0)
    vat_pence: Mapped[Pence] = mapped_column(default=0)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    drafted_at: Mapped[datetime]
    offered_at: Mapped[datetime | None]
    first_offered_at: Mapped[datetime | None]
    activated_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    proposal: Mapped[Proposal] = required()
    stage: Mapped[Stage] = required()
    statement: Mapped[RightsStatement] = required()
    milestones: Mapped[list[Milestone]] = relationship(
        order_by=Milestone.number, back_populates="agreement", cascade="all, delete-orphan"
    )

    @classmethod
    def draft(
        cls, *, proposal: Proposal, stage: Stage, starts_on: date, ends_on: date, by: User, at: datetime
    ) -> "StageAgreement":
        """Draft the agreement of a team that was chosen for `stage`, with its rights statement."""
        if not stage.is_funded:
            raise RuleViolation(N_("You can only draft an agreement for a funded stage."))
        _refuse_backwards(starts_on, ends_on)
        if has_stake(by, proposal):
            raise RuleViolation(
                N_(
                    "You have a conflict of interest with this team, so another member of staff must draft "
                    "the agreement."
                )
            )
        if not is_chosen(proposal, stage):
            raise WrongState(
                N_("You cannot draft this agreement. No released decision has chosen this team for this stage.")
            )
        if db.session.scalar(select(cls.id).where(cls.proposal_id == proposal.id, cls.stage_id == stage.id)):
            raise WrongState(N_("This team already has an agreement for this stage."))
        agreement = cls(
            reference=new_reference("G"),
            proposal=proposal,
            stage=stage,
            statement=RightsStatement.draw_up(proposal=proposal, stage=stage, by=by, at=at),
            state=AgreementState.DRAFT,
            amount_pence=0,
            vat_pence=0,
            starts_on=starts_on,
            ends_on=ends_on,
            drafted_at=at,
        )
        db.session.add(agreement)
        db.session.flush()
        emit(
            events.AgreementDrafted(
                subject=agreement, by=by, at=at, facts={"proposal": proposal.reference, "stage": stage.key}
            )
        )
        return agreement

    @property
    def company(self) -> Organisation:
        return self.proposal.organisation

    @property
    def public_body(self) -> Organisation:
        return self.proposal.challenge.sponsor

    @property
    def challenge(self) -> Challenge:
        return self.proposal.challenge

    @property
    def gross_pence(self) -> int:
        """The total the agreement pays: its amount including VAT."""
        return self.amount_pence + self.vat_pence

    @transition(AgreementState.DRAFT, emits=events.AgreementRescheduled, sets=("starts_on", "ends_on"))
    def reschedule(self, *, starts_on: date, ends_on: date, by: User, at: datetime) -> events.RescheduledFacts:
        """Change the dates of the draft. The dates of its milestones stay the same."""
        _refuse_backwards(starts_on, ends_on)
        before = self.starts_on, self.ends_on
        self.starts_on, self.ends_on = starts_on, ends_on
        return {
            "starts_on_before": before[0].isoformat(),
            "ends_on_before": before[1].isoformat(),
            "starts_on": starts_on.isoformat(),
            "ends_on": ends_on.isoformat(),
        }

    @transition(AgreementState.DRAFT, emits=events.AgreementDiscarded, when=no_one_has_accepted)
    def discard(self, *, by: User, at: datetime) -> events.DiscardedFacts:
        """Remove the draft with its milestones and rights statement. The audit log keeps its content.

        Staff can then draft another agreement for the team.
        """
        facts: events.DiscardedFacts = {
            "proposal": self.proposal.reference,
            "stage": self.stage.key,
            "statement": self.statement.reference,
            "was_offered": self.first_offered_at is not None,
            "draft": recorded(list(facts_of(self))),
        }
        db.session.delete(self)
        db.session.delete(self.statement)
        return facts

    @transition(AgreementState.DRAFT, emits=events.MilestonePlanned, sets=SUMS)
    def plan(self, *, by: User, at: datetime, **plan: Unpack[Plan]) -> events.PlanFacts:
        """Add a milestone to the draft. Its VAT is worked out and kept separate."""
        self._refuse(plan, apart_from=self.milestones)
        number = max((milestone.number for milestone in self.milestones), default=0) + 1
        milestone = Milestone(reference=new_reference("M"), number=number, state=MilestoneState.PLANNED)
        milestone.say(plan)
        self.milestones.append(milestone)
        self._add_up()
        return self._planned(milestone)

    @transition(AgreementState.DRAFT, emits=events.MilestoneReplanned, sets=SUMS)
    def replan(self, *, milestone: Milestone, by: User, at: datetime, **plan: Unpack[Plan]) -> events.PlanFacts:
        """Change the text or figures of a milestone in the draft."""
        self._refuse(plan, apart_from=[other for other in self.milestones if other is not milestone])
        milestone.say(plan)
        self._add_up()
        return self._planned(milestone)

    def _planned(self, milestone: Milestone) -> events.PlanFacts:
        return {
            "number": milestone.number,
            "amount_pence": milestone.amount_pence,
            "currency": self.currency,
            "vat_per_cent": milestone.vat_per_cent,
        }

    def _refuse(self, plan: Plan, *, apart_from: Sequence[Milestone]) -> None:
        refuse_bad(plan)
        net = plan["amount_pence"] + sum(milestone.amount_pence for milestone in apart_from)
        if self._is_beyond_the_stage(net, vat_of(plan) + sum(milestone.vat_pence for milestone in apart_from)):
            raise RuleViolation(
                N_("Enter a lower amount. With this milestone, the agreement is more than the stage pays one team."),
                field="amount",
            )

    @transition(AgreementState.DRAFT, emits=events.MilestoneDropped, sets=SUMS)
    def drop(self, *, milestone: Milestone, by: User, at: datetime) -> events.NumberFacts:
        """Remove a milestone from the draft."""
        self.milestones.remove(milestone)
        self._add_up()
        return {"number": milestone.number}

    def _add_up(self) -> None:
        self.amount_pence = sum(milestone.amount_pence for milestone in self.milestones)
        self.vat_pence = sum(milestone.vat_pence for milestone in self.milestones)

    @transition(
        AgreementState.DRAFT,
        to=AgreementState.OFFERED,
        emits=events.AgreementOffered,
        sets=("offered_at", "first_offered_at", "vat_number", "vat_reason"),
    )
    def offer(
        self, *, by: User, at: datetime, vat_number: str | None = None, vat_reason: str | None = None
    ) -> events.OfferFacts:
        """Fix the milestones and offer agreement and rights statement to both sides, within what the stage has left."""
        entry = self.vat_entry(vat_number, vat_reason)
        if not self.milestones:
            raise RuleViolation(N_("Add at least one milestone before you offer the agreement."))
        if self.amount_pence > self.budget_left(locking=True):
            raise RuleViolation(
                N_("This agreement is more than the challenge has left for this stage. Change or remove a milestone.")
            )
        if self.exceeds_the_stage:
            raise RuleViolation(
                N_("This agreement is more than the stage pays one team. Change or remove a milestone.")
            )
        self.statement.offer(by=by, at=at)
        self.vat_number, self.vat_reason = entry
        self.offered_at = at
        self.first_offered_at = self.first_offered_at or at
        return {"amount_pence": self.amount_pence, "vat_pence": self.vat_pence, "currency": self.currency}

    @transition(
        AgreementState.OFFERED,
        to=AgreementState.DRAFT,
        emits=events.AgreementTakenBack,
        when=no_one_has_accepted,
        sets=("offered_at",),
    )
    def take_back(self, *, by: User, at: datetime) -> None:
        """Withdraw the offer to correct it, as long as neither side has accepted."""
        self.statement.take_back(by=by, at=at)
        self.offered_at = None

    @transition(
        AgreementState.OFFERED,
        to=AgreementState.ACTIVE,
        emits=events.AgreementActivated,
        when=rights_are_accepted,
        sets=("activated_at",),
    )
    def activate(self, *, by: Person | None, at: datetime) -> None:
        """Bring the agreement into force: work begins and its money is committed."""
        self.activated_at = at
        for milestone in self.milestones:
            milestone.fall_due()

    @transition(AgreementState.ACTIVE, to=AgreementState.COMPLETED, emits=events.AgreementCompleted, sets=ENDED)
    def complete(self, *, by: Person | None, at: datetime) -> None:
        """Complete it, because the team goes through to the next stage."""
        self._end_milestones(by=by, at=at)
        self.ended_at = at

    @transition(
        AgreementState.ACTIVE, to=AgreementState.COMPLETED, emits=events.AgreementCompleted, when=CONCLUDED, sets=ENDED
    )
    def conclude(self, *, by: User, at: datetime) -> None:
        """Complete the agreement of a stage without an end-of-stage review."""
        self.ended_at = at

    @transition(AgreementState.ACTIVE, to=AgreementState.STOPPED, emits=events.AgreementStopped, sets=ENDED)
    def stop(self, *, by: Person | None, at: datetime) -> None:
        """Stop it, because the team does not go through. Money for accepted milestones will still be paid."""
        self._end_milestones(by=by, at=at)
        self.ended_at = at

    @transition(
        AgreementState.DRAFT, AgreementState.OFFERED, to=AgreementState.LAPSED, emits=events.AgreementLapsed, sets=ENDED
    )
    def lapse(self, *, by: Person | None, at: datetime) -> None:
        """Let it lapse: the end-of-stage decision was made before both sides accepted, so it never comes into force."""
        self.ended_at = at

    def _end_milestones(self, *, by: Person | None, at: datetime) -> None:
        """End the milestones that were not delivered by their date. Those with a later date outlive the stage."""
        for milestone in self.milestones:
            if milestone.state is MilestoneState.DUE and milestone.is_overdue(at):
                milestone.end(by=by, at=at)


def _refuse_backwards(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise RuleViolation(N_("The end date must be the same as or after the start date."), field="ends_on")
