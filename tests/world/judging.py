"""Judging the world's proposals, and deciding."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from civtech.core.db import db
from civtech.judging.models import Assignment, AssignmentState, Decision, Panel, assign
from civtech.people.models import User
from civtech.proposals.models import Proposal
from tests.factories.judging import AssignmentFactory, DecisionFactory, PanelFactory, marks
from tests.factories.verbs import DAY

if TYPE_CHECKING:
    from tests.world.world import World

Points = int | Sequence[int]


class Judging:
    """Works with `panel`, the one set up last."""

    def url(self: "World", rest: str = "", stage: str = "sift") -> str:
        """The address of a panel."""
        return f"/challenges/{self.challenge.slug}/panels/{stage}{rest}"

    def convene(
        self: "World",
        stage: str = "sift",
        judges: Sequence[User] = (),
        due_at: datetime | None = None,
        at: datetime | None = None,
    ) -> Panel:
        """The panel of a stage with these judges, or with all of the world's."""
        self.panel = PanelFactory(
            challenge=self.challenge,
            stage=self.stage(stage),
            judges=judges or self.judges,
            by=self.staff,
            due_at=due_at,
            at=at or self.at,
        )
        return self.panel

    def assigned(self: "World", proposals: Sequence[Proposal] | None = None) -> list[Assignment]:
        """Assign every proposal to every judge on the panel."""
        judges = [seat.judge for seat in self.panel.seats]
        assign(self.panel, judges=judges, proposals=proposals or self.proposals, by=self.staff, at=self.at)
        db.session.flush()
        return self.assignments()

    def assignments(self: "World") -> list[Assignment]:
        found = db.session.query(Assignment).filter_by(panel_id=self.panel.id).order_by(Assignment.id)
        return list(found)

    def assignment(self: "World", judge: User, proposal: Proposal, **how: Any) -> Assignment:
        """Assign one proposal to one judge, and continue as `how` says."""
        said = {"panel": self.panel, "judge": judge, "proposal": proposal, "by": self.staff, "at": self.at}
        made: Assignment = AssignmentFactory(**{**said, **how})
        return made

    def of(self: "World", judge: User, proposal: Proposal) -> Assignment:
        return next(one for one in self.assignments() if one.judge_id == judge.id and one.proposal_id == proposal.id)

    def score(self: "World", assignment: Assignment, points: Points, *, lock: bool = True, reason: str = "") -> None:
        """Declare no conflict, score and lock."""
        if assignment.state is AssignmentState.ASSIGNED:
            assignment.declare_clear(by=assignment.judge, at=self.at)
        given = marks(assignment, points, reason or f"Reason of {assignment.judge.name}.")
        assignment.save(marks=given, by=assignment.judge, at=self.at)
        db.session.flush()
        if lock:
            assignment.lock(by=assignment.judge, at=self.at)
            db.session.flush()

    def score_all_open(self: "World", points: int = 4) -> None:
        """Declare, score and lock everything that is still open."""
        for assignment in self.assignments():
            if assignment.state in {AssignmentState.ASSIGNED, AssignmentState.CLEAR}:
                self.score(assignment, points)

    def score_all(self: "World", points: Mapping[Proposal, Points]) -> None:
        """Every judge scores every proposal with these points."""
        for assignment in self.assigned():
            self.score(assignment, points[assignment.proposal])

    def recused(self: "World", judge: User, proposal: Proposal, *, at: datetime | None = None) -> Assignment:
        """A judge of the exploration stage who declared a conflict of interest with the team, eight days ago."""
        at = at or self.at - 8 * DAY
        self.convene("exploration", [judge], at=at)
        return self.assignment(judge, proposal, recused=True, at=at)

    def decided(self: "World", chosen: Sequence[Proposal], *, release: bool = True, **how: Any) -> Decision:
        """The panel's decision: `chosen` go through. It is approved and released unless told otherwise."""
        said = {"panel": self.panel, "chosen": chosen, "proposals": self.proposals, "by": self.staff, "at": self.at}
        made: Decision = DecisionFactory(colleague=self.colleague, released=release, **{**said, **how})
        return made

    def decide(
        self: "World",
        stage: str,
        chosen: Sequence[Proposal],
        at: datetime | None = None,
        declined: Sequence[Proposal] = (),
    ) -> Decision:
        """Judge a stage at one instant, from setting up the panel to releasing the decision."""
        at = at or self.at
        self.convene(stage, at=at)
        for judge in self.judges:
            for proposal in (*chosen, *declined):
                points = 4 if proposal in chosen else 3
                self.assignment(judge, proposal, locked=True, points=points, reason="Sound.", at=at)
        return self.decided(chosen, proposals=[*chosen, *declined], departure="As talked through.", at=at)
