"""People join, leave, change roles and act in any order; no sequence lets anyone do what separation forbids."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import BigInteger, Integer, String, select
from sqlalchemy.exc import IntegrityError

from civtech.challenges.models import ABOUT_JUDGES, known
from civtech.challenges.models.involvement import involvement
from civtech.core import clock
from civtech.core.db import Model, db
from civtech.core.errors import RuleViolation
from civtech.judging import policy as judging_policy
from civtech.judging import queries as judging
from civtech.judging.judged_stage import ConvenedStage
from civtech.judging.models import Assignment, AssignmentState, Decision, Panel, Seat, Verdict, settle
from civtech.organisations.models import Invitation, MemberRole, Membership, Organisation
from civtech.people.models import ProgrammeRole, User
from civtech.proposals import policy as proposals_policy
from civtech.proposals import queries as proposals
from civtech.proposals.models import Opening, OpeningState, Proposal, ProposalState
from civtech.roles.models import RoleGrant
from tests.factories.judging import marks
from tests.factories.proposals import ProposalFactory
from tests.factories.verbs import DAY
from tests.world import Age, World
from tests.world.kept import Worlds

PEOPLE = (
    *("staff", "colleague", "opener", "decider", "head", "stranger", "adviser"),
    *("company_owner", "company_editor", "rival_owner"),
)
TEAMS = ("company", "rival")
ROLES = (ProgrammeRole.STAFF, ProgrammeRole.AUDITOR, ProgrammeRole.SECRETARY, ProgrammeRole.JUDGE)
READS_EARLY = ("staff", "auditor")
OTHER_SIDE = {"sponsor", "programme", "opening", "panel", "decision"}
"""What the rules say, written here a second time: whoever has one of these ties cannot answer the challenge."""

people = st.sampled_from(PEOPLE)
officials = st.sampled_from(("opener", "decider", *PEOPLE))
judges = st.sampled_from(("stranger", "adviser", *PEOPLE))
teams = st.sampled_from(TEAMS)
reason = "Told and considered."


@dataclass(frozen=True)
class Held:
    """Someone's role in an organisation or in the programme, as the machine remembers it."""

    person: str
    what: str
    since: datetime
    until: datetime | None = None

    def reaches(self, at: datetime) -> bool:
        return self.until is None or self.until >= at


