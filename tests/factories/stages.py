"""A challenge as far as a funded stage: teams chosen by a released decision, and everybody who acts on their money."""

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import civtech
from civtech.accounts.models import MemberRole, Organisation, OrganisationKind, ProgrammeRole, User
from civtech.challenges.models import Challenge
from civtech.challenges.models.challenge import Brief
from civtech.core.db import db
from civtech.funding.models import Release
from civtech.judging.models import Assignment, Decision, Panel
from civtech.judging.models.decision import Verdict
from civtech.programmes.models import Pathway, Round, Stage
from civtech.proposals.models import Opening, Proposal
from civtech.rights.models import BackgroundKind
from civtech.stages.models import Milestone, StageAgreement

PRESETS = Path(civtech.__file__).parent / "programmes" / "presets"


@dataclass
class Funded:
    """One challenge whose `teams` were chosen for exploration, at the instant `at`."""

    at: datetime
    people: dict[str, User] = field(default_factory=dict)
    teams: list[Proposal] = field(default_factory=list)
    challenge: Challenge = None  # type: ignore[assignment]
    body: Organisation = None  # type: ignore[assignment]

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    def stage(self, key: str = "exploration") -> Stage:
        return next(stage for stage in self.challenge.round.stages if stage.key == key)

    def person(self, key: str, *roles: ProgrammeRole, name: str | None = None) -> User:
        """A person, known under `key` from here on."""
        start = self.at - timedelta(days=120)
        known = User.register(
            name=name or key.replace("_", " ").title(), email=f"{key}@people.example", confirmed_at=start, at=start
        )
        db.session.flush()
        for role in roles:
            known.grant(role, by=None, at=start)
        db.session.flush()
        self.people[key] = known
        return known

    def decide(self, stage_key: str, chosen: list[Proposal], at: datetime, declined: list[Proposal] = ()) -> Decision:  # type: ignore[assignment]
        """Convene the panel of a stage, have it judged by two, and take and release its decision."""
        proposals = [*chosen, *declined]
        panel = Panel.convene(challenge=self.challenge, stage=self.stage(stage_key), by=self.staff, at=at)
        for judge in (self.judge_one, self.judge_two):
            panel.seat(judge, by=self.staff, at=at)
            db.session.flush()
            for place, proposal in enumerate(proposals):
                assignment = Assignment.make(panel=panel, judge=judge, proposal=proposal, by=self.staff, at=at)
                db.session.flush()
                assignment.declare_clear(by=judge, at=at)
                points = 4 if place < len(chosen) else 3
                assignment.save(marks=dict.fromkeys(panel.stage.criteria, (points, "Sound.")), by=judge, at=at)
                db.session.flush()
                assignment.lock(by=judge, at=at)
        db.session.flush()
        verdicts = [
            Verdict(
                proposal=proposal, rank=place, total=9000 - place, goes_on=proposal in chosen, feedback="Well done."
            )
            for place, proposal in enumerate(proposals, start=1)
        ]
        decision = Decision.propose(
            panel=panel, verdicts=verdicts, reason="As ranked.", departure="As talked through.", by=self.staff, at=at
        )
        db.session.flush()
        decision.approve(by=self.colleague, at=at)
        db.session.flush()
        decision.release(by=self.staff, at=at)
        db.session.flush()
        return decision


def funded(
    at: datetime,
    *,
    teams: int = 1,
    exploration: int = 1_500_000,
    name: str = "How can we count traffic without new cables?",
) -> Funded:
    """A challenge with `teams` chosen for exploration; `exploration` pence are its budget there. Nothing is committed.

    The pathway's stages have places for all of them.
    """
    world = Funded(at)
    start = at - timedelta(days=120)
    world.person("staff", ProgrammeRole.STAFF, name="Sorcha Staff")
    world.person("colleague", ProgrammeRole.STAFF, name="Callum Colleague")
    world.person("finance", ProgrammeRole.FINANCE, name="Fiona Finance")
    world.person("auditor", ProgrammeRole.AUDITOR)
    world.person("stranger")
    world.person("judge_one")
    world.person("judge_two")
    world.body = Organisation.create(
        kind=OrganisationKind.PUBLIC_BODY,
        legal_name="Northern Roads Authority",
        by=world.staff,
        at=start,
    )
    world.body.admit(world.person("body_owner"), MemberRole.OWNER, by=None, at=start)
    for role in ("author", "approver", "acceptor"):
        world.body.admit(world.person(role), MemberRole(role), by=None, at=start)
    document = tomllib.loads((PRESETS / "civtech.toml").read_text())
    for stage in document["stages"][1:3]:
        stage["teams"] = max(teams, stage["teams"])
    pathway = Pathway.publish(key="civtech", number=1, document=document, by=world.staff, at=start)
    round_ = Round.create(name="Round 9", pathway=pathway, by=world.staff, at=start)
    db.session.flush()
    round_.open(by=world.staff, at=start)
    world.challenge = Challenge.draft(
        round=round_,
        sponsor=world.body,
        brief=Brief(name, "Roads are counted by hand.", "We do not know.", "Counts every day.", "None.", "A contract."),
        budgets={
            stage: exploration if stage.key == "exploration" else (stage.amount_pence or 0)
            for stage in round_.stages
            if stage.is_funded
        },
        by=world.author,
        at=start,
    )
    db.session.flush()
    challenge = world.challenge
    challenge.propose(by=world.author, at=start)
    db.session.flush()
    challenge.approve(by=world.approver, at=start)
    db.session.flush()
    opens, closes = at - timedelta(days=90), at - timedelta(days=60)
    challenge.publish(opens_at=opens, questions_close_at=closes, closes_at=closes, by=world.staff, at=start)
    for number in range(1, teams + 1):
        owner = world.person(f"owner{number}")
        company = Organisation.create(
            kind=OrganisationKind.COMPANY, legal_name=f"Tidewater Signals {number} Ltd", by=owner, at=opens
        )
        company.admit(world.person(f"editor{number}"), MemberRole.EDITOR, by=None, at=opens)
        company.admit(world.person(f"viewer{number}"), MemberRole.VIEWER, by=None, at=opens)
        db.session.flush()
        proposal = Proposal.start(
            challenge=challenge, organisation=company, title=f"Cables that listen {number}", by=owner, at=opens
        )
        db.session.flush()
        proposal.describe(title=proposal.title, summary="We listen to cables that are there.", by=owner, at=opens)
        for section in list(proposal.sections):
            proposal.write(key=section.key, body="Words.", by=owner, at=opens)
        proposal.submit(by=owner, at=opens)
        world.teams.append(proposal)
    opening = Opening.request(challenge=challenge, by=world.staff, at=closes)
    db.session.flush()
    opening.confirm(by=world.colleague, at=closes)
    world.decide("sift", world.teams, closes)
    world.decide("interview", world.teams, at - timedelta(days=40))
    return world


