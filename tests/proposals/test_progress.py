"""Where a team's proposals stand: in its list, on its home, and on the proposal's own page."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from civtech.core import clock
from civtech.core.db import db
from civtech.organisations.models import MemberRole
from civtech.people.models import User
from civtech.proposals.models import Opening
from tests.support.messages import fragment, wording
from tests.world import Age, World
from tests.world.kept import Worlds

SignIn = Callable[[User], FlaskClient]
PLACES = ("/proposals", "/home")


@pytest.fixture
def world(worlds: Worlds, app, now) -> World:
    return worlds(Age.RECEIVED)


def everywhere(client: FlaskClient, proposal, words: str) -> bool:
    """Whether list, home and the proposal's page all say it."""
    return all(words in client.get(place).text for place in (*PLACES, f"/proposals/{proposal.reference}"))


def nowhere(client: FlaskClient, proposal, words: str) -> bool:
    return not any(words in client.get(place).text for place in (*PLACES, f"/proposals/{proposal.reference}"))


def test_what_was_received_is_sealed_until_two_people_open_it_and_judged_only_then(
    worlds: Worlds, now, signed_in: SignIn
):
    world = worlds(Age.PUBLISHED)
    proposal = world.submitted()
    team = signed_in(world.company_owner)
    with clock.at(world.closes_at):
        assert everywhere(team, proposal, wording("Received and sealed until two members of staff open it"))
        opening = Opening.request(challenge=world.challenge, by=world.staff, at=world.closes_at)
        db.session.commit()
        assert everywhere(team, proposal, wording("Received and sealed until two members of staff open it"))
        assert nowhere(team, proposal, wording("Being judged"))
        opening.confirm(by=world.colleague, at=world.closes_at)
        db.session.commit()
        assert everywhere(team, proposal, wording("Being judged"))
        assert nowhere(team, proposal, wording("Received and sealed"))


def test_home_shows_a_team_its_proposals_instead_of_a_first_step(worlds: Worlds, now, signed_in: SignIn):
    world = worlds(Age.PUBLISHED)
    team = signed_in(world.company_viewer)
    assert wording("Find a challenge you can answer") in team.get("/home").text
    world.submitted(title="Only ours")
    db.session.commit()
    page = team.get("/home").text
    assert wording("Find a challenge you can answer") not in page
    assert "Only ours" in page
    assert "Only ours" not in signed_in(world.rival_owner).get("/home").text


def test_nothing_of_an_outcome_is_said_before_its_release(world: World, signed_in: SignIn):
    won, lost = world.proposals[0], world.proposals[1]
    world.convene()
    world.score_all(dict.fromkeys(world.proposals, 4))
    decision = world.decided([won], release=False)
    decision.approve(by=world.colleague, at=world.at)
    db.session.commit()
    winner, loser = signed_in(world.owner(won)), signed_in(world.owner(lost))
    for client, proposal in ((winner, won), (loser, lost)):
        assert everywhere(client, proposal, wording("Being judged"))
        assert nowhere(client, proposal, fragment("goes through"))
        assert nowhere(client, proposal, "Not chosen")
    decision.release(by=world.staff, at=world.at)
    db.session.commit()
    assert everywhere(winner, won, wording("Your proposal goes through to %(stage)s", stage="Interview"))
    assert everywhere(winner, won, wording("Goes through to %(stage)s", stage="Interview"))
    assert everywhere(loser, lost, wording("Your proposal was not chosen"))
    assert everywhere(loser, lost, "Not chosen")
    assert nowhere(loser, lost, wording("Goes through to %(stage)s", stage="Interview"))


@pytest.mark.takes(8, "It looks at three pages after every step.")
def test_the_next_step_follows_the_agreement_from_the_choice_to_the_gate(worlds: Worlds, app, now, signed_in: SignIn):
    world = worlds(Age.FUNDED, teams=2)
    proposal, rival = world.proposals
    world.in_force(rival)
    team, other = signed_in(world.company_owner), signed_in(world.rival_owner)

    def says(words: str) -> bool:
        db.session.commit()
        return everywhere(team, proposal, words)

    comes_next = wording("Next, programme staff will draft the stage agreement and offer it to you.")
    assert says(comes_next)
    agreement = world.agreement(proposal)
    assert says(comes_next)
    agreement.offer(by=world.staff, at=agreement.drafted_at)
    assert says(wording("Accept the rights statement"))
    assert says(wording("Agreement offered"))
    agreement.statement.accept_for_company(by=world.company_owner, at=now)
    assert says(wording("The public body accepts the rights statement"))
    agreement.statement.accept_for_body(by=world.approver, at=now)
    assert says(wording("Send evidence for “%(title)s”", title="Milestone 1"))
    assert says(wording("Agreement in force"))
    assert nowhere(team, proposal, comes_next)
    world.accepted(agreement.milestones[0], at=now)
    agreement.milestones[1].deliver(evidence="Done.", link=None, by=world.company_owner, at=now)
    assert says(wording("The public body is checking the evidence for “%(title)s”", title="Milestone 2"))
    agreement.milestones[1].accept(by=world.acceptor, at=now)
    assert says(wording("Every milestone is accepted"))
    world.decide("exploration", [proposal], now, declined=[rival])
    assert says(wording("Your proposal goes through to %(stage)s", stage="Accelerator"))
    assert says(comes_next)
    assert everywhere(other, rival, wording("Your proposal was not chosen"))
    assert nowhere(other, rival, wording("Agreement in force"))
    accelerator = world.in_force(proposal, stage="accelerator", amounts=(3_000_000,), at=now)
    world.accepted(accelerator.milestones[0], at=accelerator.activated_at)
    world.decide("accelerator", [proposal], accelerator.activated_at)
    last = world.in_force(proposal, stage="pre-commercialisation", amounts=(1_000,), at=accelerator.activated_at)
    world.accepted(last.milestones[0], at=last.activated_at)
    assert says(wording("Programme staff will complete the agreement next."))
    last.conclude(by=world.staff, at=last.activated_at)
    assert says(wording("“%(stage)s” is complete", stage="Pre-commercialisation"))
    assert nowhere(team, proposal, comes_next)


def test_the_list_costs_the_same_for_one_proposal_and_for_many(worlds: Worlds, app, now, signed_in: SignIn):
    world = worlds(Age.RECEIVED, teams=5)
    owner = world.owner(world.proposals[0])
    world.convene()
    world.score_all(dict.fromkeys(world.proposals, 4))
    world.decided(world.proposals[:2])
    db.session.commit()
    client = signed_in(owner)
    costs = []
    for also in ([], world.proposals[1:]):
        for proposal in also:
            proposal.organisation.admit(owner, MemberRole.VIEWER, by=None, at=world.at)
        db.session.commit()
        costs.append([cost(client, place) for place in PLACES])
    assert costs[0] == costs[1]


def cost(client: FlaskClient, place: str) -> int:
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    client.get(place)
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert client.get(place).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len([statement for statement in seen if statement.startswith("SELECT")])
