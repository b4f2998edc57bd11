"""The panel at the end of a funded stage: what it sees, and what its decision ends."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from civtech.core.db import db
from civtech.judging.models import Decision, Panel
from civtech.people.models import User
from tests.support.messages import fragment, wording
from tests.world import Age, World
from tests.world.kept import Worlds

SignIn = Callable[[User], FlaskClient]
ENDS = wording(
    "The stage ends for every team. Money for accepted milestones will still be paid. Milestones whose date has passed "
    "end, and their money goes back to the budget. Those with a later date stay due."
)


@pytest.fixture
def gate(app: Flask, worlds: Worlds, now: datetime) -> World:
    """A team at work in exploration, its first milestone accepted."""
    world = worlds(Age.FUNDED, teams=1)
    world.accepted(world.in_force().milestones[0])
    return world


def test_those_who_run_the_gate_read_the_work_of_the_stage(gate: World, signed_in: SignIn) -> None:
    Panel.convene(challenge=gate.challenge, stage=gate.stage(), by=gate.staff, at=gate.at)
    db.session.commit()
    for who in (gate.staff, gate.auditor):
        page = signed_in(who).get(f"/challenges/{gate.challenge.slug}/panels/exploration").text
        assert wording("Work by %(company)s in this stage", company="Tidewater Signals Ltd") in page
        assert "All three junctions." in page


def test_a_selection_step_has_no_work_to_show(gate: World, signed_in: SignIn) -> None:
    page = signed_in(gate.staff).get(f"/challenges/{gate.challenge.slug}/panels/sift").text
    assert "Panel:" in page
    assert fragment("in this stage") not in page


def test_releasing_the_decision_of_a_gate_says_that_the_stage_ends(
    gate: World, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Decision, "release", lambda *_args, **_named: None)
        decision = gate.decide("exploration", gate.proposals, gate.at)
    db.session.commit()
    page = signed_in(gate.staff).get(f"/decisions/{decision.reference}").text
    assert fragment("You cannot undo this.") in page
    assert ENDS in page


def test_releasing_the_decision_of_a_selection_step_ends_no_stage(world: World, signed_in: SignIn) -> None:
    world.convene()
    world.score_all(dict.fromkeys(world.proposals, 5))
    decision = world.decided(world.proposals, release=False)
    decision.approve(by=world.colleague, at=world.at)
    db.session.commit()
    page = signed_in(world.staff).get(f"/decisions/{decision.reference}").text
    assert fragment("You cannot undo this.") in page
    assert ENDS not in page