class Separation(RuleBasedStateMachine):
    """Keeps its own history of who did what, and compares every answer of the product with it."""

    world: World
    at: datetime
    succeeded: Counter[str]

    @initialize(early=st.lists(st.tuples(people, st.sampled_from(ROLES)), max_size=2), depth=st.integers(0, 5))
    def begin(self, early: list[tuple[str, ProgrammeRole]], depth: int) -> None:
        db.session.rollback()
        self.outer = db.session.begin_nested()
        world = self.world
        self.now = self.at
        self.ids = {key: world.people[key].id for key in PEOPLE}
        self.members = [
            Held(key, place, membership.since)
            for place in (*TEAMS, "body")
            for key in PEOPLE
            for membership in db.session.scalars(
                select(Membership).where(
                    Membership.user_id == self.ids[key], Membership.organisation_id == world.organisations[place].id
                )
            )
        ]
        self.grants = [
            Held(key, grant.role.value, grant.starts_at)
            for key in PEOPLE
            for grant in db.session.scalars(select(RoleGrant).where(RoleGrant.user_id == self.ids[key]))
        ]
        self.started: dict[str, datetime] = {}
        self.did: set[tuple[str, str]] = set()
        challenge = world.approved()
        self.drafted = challenge.drafted_at
        for who, role in early:
            self._grant(who, role)
        self.published = self.tick()
        challenge.publish(
            opens_at=self.now,
            questions_close_at=self.now + 4 * DAY,
            closes_at=self.now + 5 * DAY,
            by=world.staff,
            at=self.now,
        )
        db.session.flush()
        self.challenge = challenge
        self.panel = Panel.convene(challenge=challenge, stage=self.world.stage("sift"), by=world.staff, at=self.tick())
        db.session.flush()

        for who in ("opener", "decider"):
            self._grant(who, ProgrammeRole.STAFF)
        self._advance(depth)

    def _advance(self, depth: int) -> None:
        """Begin a play late, so that enough of them get as far as decisions."""
        steps: tuple[tuple[Callable[..., None], Sequence[object]], ...] = (
            (self.answer, ("company_owner", "company", False)),
            (self.pass_the_deadline, ()),
            (self.open_proposals, ("opener", False)),
            (self.open_proposals, ("colleague", False)),
            (self.seat, ("stranger", "staff", False)),
            (self.seat, ("adviser", "staff", False)),
            (self.seat, ("head", "staff", False)),
            (self.judge_everything, ("staff", 2)),
            (self.decide, ("decider", False)),
        )
        for act, given in steps[: (0, 1, 2, 5, 8, 9)[depth]]:
            act(*given)

    # ---- What the machine knows ----

    def tick(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def ties(self, who: str) -> set[str]:
        """How `who` is tied to the challenge, by the machine's own history."""
        ties = {tie for person, tie in self.did if person == who}
        own = [held for held in self.members if held.person == who]
        if any(held.what == "body" and held.reaches(self.drafted) for held in own):
            ties.add("sponsor")
        if any(held.what in self.started and held.reaches(self.started[held.what]) for held in own):
            ties.add("team")
        early = [grant for grant in self.grants if grant.person == who and grant.what in READS_EARLY]
        if any(grant.since <= self.published and grant.reaches(self.drafted) for grant in early):
            ties.add("programme")
        return ties

    def is_on_the_other_side(self, who: str) -> bool:
        return bool(self.ties(who) & OTHER_SIDE)

    def holds(self, who: str, place: str) -> bool:
        return any(held.person == who and held.what == place and held.until is None for held in self.members)

    # ---- Trying things ----

    def person(self, who: str) -> User:
        return db.session.get_one(User, self.ids[who])

    def attempt(self, act: Callable[[datetime], object]) -> bool:
        """Whether it was done; what is refused leaves no trace."""
        at = self.tick()
        inner = db.session.begin_nested()
        try:
            with clock.at(at):
                act(at)
                db.session.flush()
        except (RuleViolation, IntegrityError, Forbidden):
            inner.rollback()
            done = False
        else:
            inner.commit()
            done = True
            how = act.func if isinstance(act, partial) else act
            self.succeeded[how.__qualname__.removeprefix("Separation.").replace(".<locals>", "")] += 1
        db.session.expire_all()
        return done

    def insert(self, noun: type[Model], **values: object) -> None:
        """A row by plain SQL, with something in every column that needs it."""
        for column in noun.__table__.columns:
            if column.nullable or column.primary_key or column.name in values:
                continue
            if isinstance(column.type, String):
                values[column.name] = f"x{self.now.timestamp()}" if column.unique else "x"
            elif isinstance(column.type, Integer | BigInteger):
                values[column.name] = 1
        db.session.execute(noun.__table__.insert(), values)

    # ---- Organisations and roles ----

    @rule(who=people, team=st.sampled_from((*TEAMS, "body")), sql=st.booleans())
    def join(self, who: str, team: str, sql: bool) -> None:
        if self.holds(who, team):
            return
        organisation = self.world.organisations[team]
        role = MemberRole.AUTHOR if team == "body" else MemberRole.EDITOR

        def invite(at: datetime) -> None:
            owner = self.world.people[{"body": "head"}.get(team, f"{team}_owner")]
            invitation = Invitation.send(organisation, self.person(who).email, role, by=owner, at=at)
            db.session.flush()
            invitation.accept(by=self.person(who), at=at)

        def write(at: datetime) -> None:
            self.insert(Membership, user_id=self.ids[who], organisation_id=organisation.id, role=role, since=at)

        forbidden = team in self.started and self.is_on_the_other_side(who)
        if self.attempt(write if sql else invite):
            assert not forbidden, f"{who} joined {team}: {self.ties(who)}"
            self.members.append(Held(who, team, self.now))

    @rule(who=people, team=st.sampled_from((*TEAMS, "body")), sql=st.booleans())
    def leave(self, who: str, team: str, sql: bool) -> None:
        if not self.holds(who, team):
            return
        mine = select(Membership).where(
            Membership.user_id == self.ids[who],
            Membership.organisation_id == self.world.organisations[team].id,
            Membership.until.is_(None),
        )

        def end(at: datetime) -> None:
            organisation = db.session.get_one(Organisation, self.world.organisations[team].id)
            organisation.end(db.session.scalars(mine).one(), by=self.person(who), at=at)

        def write(at: datetime) -> None:
            row = db.session.scalars(mine).one().id
            db.session.execute(Membership.__table__.update().where(Membership.id == row).values(until=at))

        if self.attempt(write if sql else end):
            self.members = [
                replace(held, until=self.now) if (held.person, held.what, held.until) == (who, team, None) else held
                for held in self.members
            ]

    def _grant(self, who: str, role: ProgrammeRole) -> None:
        if self.attempt(lambda at: RoleGrant.by_operator(self.person(who), role, at=at)):
            self.grants.append(Held(who, role.value, self.now))

    @rule(who=people, role=st.sampled_from(ROLES))
    def grant(self, who: str, role: ProgrammeRole) -> None:
        self._grant(who, role)

    @rule(who=people, role=st.sampled_from(ROLES))
    def end_grant(self, who: str, role: ProgrammeRole) -> None:
        held = next((one for one in self.grants if (one.person, one.what, one.until) == (who, role.value, None)), None)
        if held is None:
            return

        def end(at: datetime) -> None:
            mine = select(RoleGrant).where(
                RoleGrant.user_id == self.ids[who], RoleGrant.role == role, RoleGrant.ended_at.is_(None)
            )
            db.session.scalars(mine).one().end(by=None, at=at)

        if self.attempt(end):
            self.grants = [replace(one, until=self.now) if one is held else one for one in self.grants]

    # ---- Answering ----

    @rule(who=people, team=teams, sql=st.booleans())
    def answer(self, who: str, team: str, sql: bool) -> None:
        if team in self.started:
            return
        organisation = self.world.organisations[team]

        def start(at: datetime) -> None:
            actor = self.person(who)
            allow(proposals_policy.start(actor, self.challenge) and actor.acts_for(organisation.id))
            ProposalFactory(challenge=self.challenge, organisation=organisation, by=actor, at=at, submitted=True)

        def write(at: datetime) -> None:
            self.insert(
                Proposal,
                challenge_id=self.challenge.id,
                organisation_id=organisation.id,
                state=ProposalState.DRAFT,
                started_at=at,
                started_by_id=self.ids[who],
            )

        colleagues = [key for key in PEOPLE if self.holds(key, team)]
        forbidden = [key for key in {who, *colleagues} if self.is_on_the_other_side(key)]
        if self.attempt(write if sql else start):
            assert not forbidden, f"{team} answered with {forbidden}"
            self.started[team] = self.now

    # ---- Opening, judging and deciding ----

    @rule()
    def pass_the_deadline(self) -> None:
        self.now = max(self.now, self.challenge.closes_at)

    def acted(self, who: str, tie: str, act: Callable[[datetime], object], kept_out: set[str]) -> None:
        """`who` tries something that people with a tie in `kept_out` cannot do. It ties them to the challenge."""
        before = self.ties(who)
        if self.attempt(act):
            assert not before & kept_out, f"{who}, who is {before}, did what ties as {tie}"
            self.did.add((who, tie))

    @rule(who=officials, sql=st.booleans())
    def open_proposals(self, who: str, sql: bool) -> None:
        found = db.session.scalars(select(Opening).where(Opening.challenge_id == self.challenge.id)).one_or_none()

        def request(at: datetime) -> None:
            allow(proposals_policy.open_received(self.person(who), self.challenge))
            if found is None:
                Opening.request(challenge=self.challenge, by=self.person(who), at=at)
            else:
                found.confirm(by=self.person(who), at=at)

        def write(at: datetime) -> None:
            if found is None:
                self.insert(
                    Opening,
                    challenge_id=self.challenge.id,
                    state=OpeningState.REQUESTED,
                    requested_at=at,
                    requested_by_id=self.ids[who],
                )
            else:
                opened = {"state": OpeningState.OPENED, "opened_at": at, "confirmed_by_id": self.ids[who]}
                db.session.execute(Opening.__table__.update().where(Opening.id == found.id).values(opened))

        self.acted(who, "opening", write if sql else request, {"team"})

    @rule(who=judges, by=st.sampled_from(("staff", "colleague")), sql=st.booleans())
    def seat(self, who: str, by: str, sql: bool) -> None:
        judge = self.ids[who]

        def add(at: datetime) -> None:
            allow(judging_policy.run_panel(self.person(by), self.judged()))
            self.panel.seat(self.person(who), by=self.person(by), at=at, because=reason)

        def write(at: datetime) -> None:
            self.insert(Seat, panel_id=self.panel.id, judge_id=judge, since=at)

        self.acted(who, "panel", write if sql else add, {"team"})

    def judged(self) -> ConvenedStage:
        return ConvenedStage(self.challenge, self.panel.stage, self.panel)

    @rule(by=st.sampled_from(("staff", "colleague")), scoring=st.integers(0, 3))
    def judge_everything(self, by: str, scoring: int) -> None:
        """Everyone on the panel gets every proposal. The first ones, `scoring` of them, also declare and score."""
        for place, seat in enumerate(list(self.panel.seats)):
            who = next(key for key, identity in self.ids.items() if identity == seat.judge_id)
            for proposal in db.session.scalars(judging.candidates(self.panel)).unique().all():
                self.attempt(partial(self._assign, who, by, proposal.id))
                if place < scoring and self.attempt(partial(self._score, who, proposal.id)):
                    assert "team" not in self.ties(who)

    def _assign(self, who: str, by: str, proposal: int, at: datetime) -> None:
        allow(judging_policy.run_panel(self.person(by), self.judged()))
        what = db.session.get_one(Proposal, proposal)
        about = known([self.ids[who]], self.challenge.id, ABOUT_JUDGES)
        settle(self.panel, about, because=reason, by=self.person(by), at=at)
        Assignment.make(panel=self.panel, judge=self.person(who), proposal=what, by=self.person(by), at=at)

    def _assignment(self, who: str, proposal: int) -> Assignment | None:
        own = select(Assignment).where(Assignment.judge_id == self.ids[who], Assignment.proposal_id == proposal)
        return db.session.scalars(own).one_or_none()

    def _score(self, who: str, proposal: int, at: datetime) -> None:
        own = self._assignment(who, proposal)
        allow(own is not None and judging_policy.judge(self.person(who), own))
        assert own is not None
        if own.state is AssignmentState.ASSIGNED:
            own.declare_clear(by=self.person(who), at=at)
        own.save(marks=marks(own, 4, "Sound."), by=self.person(who), at=at)
        db.session.flush()
        own.lock(by=self.person(who), at=at)

    @rule(place=st.integers(0, 3))
    def declare_a_conflict(self, place: int) -> None:
        unlocked = Assignment.state.in_((AssignmentState.ASSIGNED, AssignmentState.CLEAR))
        waiting = db.session.scalars(select(Assignment).where(unlocked).order_by(Assignment.id)).all()
        if not waiting:
            return
        own = waiting[place % len(waiting)]
        who = next(key for key, identity in self.ids.items() if identity == own.judge_id)

        def declare(at: datetime) -> None:
            own.declare_conflict(conflict="x", by=self.person(who), at=at)

        self.acted(who, "recused", declare, set())

    @rule(who=officials, sql=st.booleans())
    def decide(self, who: str, sql: bool) -> None:
        live = db.session.scalars(select(Decision).where(Decision.panel_id == self.panel.id)).one_or_none()

        def decide(at: datetime) -> None:
            actor = self.person(who)
            if live is not None:
                allow(judging_policy.settle_decision(actor, live))
                live.approve(by=actor, at=at, because=reason)
                return
            allow(judging_policy.propose_decision(actor, self.panel))
            given = enumerate(db.session.scalars(judging.candidates(self.panel)).unique(), start=1)
            verdicts = [Verdict(one, place, 8000, goes_on=True, feedback="x", passes=True) for place, one in given]
            Decision.propose(panel=self.panel, verdicts=verdicts, reason="x", by=actor, at=at, because=reason)

        def write(at: datetime) -> None:
            if live is None:
                self.insert(
                    Decision, panel_id=self.panel.id, state="proposed", proposed_at=at, proposed_by_id=self.ids[who]
                )
            else:
                approved = {"state": "approved", "approved_at": at, "approved_by_id": self.ids[who]}
                db.session.execute(Decision.__table__.update().where(Decision.id == live.id).values(approved))

        self.acted(who, "decision", write if sql else decide, {"team", "recused"})

    # ---- Changing sides ----

    @rule(place=st.integers(0, 7), team=teams, sql=st.booleans())
    def come_from_the_other_side(self, place: int, team: str, sql: bool) -> None:
        """Someone with one tie tries to answer, alone or with a team: so each tie has to be enough."""
        if waiting := [key for key in PEOPLE if len(self.ties(key) & OTHER_SIDE) == 1]:
            who = waiting[place % len(waiting)]
            for role in ROLES:
                self.end_grant(who, role)
            self.answer(who, team, sql)
            self.join(who, team, sql)
            self.answer(f"{team}_owner", team, sql)

    @rule(place=st.integers(0, 7), sql=st.booleans())
    def leave_a_team(self, place: int, sql: bool) -> None:
        """Someone of a team leaves it and tries to judge, open and decide."""
        if waiting := [key for key in PEOPLE if "team" in self.ties(key)]:
            who = waiting[place % len(waiting)]
            for team in TEAMS:
                self.leave(who, team, sql)
            self.grant(who, ProgrammeRole.STAFF)
            self.seat(who, "staff", sql)
            self.open_proposals(who, sql)
            self.decide(who, sql)

    # ---- What must be true whatever happened ----

    @invariant()
    def the_product_knows_the_same_ties(self) -> None:
        rows = db.session.execute(
            select(involvement.c.person_id, involvement.c.tie).where(
                involvement.c.challenge_id == self.challenge.id, involvement.c.person_id.in_(self.ids.values())
            )
        ).all()
        names = {identity: key for key, identity in self.ids.items()}
        assert {(names[row.person_id], row.tie) for row in rows} == {
            (key, tie) for key in PEOPLE for tie in self.ties(key)
        }

    @invariant()
    def no_one_is_on_both_sides(self) -> None:
        for key in PEOPLE:
            assert not {"team"} <= self.ties(key) or not self.ties(key) & {"opening", "panel", "decision"}

    @invariant()
    def teams_read_nothing_of_their_rivals_and_decide_nothing(self) -> None:
        mine = [key for key in PEOPLE if "team" in self.ties(key)]
        with clock.at(self.now):
            for actor, key in [(self.person(key), key) for key in mine]:
                read = db.session.scalars(proposals.visible_to(actor)).unique().all()
                own = {self.world.organisations[team].id for team in TEAMS if self.holds(key, team)}
                assert {one.organisation_id for one in read} <= own
                assert db.session.scalars(judging.visible_to(actor)).unique().all() == []
                assert db.session.scalars(judging.decisions_visible_to(actor)).unique().all() == []
                assert not proposals_policy.open_received(actor, self.challenge)
                assert not judging_policy.run_panel(actor, self.judged())
                assert not judging_policy.propose_decision(actor, self.panel)

    def teardown(self) -> None:
        if hasattr(self, "outer"):
            db.session.rollback()


class Forbidden(Exception):
    """A policy says no."""


def allow(yes: bool) -> None:
    """What the gate does before a verb."""
    if not yes:
        raise Forbidden


@pytest.fixture
def stage(worlds: Worlds) -> World:
    """The world that each play begins in."""
    world = worlds(Age.PREPARED)
    world.teams(2)
    for key in ("opener", "decider", "adviser"):
        world.person(key)
    db.session.commit()
    return world


def machine_in(world: World, now: datetime) -> tuple[Any, Counter[str]]:
    succeeded: Counter[str] = Counter()
    return type("Machine", (Separation,), {"world": world, "at": now, "succeeded": succeeded}), succeeded


@pytest.mark.both_databases("guards")
@pytest.mark.parametrize("sql", [False, True], ids=["by verb", "by SQL"])
def test_every_act_of_a_play_gets_there(stage: World, now: datetime, sql: bool) -> None:
    machine, succeeded = machine_in(stage, now)
    play = machine()
    play.begin(early=[], depth=0)
    play.grant("stranger", ProgrammeRole.JUDGE)
    play.end_grant("stranger", ProgrammeRole.JUDGE)
    play.join("stranger", "company", sql)
    play.leave("stranger", "company", sql)
    play.answer("company_owner", "company", sql)
    play.answer("rival_owner", "rival", False)
    play.pass_the_deadline()
    play.open_proposals("opener", sql)
    play.open_proposals("colleague", sql)
    play.seat("stranger", "staff", sql)
    play.seat("adviser", "staff", False)
    play.seat("head", "staff", False)
    play.judge_everything("staff", 2)
    play.declare_a_conflict(0)
    play.declare_a_conflict(0)
    play.decide("decider", sql)
    play.teardown()
    by_sql = {"answer.write", "join.write", "leave.write", "open_proposals.write", "seat.write", "decide.write"}
    by_verb = {"answer.start", "join.invite", "leave.end", "open_proposals.request", "seat.add", "decide.decide"}
    always = {"_grant.<lambda>", "end_grant.end", "_assign", "_score", "declare_a_conflict.declare"}
    assert (by_sql if sql else by_verb) | always <= set(succeeded)


@pytest.mark.both_databases("guards")
@pytest.mark.takes(30, "Thirty plays of forty acts each, by ten people, compared with another history after each.")
def test_no_order_of_joining_leaving_and_acting_breaks_separation(stage: World, app: object, now: datetime) -> None:
    machine, succeeded = machine_in(stage, now)
    run_state_machine_as_test(machine, settings=settings(max_examples=30, stateful_step_count=40, database=None))
    assert len(succeeded) > 8, "Plays that never get anywhere prove nothing."
