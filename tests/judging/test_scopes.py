"""Decisions, openings and publications by staff of one challenge, of its round, or of another; by plain SQL."""

from datetime import timedelta

import pytest

from civtech.core.db import db
from civtech.people.models import ProgrammeRole, Scope, ScopeKind, User
from civtech.programmes.models import Round
from civtech.roles.models import RoleGrant
from tests.support.messages import fragment, wording
from tests.support.sql import done, refused
from tests.world import Age, World, build
from tests.world.kept import Worlds

pytestmark = pytest.mark.both_databases("guards")


def scopes(challenge, by: User, at) -> dict[str, Scope]:
    other = Round.create(name="Round A", pathway=challenge.round.pathway, currency="GBP", by=by, at=at)
    db.session.flush()
    return {
        "challenge": Scope(ScopeKind.CHALLENGE, challenge.reference),
        "round": Scope(ScopeKind.ROUND, challenge.round.reference),
        "other": Scope(ScopeKind.ROUND, other.reference),
    }


def staff_of(person: User, scope: Scope, at) -> User:
    RoleGrant.by_operator(person, ProgrammeRole.STAFF, at=at, scope=scope)
    db.session.flush()
    return person


def expect(message: str, where: str, sql: str, **values: object) -> None:
    """The database lets staff of the challenge and of its round, and refuses those of another."""
    if where == "other":
        assert message in refused(sql, **values)
    else:
        done(sql, **values)


WHERE = pytest.mark.parametrize("where", ["challenge", "round", "other"])


@WHERE
def test_a_decision_is_proposed_and_approved_by_staff_of_its_challenge(world: World, where: str) -> None:
    world.convene()
    world.score_all(dict.fromkeys(world.proposals, 3))
    decision = world.decided(world.proposals[:1], release=False)
    scope = scopes(world.challenge, world.staff, world.at)[where]
    somebody = staff_of(world.stranger, scope, world.at - timedelta(days=2))
    approve = "UPDATE decision SET state = 'approved', approved_at = proposed_at, approved_by_id = :who"
    expect(wording("Only programme staff can approve a decision."), where, approve, who=somebody.id)
    if where == "other":
        decision.send_back(message="Again.", by=world.colleague, at=world.at)
    propose = (
        "INSERT INTO decision (reference, panel_id, state, reason, proposed_at, proposed_by_id, version) "
        "SELECT 'D-FORGED', panel_id, 'proposed', 'x', proposed_at, :who, 1 FROM decision"
    )
    said = refused(propose, who=somebody.id)
    assert (fragment("Only programme staff can propose") in said) == (where == "other")


@WHERE
def test_an_opening_is_requested_and_confirmed_by_staff_of_its_challenge(app, now, where: str) -> None:
    scene = build(Age.PUBLISHED, now - timedelta(days=10, hours=1))
    scene.submitted()
    scope = scopes(scene.challenge, scene.staff, now)[where]
    one, two = (staff_of(scene.person(key), scope, scene.at) for key in ("one", "two"))
    request = (
        "INSERT INTO opening (reference, challenge_id, state, requested_at, requested_by_id, version) "
        "SELECT 'N-FORGED', id, 'requested', closes_at, :who, 1 FROM challenge"
    )
    expect(wording("Only programme staff can open proposals."), where, request, who=one.id)
    if where == "other":
        done(request, who=scene.staff.id)
    confirm = "UPDATE opening SET state = 'opened', opened_at = requested_at, confirmed_by_id = :who"
    expect(wording("Only programme staff can open proposals."), where, confirm, who=two.id)


@WHERE
def test_a_challenge_is_published_by_staff_of_it_or_of_its_round(worlds: Worlds, app, now, where: str) -> None:
    sponsor = worlds(Age.PREPARED)
    challenge = sponsor.approved()
    somebody = staff_of(sponsor.stranger, scopes(challenge, sponsor.staff, now)[where], now - timedelta(days=25))
    publish = (
        "UPDATE challenge SET state = 'published', published_at = approved_at, published_by_id = :who, "
        "opens_at = drafted_at, questions_close_at = approved_at, closes_at = approved_at WHERE id = :id"
    )
    expect(
        fragment("Only programme staff who have not acted for the public body"),
        where,
        publish,
        who=somebody.id,
        id=challenge.id,
    )
