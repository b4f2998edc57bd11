"""The panel: the judges of one challenge at the end of one stage."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from civtech.challenges.models import ABOUT_JUDGES, Challenge, ChallengeState, Tie, consider, has_tie, known
from civtech.challenges.models.hint import CONSIDER_FIRST, open_in_sql
from civtech.challenges.models.involvement import tied_in_sql
from civtech.core.db import Identity, Model, Versioned, db, relationship, required
from civtech.core.deciding import decides
from civtech.core.errors import LostRace, RuleViolation, WrongState
from civtech.core.events import emit
from civtech.core.frozen import frozen
from civtech.core.guards import append_only, guard
from civtech.core.references import new_reference
from civtech.core.text import N_
from civtech.judging.events import JudgeSeated, PanelConvened, PanelRescheduled
from civtech.people.models import ProgrammeRole, User
from civtech.programmes.models import Stage

DECISION_STANDS = N_(
    "This panel has a decision, so nothing can be changed. Only a decision that is not released can be sent back."
)

OF_THE_PANEL = "SELECT panel.challenge_id FROM panel WHERE panel.id = NEW.panel_id"
NO_TEAM_JUDGES = N_("Someone who is, or was, in a team with a proposal for this challenge cannot judge it.")
OF_A_TEAM = N_("%(judge)s cannot judge this challenge. They are, or were, in a team with a proposal for it.")

NOT_IN_THE_POOL = N_(
    "%(judge)s is not in the pool of judges. Choose someone from the pool, or ask programme staff to add them"
    " to the panel."
)


class Panel(Versioned, Model):
    """The judges of one challenge at one stage.

    `due_at` is when we expect their scorecards; late ones still count. `closed_at` is set while there is a decision.
    """

    __tablename__ = "panel"
    __table_args__ = (
        UniqueConstraint("challenge_id", "stage_id"),
        Index("ix_panel_stage_id_challenge_id", "stage_id", "challenge_id"),
    )

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"))
    convened_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    challenge: Mapped[Challenge] = required()
    stage: Mapped[Stage] = required()
    seats: Mapped[list["Seat"]] = relationship(back_populates="panel", order_by="Seat.id")

    @classmethod
    def convene(
        cls, *, challenge: Challenge, stage: Stage, by: User, at: datetime, due_at: datetime | None = None
    ) -> "Panel":
        """Set up the panel that judges `stage`. `due_at` is when its judges should have scored."""
        if not stage.criteria:
            raise RuleViolation(N_("Nothing is judged at the end of this stage."))
        if (ended := challenge.ended_because) is not None:
            raise WrongState(ended)
        if challenge.state is not ChallengeState.PUBLISHED:
            raise WrongState(N_("You can set up a panel when the challenge is published."))
        panel = cls(reference=new_reference("J"), challenge=challenge, stage=stage, convened_at=at)
        panel._expect(due_at, at=at)
        db.session.add(panel)
        emit(PanelConvened(subject=panel, by=by, at=at, facts={"challenge": challenge.reference, "stage": stage.key}))
        return panel

    def reschedule(self, *, due_at: datetime, by: User, at: datetime) -> None:
        """Change when the judges should have scored."""
        self.refuse_while_closed()
        self._expect(due_at, at=at)
        emit(PanelRescheduled(subject=self, by=by, at=at, facts={"due_at": due_at.isoformat()}))

    def seat(self, judge: User, *, by: User, at: datetime, because: str = "") -> "Seat":
        """Add someone else to the panel, if they were never in a team with a proposal for the challenge.

        Programme staff can add anyone. Panel secretaries can add people with a role as judge for the challenge.
        `because` says why they can judge despite what we know about them.
        """
        self.refuse_judge(judge, by=by)
        consider(known([judge.id], self.challenge_id, ABOUT_JUDGES), self.challenge, because=because, by=by, at=at)
        seat = Seat(judge=judge, since=at)
        self.seats.append(seat)
        emit(JudgeSeated(subject=self, by=by, at=at, facts={"judge": judge.reference}))
        return seat

    def refuse_judge(self, judge: User, *, by: User) -> None:
        """Refuse people who can never be added by `by`, whatever the reason."""
        self.refuse_while_closed()
        if judge.id == by.id:
            raise RuleViolation(N_("You cannot add yourself to the panel. Someone else must do it."), field="email")
        if self.has_seated(judge):
            raise RuleViolation(N_("This person is already on the panel."), field="email")
        if not by.is_staff_of(self.challenge) and not judge.has_for(self.challenge, ProgrammeRole.JUDGE):
            raise RuleViolation(NOT_IN_THE_POOL, field="email", judge=judge.name)
        if has_tie(judge, self.challenge_id, Tie.TEAM):
            raise RuleViolation(OF_A_TEAM, field="email", judge=judge.name)

    def has_seated(self, person: User) -> bool:
        """Whether `person` is on the panel."""
        return any(seat.judge_id == person.id for seat in self.seats)

    def hold(self) -> None:
        """Lock the panel's row for this transaction, so that no scorecard is locked while a decision is worked out."""
        db.session.flush()
        db.session.refresh(self, ["closed_at", "version"], with_for_update=True)

    def join(self) -> None:
        """Keep the panel from being closed until this transaction ends. Several judges can do this at once."""
        closed = select(Panel.closed_at).where(Panel.id == self.id).with_for_update(read=True)
        if db.session.scalar(closed) is not None:
            raise LostRace(DECISION_STANDS)

    def close(self, *, at: datetime) -> None:
        """Close the panel for a proposed decision: declarations and scores cannot change."""
        self.refuse_while_closed()
        self.closed_at = at

    def reopen(self) -> None:
        """Reopen the panel after a decision was sent back: judges can continue."""
        self.closed_at = None

    def refuse_while_closed(self) -> None:
        """Raise `WrongState` while there is a decision, and for good once the challenge is cancelled."""
        if (ended := self.challenge.ended_because) is not None:
            raise WrongState(ended)
        if self.closed_at is not None:
            raise WrongState(DECISION_STANDS)

    @property
    def places(self) -> int | None:
        """How many proposals can go through: the places of the next stage."""
        following = self.challenge.round.stage_after(self.stage)
        return following.teams if following else None

    def _expect(self, due_at: datetime | None, *, at: datetime) -> None:
        if due_at is not None and due_at <= at:
            raise RuleViolation(N_("Enter a date and time in the future."), field="due_at")
        self.due_at = due_at


