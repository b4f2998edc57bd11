"""The assignment: one judge and one proposal. First the declaration, then the scorecard."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from civtech.challenges.models import ABOUT_JUDGES, Tie, has_tie, known, still_open
from civtech.challenges.models.hint import CONSIDER_FIRST
from civtech.core.blank import is_blank
from civtech.core.db import Identity, Model, Versioned, db, one_of, relationship, required, stored
from civtech.core.errors import RuleViolation
from civtech.core.events import emit
from civtech.core.references import new_reference
from civtech.core.state import State
from civtech.core.text import N_, Text
from civtech.core.workflow import condition, transition
from civtech.judging.events import (
    ConflictDeclared,
    NoConflictDeclared,
    ProposalAssigned,
    ScorecardLocked,
    ScoresSaved,
)
from civtech.judging.models.panel import DECISION_STANDS, OF_A_TEAM, Panel
from civtech.judging.models.score import Score
from civtech.people.models import User
from civtech.programmes.models import HIGHEST_POINTS, Criterion
from civtech.proposals.models import Proposal

ANOTHER_CHALLENGE = N_("This proposal is for another challenge.")

NOT_ONESELF = N_("You cannot assign proposals to yourself. Someone else must do it.")


class AssignmentState(State):
    ASSIGNED = "assigned", N_("Interests not declared yet"), "yellow"
    CLEAR = "clear", N_("Ready to score"), "light-blue"
    LOCKED = "locked", N_("Scored and locked"), "green"
    RECUSED = "recused", N_("Recused"), "orange"


@condition(DECISION_STANDS)
def before_the_decision(assignment: "Assignment", _at: datetime) -> bool:
    return assignment.panel.closed_at is None


@condition(
    N_(
        "You are, or were, in a team with a proposal for this challenge, so you cannot judge it. Declare a "
        "conflict of interest."
    )
)
def judge_is_no_applicant(assignment: "Assignment", _at: datetime) -> bool:
    return not has_tie(assignment.judge, assignment.panel.challenge_id, Tie.TEAM)


IMPARTIAL = (before_the_decision, judge_is_no_applicant)


class Assignment(Versioned, Model):
    """One judge × one proposal. Judges can only read it after declaring "no conflict"; a conflict ends their access.

    "Any person involved must declare a direct or indirect interest that might be perceived to compromise their
    impartiality" (SSI 2016/65 regulation 37): so we record nil declarations too.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        one_of("state", AssignmentState),
        UniqueConstraint("panel_id", "judge_id", "proposal_id"),
        Index("ix_assignment_judge_id_state", "judge_id", "state"),
        Index("ix_assignment_panel_id_proposal_id", "panel_id", "proposal_id"),
        CheckConstraint("(state = 'assigned') = (declared_at IS NULL)", name="declared_at_once_declared"),
        CheckConstraint("(state = 'locked') = (locked_at IS NOT NULL)", name="locked_at_once_locked"),
        CheckConstraint("(state = 'recused') = (conflict IS NOT NULL)", name="conflict_if_recused"),
    )

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"))
    judge_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    state: Mapped[AssignmentState] = mapped_column(stored(AssignmentState), default=AssignmentState.ASSIGNED)
    assigned_at: Mapped[datetime]
    declared_at: Mapped[datetime | None]
    conflict: Mapped[str | None]
    saved_at: Mapped[datetime | None]
    locked_at: Mapped[datetime | None]

    panel: Mapped[Panel] = required()
    judge: Mapped[User] = required()
    proposal: Mapped[Proposal] = required()
    scores: Mapped[list[Score]] = relationship(back_populates="assignment")

    @classmethod
    def make(cls, *, panel: Panel, judge: User, proposal: Proposal, by: User, at: datetime) -> "Assignment":
        """Give a proposal to someone else on the panel, who was never in a team with a proposal for the challenge.

        The database also refuses proposals that did not get this far.
        """
        panel.refuse_while_closed()
        if has_tie(judge, panel.challenge_id, Tie.TEAM):
            raise RuleViolation(OF_A_TEAM, judge=judge.name)
        about = known([judge.id], panel.challenge_id, ABOUT_JUDGES, organisation_id=proposal.organisation_id)
        if still_open(about):
            raise RuleViolation(CONSIDER_FIRST)
        return cls.give(panel=panel, judge=judge, proposal=proposal, by=by, at=at)

    @classmethod
    def give(cls, *, panel: Panel, judge: User, proposal: Proposal, by: User, at: datetime) -> "Assignment":
        """The same for a judge known to be in no team and without an open hint. This saves two queries each time."""
        if proposal.challenge_id != panel.challenge_id:
            raise RuleViolation(ANOTHER_CHALLENGE)
        if not panel.has_seated(judge):
            raise RuleViolation(N_("You can only assign a proposal to a judge on the panel."))
        if judge.id == by.id:
            raise RuleViolation(NOT_ONESELF)
        assignment = cls(
            reference=new_reference("A"),
            panel=panel,
            judge=judge,
            proposal=proposal,
            state=AssignmentState.ASSIGNED,
            assigned_at=at,
            scores=[],
        )
        db.session.add(assignment)
        emit(
            ProposalAssigned(
                subject=assignment,
                by=by,
                at=at,
                facts={"panel": panel.reference, "judge": judge.reference, "proposal": proposal.reference},
            )
        )
        return assignment

    @transition(
        AssignmentState.ASSIGNED,
        to=AssignmentState.CLEAR,
        emits=NoConflictDeclared,
        when=IMPARTIAL,
        sets=("declared_at",),
    )
    def declare_clear(self, *, by: User, at: datetime) -> None:
        """Declare that the judge has no actual, potential or perceived conflict of interest."""
        self.declared_at = at

    @transition(
        AssignmentState.ASSIGNED,
        AssignmentState.CLEAR,
        to=AssignmentState.RECUSED,
        emits=ConflictDeclared,
        when=before_the_decision,
        sets=("declared_at", "conflict"),
    )
    def declare_conflict(self, *, conflict: str, by: User, at: datetime) -> None:
        """Declare a conflict. The judge loses access, and any scores they gave do not count."""
        if is_blank(conflict):
            raise RuleViolation(N_("Describe the conflict of interest in one sentence."), field="sentence")
        self.declared_at = at
        self.conflict = conflict

    @transition(AssignmentState.CLEAR, emits=ScoresSaved, when=IMPARTIAL, sets=("saved_at",))
    def save(self, *, marks: Mapping[Criterion, tuple[int | None, str]], by: User, at: datetime) -> None:
        """Save scores and reasons, complete or not. Each score is 0–5 or still empty."""
        saved = {score.criterion_id: score for score in self.scores}
        for criterion, (points, reason) in marks.items():
            if criterion.stage_id != self.panel.stage_id:
                raise RuleViolation(N_("This criterion belongs to another stage."))
            if points is not None and not 0 <= points <= HIGHEST_POINTS:
                raise RuleViolation(N_("Score must be from 0 to 5."))
            score = saved.get(criterion.id)
            if score is None:
                score = Score(criterion_id=criterion.id, criterion=criterion)
                self.scores.append(score)
            score.points = points
            score.reason = reason
        self.saved_at = at

    @transition(
        AssignmentState.CLEAR, to=AssignmentState.LOCKED, emits=ScorecardLocked, when=IMPARTIAL, sets=("locked_at",)
    )
    def lock(self, *, by: User, at: datetime) -> None:
        """Lock the scorecard once every criterion has a score and a reason. It cannot change afterwards."""
        if missing := self.missing():
            raise RuleViolation(missing[0])
        self.panel.join()
        self.locked_at = at

    def missing(self) -> list[Text]:
        """What the scorecard still needs before it can be locked, in the order of the criteria."""
        scored = {score.criterion_id: score for score in self.scores}
        gaps = []
        for criterion in self.panel.stage.criteria:
            score = scored.get(criterion.id)
            if score is None or score.points is None:
                gaps.append(Text(N_("Select a score for “%(criterion)s”."), {"criterion": criterion.name}))
            if score is None or is_blank(score.reason):
                gaps.append(
                    Text(N_("Enter a reason for your score for “%(criterion)s”."), {"criterion": criterion.name})
                )
        return gaps
