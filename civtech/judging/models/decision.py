"""The decision on which teams go through: proposed by one person, approved by another, released to all at once."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, select, text
from sqlalchemy.orm import Mapped, mapped_column

from civtech.challenges.models import Known, consider
from civtech.core.blank import is_blank
from civtech.core.db import Identity, Model, Versioned, db, one_of, relationship, required, stored
from civtech.core.errors import RuleViolation
from civtech.core.events import emit
from civtech.core.facts import Fact
from civtech.core.references import new_reference
from civtech.core.state import State
from civtech.core.text import N_, Text
from civtech.core.workflow import transition
from civtech.judging.events import DecisionApproved, DecisionProposed, DecisionReturned, OutcomeFacts, OutcomesReleased
from civtech.judging.models.assignment import Assignment, AssignmentState
from civtech.judging.models.conflict import has_conflict
from civtech.judging.models.known import known_about
from civtech.judging.models.outcome import Outcome, Verdict, departs_from_the_ranking
from civtech.judging.models.panel import Panel
from civtech.people.models import User


class DecisionState(State):
    PROPOSED = "proposed", N_("Waiting for approval by another member of staff"), "yellow"
    RETURNED = "returned", N_("Returned"), "orange"
    APPROVED = "approved", N_("Approved, not released yet"), "light-blue"
    RELEASED = "released", N_("Released to applicants"), "green"


class Decision(Versioned, Model):
    """A panel's recorded outcome with its reasons. Each panel has one live decision.

    `departure` is the reason for not following the ranking or for how a tie was broken; None if it was followed.
    """

    __tablename__ = "decision"
    __table_args__ = (
        one_of("state", DecisionState),
        CheckConstraint("approved_by_id <> proposed_by_id", name="approver_is_another_person"),
        CheckConstraint(
            "(state IN ('approved', 'released')) = (approved_by_id IS NOT NULL)", name="approved_by_once_approved"
        ),
        CheckConstraint("(approved_at IS NULL) = (approved_by_id IS NULL)", name="approved_by_with_approved_at"),
        CheckConstraint("(state = 'returned') = (message IS NOT NULL)", name="returned_with_a_message"),
        CheckConstraint("(state = 'released') = (released_at IS NOT NULL)", name="released_at_once_released"),
        Index(
            "uq_decision_live_panel_id",
            "panel_id",
            unique=True,
            sqlite_where=text("state <> 'returned'"),
            postgresql_where=text("state <> 'returned'"),
        ),
    )

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"), index=True)
    state: Mapped[DecisionState] = mapped_column(stored(DecisionState), default=DecisionState.PROPOSED)
    reason: Mapped[str]
    departure: Mapped[str | None]
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    released_at: Mapped[datetime | None]
    message: Mapped[str | None]

    panel: Mapped[Panel] = required()
    outcomes: Mapped[list[Outcome]] = relationship(back_populates="decision", order_by="Outcome.rank, Outcome.id")
    proposed_by: Mapped[User] = required(foreign_keys=proposed_by_id)
    approved_by: Mapped[User | None] = relationship(foreign_keys=approved_by_id)

    @classmethod
    def propose(
        cls,
        *,
        panel: Panel,
        verdicts: Sequence[Verdict],
        reason: str,
        by: User,
        at: datetime,
        departure: str = "",
        because: str = "",
    ) -> "Decision":
        """Propose a decision on every candidate. Lock the panel (`panel.hold()`) before you read the ranking.

        `because` says why everyone can take part despite what we know about them, here and when it is settled.
        """
        panel.refuse_while_closed()
        _refuse_conflicted(by, panel)
        _refuse_judge(by, panel)
        if not verdicts:
            raise RuleViolation(N_("There are no proposals to decide on yet."))
        _refuse_without_quorum(panel, verdicts)
        going_on = sum(verdict.goes_on for verdict in verdicts)
        if panel.places is not None and going_on > panel.places:
            raise RuleViolation(
                N_("The next stage has places for %(places)s, but you chose %(chosen)s. Choose fewer."),
                places=panel.places,
                chosen=going_on,
            )
        if any(is_blank(verdict.feedback) for verdict in verdicts):
            raise RuleViolation(N_("Enter feedback for each proposal. Every team gets feedback."))
        if is_blank(reason):
            raise RuleViolation(N_("Enter the reason for the decision."), field="reason")
        departs = departs_from_the_ranking(verdicts, places=panel.places)
        if departs and is_blank(departure):
            raise RuleViolation(
                N_("The ranking alone does not explain your choice. Enter a reason."), field="departure"
            )
        consider(known_about(panel, by.id), panel.challenge, because=because, by=by, at=at)
        decision = cls(
            reference=new_reference("D"),
            panel=panel,
            state=DecisionState.PROPOSED,
            reason=reason,
            departure=departure.strip() if departs else None,
            proposed_at=at,
            proposed_by_id=by.id,
            outcomes=[
                Outcome(
                    proposal=verdict.proposal,
                    rank=verdict.rank,
                    total=verdict.total,
                    goes_on=verdict.goes_on,
                    feedback=verdict.feedback,
                )
                for verdict in verdicts
            ],
        )
        db.session.add(decision)
        panel.close(at=at)
        emit(DecisionProposed(subject=decision, by=by, at=at, facts={"panel": panel.reference}))
        return decision

    def binds(self) -> Iterator[Fact]:
        """What approving and releasing it fixes, team by team."""
        for outcome in self.outcomes:
            reference = outcome.proposal.reference
            company = {"company": outcome.proposal.organisation.name}
            verdict = N_("%(company)s goes through") if outcome.goes_on else N_("%(company)s does not go through")
            yield Fact(reference, Text(reference), Text(verdict, company))
            yield Fact(f"{reference}_feedback", Text(N_("Feedback for %(company)s"), company), outcome.feedback)
        yield Fact("reason", Text(N_("Reason")), self.reason)
        yield Fact("departure", Text(N_("Reason for not following the ranking")), self.departure or "")

    def known(self, *acting: int) -> list[Known]:
        """What we know about its judges, the people who proposed and approved it, and those with the ids `acting`."""
        return known_about(self.panel, *self.deciders, *acting)

    @property
    def deciders(self) -> set[int]:
        """The ids of the people who proposed and approved it."""
        return {each for each in (self.proposed_by_id, self.approved_by_id) if each is not None}

    @transition(
        DecisionState.PROPOSED,
        to=DecisionState.APPROVED,
        emits=DecisionApproved,
        sets=("approved_at", "approved_by_id"),
    )
    def approve(self, *, by: User, at: datetime, because: str = "") -> None:
        """Approve it, as someone other than the proposer. No team is told yet."""
        if by.id == self.proposed_by_id:
            raise RuleViolation(N_("Another member of staff must approve the decision."))
        _refuse_conflicted(by, self.panel)
        _refuse_judge(by, self.panel)
        consider(self.known(by.id), self.panel.challenge, because=because, by=by, at=at)
        self.approved_at = at
        self.approved_by_id = by.id

    @transition(DecisionState.PROPOSED, to=DecisionState.RETURNED, emits=DecisionReturned, sets=("message",))
    def send_back(self, *, message: str, by: User, at: datetime) -> None:
        """Send it back with a message, as someone other than the proposer. A new decision can then be proposed."""
        if by.id == self.proposed_by_id:
            raise RuleViolation(N_("Another member of staff must review the decision."))
        if is_blank(message):
            raise RuleViolation(N_("Enter what should change."), field="message")
        _refuse_conflicted(by, self.panel)
        _refuse_judge(by, self.panel)
        self.message = message
        self.panel.reopen()

    @transition(DecisionState.APPROVED, to=DecisionState.RELEASED, emits=OutcomesReleased, sets=("released_at",))
    def release(self, *, by: User, at: datetime, because: str = "") -> OutcomeFacts:
        """Tell every team at the same moment. No event says who goes through before that."""
        _refuse_conflicted(by, self.panel)
        consider(self.known(by.id), self.panel.challenge, because=because, by=by, at=at)
        self.released_at = at
        return {
            "challenge": self.panel.challenge.reference,
            "stage": self.panel.stage.key,
            "goes_on": sorted(outcome.proposal.reference for outcome in self.outcomes if outcome.goes_on),
            "declined": sorted(outcome.proposal.reference for outcome in self.outcomes if not outcome.goes_on),
            "follows_the_ranking": self.departure is None,
        }


def _refuse_conflicted(person: User, panel: Panel) -> None:
    if has_conflict(person, panel.challenge_id):
        raise RuleViolation(
            N_(
                "You cannot do this. You are, or were, in a team with a proposal for this challenge, or "
                "declared a conflict of interest in it."
            )
        )


def _refuse_judge(person: User, panel: Panel) -> None:
    """Refuse people on the panel: others decide on their scores, and others reopen the panel."""
    if panel.has_seated(person):
        raise RuleViolation(N_("You are on this panel, so someone else must decide."))


def _refuse_without_quorum(panel: Panel, verdicts: Sequence[Verdict]) -> None:
    """Refuse a decision on proposals without the stage's quorum of locked scorecards (Scotland: at least two)."""
    judged = set(
        db.session.scalars(
            select(Assignment.proposal_id)
            .where(Assignment.panel_id == panel.id, Assignment.state == AssignmentState.LOCKED)
            .group_by(Assignment.proposal_id)
            .having(func.count() >= panel.stage.quorum)
        )
    )
    short = [v.proposal.reference for v in verdicts if v.proposal.id not in judged]
    if short:
        raise RuleViolation(
            N_("Each proposal needs %(quorum)s locked scorecards. These proposals do not have enough yet: %(short)s."),
            quorum=panel.stage.quorum,
            short=", ".join(sorted(short)),
        )