def drafted(
    world: Funded,
    team: Proposal | None = None,
    *,
    amounts: tuple[int, ...] = (200_000, 300_000),
    vat: int = 20,
    stage: str = "exploration",
    at: datetime | None = None,
) -> StageAgreement:
    """An agreement being drawn up, with a milestone of each amount in pence."""
    at = at or world.at - timedelta(days=30)
    agreement = StageAgreement.draft(
        proposal=team or world.teams[0],
        stage=world.stage(stage),
        starts_on=date(2027, 2, 1),
        ends_on=date(2027, 6, 30),
        by=world.staff,
        at=at,
    )
    for number, amount in enumerate(amounts, start=1):
        agreement.plan(
            title=f"Milestone {number}",
            success_criteria="Counts for three junctions, with method and raw data.",
            due_on=date(2027, 2, 10 + number),
            amount_pence=amount,
            vat_per_cent=vat,
            by=world.staff,
            at=at,
        )
    db.session.flush()
    return agreement


def offered(world: Funded, team: Proposal | None = None, **details: object) -> StageAgreement:
    """An agreement that waits for both sides."""
    agreement = drafted(world, team, **details)  # type: ignore[arg-type]
    agreement.offer(by=world.staff, at=agreement.drafted_at)
    db.session.flush()
    return agreement


def owner_of(world: Funded, agreement: StageAgreement) -> User:
    """The owner of the company behind an agreement."""
    return world.people[f"owner{world.teams.index(agreement.proposal) + 1}"]


def in_force(world: Funded, team: Proposal | None = None, **details: object) -> StageAgreement:
    """An agreement that both sides accepted."""
    agreement = offered(world, team, **details)
    at = agreement.offered_at + timedelta(hours=1)
    owner = owner_of(world, agreement)
    agreement.statement.list_background(
        kind=BackgroundKind.SOFTWARE, title="Signal library", owner="The company", by=owner, at=at
    )
    db.session.flush()
    agreement.statement.accept_for_company(by=owner, at=at)
    db.session.flush()
    agreement.statement.accept_for_body(by=world.approver, at=at)
    db.session.flush()
    return agreement


def accepted(world: Funded, milestone: Milestone, *, at: datetime | None = None) -> Milestone:
    """A milestone that was delivered and accepted."""
    at = at or world.at - timedelta(days=10)
    owner = owner_of(world, milestone.agreement)
    milestone.deliver(evidence="All three junctions.", link="https://example.org/counts", by=owner, at=at)
    db.session.flush()
    milestone.accept(by=world.acceptor, at=at)
    db.session.flush()
    return milestone


def proposed(world: Funded, milestone: Milestone, *, at: datetime | None = None) -> Release:
    """A release that waits for a second person."""
    release = Release.propose(
        milestone=accepted(world, milestone), by=world.staff, at=at or world.at - timedelta(days=5)
    )
    db.session.flush()
    return release


def recused(world: Funded, judge: User, proposal: Proposal, *, at: datetime | None = None) -> Assignment:
    """A judge of the stage's gate who declared a conflict of interest with the team."""
    at = at or world.at - timedelta(days=8)
    panel = Panel.convene(challenge=world.challenge, stage=world.stage(), by=world.staff, at=at)
    panel.seat(judge, by=world.staff, at=at)
    db.session.flush()
    assignment = Assignment.make(panel=panel, judge=judge, proposal=proposal, by=world.staff, at=at)
    db.session.flush()
    assignment.declare_conflict(conflict="My sister works there.", by=judge, at=at)
    db.session.flush()
    return assignment
