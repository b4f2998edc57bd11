"""What the audit log tells of a decision before its release: that it was made, not what it says."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from civtech.core.db import db
from civtech.judging.models import Decision
from civtech.oversight.models import AuditEntry
from civtech.people.models import ProgrammeRole, User
from civtech.roles.models import RoleGrant
from tests.world import World

SignIn = Callable[[User], FlaskClient]


@pytest.fixture
def decision(world: World) -> Decision:
    """Approved, not released: two of three go on. A colleague of the staff sits on the panel and is recused."""
    third = world.person("third")
    world.convene(judges=[*world.judges, third])
    for assignment in world.assigned():
        if assignment.judge is third:
            assignment.declare_conflict(conflict="My brother works there.", by=third, at=world.at)
        else:
            world.score(assignment, 4)
    decision = world.decided(world.proposals[:2], release=False)
    decision.approve(by=world.colleague, at=world.at)
    db.session.commit()
    return decision


def facts_since(number: int) -> dict[str, str]:
    """The facts of the entries of judging since this one, by event, as text."""
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.sequence > number)).all()
    return {entry.event: str(dict(entry.facts)) for entry in entries}


def test_nothing_that_is_written_before_the_release_tells_who_goes_on(world: World, decision: Decision) -> None:
    told = facts_since(0)
    assert {"DecisionProposed", "DecisionApproved"} <= set(told)
    silent = {"DecisionProposed", "DecisionApproved", "ScoresSaved", "ScorecardLocked"}
    words = [*(proposal.reference for proposal in world.proposals), "rank", "total", "points", "goes_on", "declined"]
    assert [name for name in silent if any(word in told[name] for word in words)] == []
    assert told["DecisionProposed"] == str({"panel": world.panel.reference})


def test_a_recused_member_of_staff_cannot_read_the_outcome_in_the_audit_log(
    world: World, decision: Decision, signed_in: SignIn
) -> None:
    recused = world.third
    RoleGrant.by_operator(recused, ProgrammeRole.STAFF, at=world.at)
    client = signed_in(recused)
    numbers = db.session.scalars(select(AuditEntry.sequence).where(AuditEntry.subject == decision.reference)).all()
    assert len(numbers) == 2
    for number in numbers:
        page = client.get(f"/audit/{number}")
        assert page.status_code == 200
        assert [proposal.reference for proposal in world.proposals if proposal.reference in page.text] == []


def test_the_release_is_on_record_with_who_went_on_and_who_did_not(world: World, decision: Decision) -> None:
    decision.release(by=world.staff, at=world.at)
    db.session.commit()
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.event == "OutcomesReleased")).one()
    first, second, third = world.proposals
    assert entry.facts == {
        "challenge": world.challenge.reference,
        "stage": "sift",
        "goes_on": sorted([first.reference, second.reference]),
        "declined": [third.reference],
        "follows_the_ranking": decision.departure is None,
    }
