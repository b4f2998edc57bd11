"""A role counts where and while it was granted, and three ways of asking give one answer: Python, queries, guards."""

from datetime import datetime, timedelta
from itertools import product

import pytest
from flask import Flask
from sqlalchemy import bindparam, select, text

from civtech.challenges.models import Challenge
from civtech.challenges.queries import is_within, within
from civtech.core import clock
from civtech.core.db import UtcDateTime, db
from civtech.people.models import EVERYWHERE, ProgrammeRole, Scope, ScopeKind, User, Visitor
from civtech.people.models.guards import holds_role
from civtech.programmes.models import Round
from civtech.programmes.queries import within as rounds_within
from civtech.roles.models import GrantPhase, GrantState, RoleGrant
from civtech.roles.models.role_grant import in_force
from tests.factories.people import UserFactory
from tests.factories.programmes import RoundFactory
from tests.world import Age
from tests.world.kept import Worlds

pytestmark = pytest.mark.both_databases("types")

INSTANTS = [timedelta(days=days) for days in range(-3, 4)]
EDGE = timedelta(microseconds=1)


@pytest.fixture
def holder(app: Flask, now: datetime) -> User:
    return UserFactory(name="Holly Holder", at=now - timedelta(days=30))


def counts_by_guard(holder: User, at: datetime) -> bool:
    """What a guard says whose row is written by `holder` at `at`."""
    asked = text(f"SELECT {holds_role(str(holder.id), 'staff', at=':at')}")
    return bool(db.session.scalar(asked.bindparams(bindparam("at", at, UtcDateTime()))))


def counts_by_query(at: datetime) -> bool:
    return db.session.scalar(select(RoleGrant.id).where(in_force(at))) is not None


def counts_in_python(holder: User, at: datetime) -> bool:
    with clock.at(at):
        return holder.is_staff


@pytest.mark.parametrize("ends", [None, 1, 2])
@pytest.mark.parametrize("ended", [False, True])
def test_it_counts_from_its_start_until_it_runs_out_or_is_ended(
    holder: User, now: datetime, ends: int | None, ended: bool
) -> None:
    ends_at = now + timedelta(days=ends) if ends else None
    granted = RoleGrant.by_operator(
        holder, ProgrammeRole.STAFF, at=now - timedelta(days=2), starts_at=now, ends_at=ends_at
    )
    db.session.commit()
    if ended:
        granted.end(by=None, at=now)
        db.session.commit()
    for moment, edge in product(INSTANTS, (-EDGE, timedelta(0), EDGE)):
        at = now + moment + edge
        expected = not ended and now <= at and (ends_at is None or at < ends_at)
        answers = counts_in_python(holder, at), counts_by_query(at), counts_by_guard(holder, at)
        assert answers == (expected,) * 3, at


def test_what_was_not_approved_counts_never_and_what_was_approved_late_from_then_on(
    holder: User, now: datetime
) -> None:
    asker, approver = (UserFactory(name=name, administrator=True, at=now) for name in ("Ann Asker", "Ben Approver"))
    late = now + timedelta(days=2)
    asked = RoleGrant.ask(
        holder, ProgrammeRole.STAFF, EVERYWHERE, starts_at=now, ends_at=None, reason="Needed.", by=asker, at=now
    )
    db.session.commit()
    there = RoleGrant.role == ProgrammeRole.STAFF
    for moment in INSTANTS:
        at = now + moment
        found = db.session.scalar(select(RoleGrant.id).where(there, in_force(at)))
        assert (counts_in_python(holder, at), found, counts_by_guard(holder, at)) == (False, None, False)
    assert asked.phase(now) is GrantPhase.WAITING
    asked.approve(by=approver, at=late)
    db.session.commit()
    for moment in INSTANTS:
        at = now + moment
        found = db.session.scalar(select(RoleGrant.id).where(there, in_force(at))) is not None
        assert (counts_in_python(holder, at), found, counts_by_guard(holder, at)) == (at >= late,) * 3
    assert [asked.phase(at) for at in (now, late)] == [GrantPhase.COMING, GrantPhase.IN_FORCE]


def test_a_role_counts_for_what_it_was_granted_for_and_for_what_belongs_to_it(
    app: Flask, worlds: Worlds, now: datetime
) -> None:
    world = worlds(Age.PREPARED)
    here, there = world.drafted(), world.drafted(question="How can we count otters?")
    other = RoundFactory(by=world.staff, at=now, name="Round B")
    db.session.flush()
    scopes = {
        "everywhere": EVERYWHERE,
        "this round": Scope(ScopeKind.ROUND, world.round.reference),
        "the other round": Scope(ScopeKind.ROUND, other.reference),
        "this challenge": Scope(ScopeKind.CHALLENGE, here.reference),
        "a challenge with the round’s reference": Scope(ScopeKind.CHALLENGE, there.reference),
    }
    things = {"here": here, "there": there, "round": world.round, "other": other}
    expected = {
        "everywhere": {"here", "there", "round", "other"},
        "this round": {"here", "there", "round"},
        "the other round": {"other"},
        "this challenge": {"here"},
        "a challenge with the round’s reference": {"there"},
    }
    for name, scope in scopes.items():
        somebody = UserFactory(name=f"For {name.split(' with')[0]}", at=now)
        RoleGrant.by_operator(somebody, ProgrammeRole.STAFF, at=now, scope=scope)
        db.session.flush()
        with clock.at(now):
            reach = somebody.reach(ProgrammeRole.STAFF)
            assert {key for key, thing in things.items() if somebody.is_staff_of(thing)} == expected[name]
            assert {key for key, thing in things.items() if somebody.has_for(thing, ProgrammeRole.AUDITOR)} == set()
            assert somebody.is_staff == (name == "everywhere")
        challenges = set(db.session.scalars(select(Challenge.id).where(within(reach))))
        rounds = set(db.session.scalars(select(Round.id).where(rounds_within(reach))))
        assert challenges == {thing.id for key in expected[name] if isinstance(thing := things[key], Challenge)}
        assert challenges == set(db.session.scalars(select(Challenge.id).where(is_within(reach, Challenge.id))))
        assert rounds == {thing.id for key in expected[name] if isinstance(thing := things[key], Round)}


def test_nobody_without_a_role_reaches_anything(app: Flask, worlds: Worlds, now: datetime) -> None:
    worlds(Age.PREPARED).drafted()
    for somebody in (Visitor(), UserFactory(name="Nora Nobody", at=now)):
        reach = somebody.reach(*ProgrammeRole)
        assert not reach
        assert db.session.scalars(select(Challenge.id).where(within(reach))).all() == []
        assert db.session.scalars(select(Challenge.id).where(is_within(reach, Challenge.id))).all() == []
        assert db.session.scalars(select(Round.id).where(rounds_within(reach))).all() == []


def test_every_state_has_a_face_at_every_instant(holder: User, now: datetime) -> None:
    granted = RoleGrant.by_operator(holder, ProgrammeRole.STAFF, at=now, ends_at=now + timedelta(days=1))
    db.session.flush()
    for state, at in product(GrantState, (now, now + timedelta(days=2))):
        granted.state = state
        assert granted.phase(at).label.message
    db.session.rollback()