class Seat(Model):
    """One judge on one panel."""

    __tablename__ = "seat"
    __table_args__ = (UniqueConstraint("panel_id", "judge_id"),)

    id: Mapped[Identity]
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"))
    judge_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    since: Mapped[datetime]

    panel: Mapped[Panel] = relationship(back_populates="seats")
    judge: Mapped[User] = required()


append_only("seat", N_("You cannot change who was added to a panel."))
guard(
    "seat_keeps_out_the_teams",
    table="seat",
    on="INSERT",
    condition=tied_in_sql("NEW.judge_id", OF_THE_PANEL, Tie.TEAM),
    message=NO_TEAM_JUDGES,
)
guard(
    "seat_follows_a_look_at_conflicts",
    table="seat",
    on="INSERT",
    condition=open_in_sql("NEW.judge_id", OF_THE_PANEL, *ABOUT_JUDGES),
    message=CONSIDER_FIRST,
)
guard(
    "panel_stays_closed_once_decided",
    table="panel",
    on="UPDATE OF closed_at",
    condition=(
        "OLD.closed_at IS NOT NULL AND (NEW.closed_at IS NULL OR NEW.closed_at <> OLD.closed_at) AND EXISTS ("
        "SELECT 1 FROM decision WHERE decision.panel_id = OLD.id AND decision.state IN ('approved', 'released'))"
    ),
    message=N_("This panel’s decision is approved, so you cannot reopen the panel."),
)
frozen(
    Panel,
    but=("due_at", "closed_at"),
    message=N_("The challenge and stage of a panel cannot be changed."),
)
decides(Panel)
decides(Seat, of=Seat.panel_id)
