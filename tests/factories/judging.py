"""A challenge whose proposals are opened, with a panel of judges, as far along as a test asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from civtech.accounts.models import MemberRole, Organisation, OrganisationKind, User
from civtech.core.db import db
from civtech.judging.models import Assignment, AssignmentState, Decision, Panel, Verdict, assign
from civtech.programmes.models import Stage
from civtech.proposals.models import Proposal
from tests.factories.proposals import Open, open_challenge

NAMES = ("Tidewater Signals Ltd", "Peat and Pixels Ltd", "Heather Robotics Ltd", "Skerry Data Ltd", "Machair Maps Ltd")


@dataclass
class Judged:
    """One challenge, opened; `proposals` in the order of `NAMES`; `at` is an hour after the opening."""

    scene: Open
    at: datetime
    proposals: list[Proposal] = field(default_factory=list)
    judges: list[User] = field(default_factory=list)
    panel: Panel = None  # type: ignore[assignment]

    def __getattr__(self, name: str) -> User:
        return getattr(self.__dict__["scene"], name)  # type: ignore[no-any-return]

    def stage(self, key: str) -> Stage:
        return next(stage for stage in self.scene.challenge.round.stages if stage.key == key)

    def url(self, rest: str = "", stage: str = "sift") -> str:
        return f"/challenges/{self.scene.challenge.slug}/panels/{stage}{rest}"

    def owner(self, proposal: Proposal) -> User:
        return next(
            one for one in self.scene.people.values() if one.acts_for(proposal.organisation_id, MemberRole.OWNER)
        )

    def judge(self, key: str, name: str | None = None) -> User:
        """A confirmed person who can be put on a panel."""
        person = self.scene.person(key, name=name)
        person.confirmed_at = self.at
        db.session.flush()
        return person

    def convene(self, stage: str = "sift", judges: Sequence[User] = (), due_at: datetime | None = None) -> Panel:
        self.panel = Panel.convene(
            challenge=self.scene.challenge, stage=self.stage(stage), by=self.staff, at=self.at, due_at=due_at
        )
        db.session.flush()
        for judge in judges or self.judges:
            self.panel.seat(judge, by=self.staff, at=self.at)
        db.session.flush()
        return self.panel

    def assigned(self, proposals: Sequence[Proposal] | None = None) -> list[Assignment]:
        """Every proposal to every judge on the panel."""
        judges = [seat.judge for seat in self.panel.seats]
        assign(self.panel, judges=judges, proposals=proposals or self.proposals, by=self.staff, at=self.at)
        db.session.flush()
        return self.assignments()

    def assignments(self) -> list[Assignment]:
        found = db.session.query(Assignment).filter_by(panel_id=self.panel.id).order_by(Assignment.id)
        return list(found)

    def of(self, judge: User, proposal: Proposal) -> Assignment:
        return next(one for one in self.assignments() if one.judge_id == judge.id and one.proposal_id == proposal.id)

    def score(
        self, assignment: Assignment, points: int | Sequence[int], *, lock: bool = True, reason: str = ""
    ) -> None:
        """Declare no conflict, score and lock."""
        criteria = assignment.panel.stage.criteria
        given = [points] * len(criteria) if isinstance(points, int) else points
        assignment.declare_clear(by=assignment.judge, at=self.at)
        assignment.save(
            marks={
                criterion: (mark, reason or f"Reason of {assignment.judge.name}.")
                for criterion, mark in zip(criteria, given, strict=True)
            },
            by=assignment.judge,
            at=self.at,
        )
        db.session.flush()
        if lock:
            assignment.lock(by=assignment.judge, at=self.at)
            db.session.flush()

    def score_all_open(self, points: int = 4) -> None:
        """Whatever is still open is declared, scored and locked."""
        for assignment in self.assignments():
            if assignment.state is AssignmentState.CLEAR:
                assignment.save(
                    marks=dict.fromkeys(assignment.panel.stage.criteria, (points, "Sound.")),
                    by=assignment.judge,
                    at=self.at,
                )
                db.session.flush()
                assignment.lock(by=assignment.judge, at=self.at)
            elif assignment.state is AssignmentState.ASSIGNED:
                self.score(assignment, points)
        db.session.flush()

    def score_all(self, points: Mapping[Proposal, int | Sequence[int]]) -> None:
        for assignment in self.assigned():
            self.score(assignment, points[assignment.proposal])

    def decided(self, chosen: Sequence[Proposal], *, feedback: str = "Well done.", release: bool = True) -> Decision:
        verdicts = [
            Verdict(proposal, rank=place, total=8000 - place, goes_on=proposal in chosen, feedback=feedback)
            for place, proposal in enumerate(sorted(self.proposals, key=lambda one: one not in chosen), start=1)
        ]
        decision = Decision.propose(
            panel=self.panel, verdicts=verdicts, reason="As ranked.", departure="Said.", by=self.staff, at=self.at
        )
        db.session.flush()
        if release:
            decision.approve(by=self.colleague, at=self.at)
            db.session.flush()
            decision.release(by=self.staff, at=self.at)
            db.session.flush()
        return decision


def judged(now: datetime, *, proposals: int = 3, judges: int = 2, words: str = "Words.") -> Judged:
    """A challenge that closed an hour before `now`, its proposals opened; no panel yet."""
    scene = open_challenge(now - timedelta(days=10, hours=1))
    companies = [scene.company, scene.rival] + [
        scene.team(f"team{number}", NAMES[number] if number < len(NAMES) else f"Team {number} Ltd")
        for number in range(2, proposals)
    ]
    world = Judged(scene, now)
    for company in companies[:proposals]:
        world.proposals.append(
            scene.submitted(
                company, title=f"Idea of {company.legal_name}"[:120], words=f"{words} {company.legal_name}."
            )
        )
    scene.opened()
    for person in scene.people.values():
        person.confirmed_at = now
    for number in range(1, judges + 1):
        world.judges.append(world.judge(f"judge{number}", f"Judge Number{number}"))
    db.session.commit()
    return world


def another_body(scene: Open) -> Organisation:
    """A public body that has nothing to do with the challenge."""
    body = Organisation.create(
        kind=OrganisationKind.PUBLIC_BODY, legal_name="Island Harbours Board", by=scene.staff, at=scene.at
    )
    body.admit(scene.stranger, MemberRole.OWNER, by=None, at=scene.at)
    return body
