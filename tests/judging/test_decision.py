"""The decision: from the ranking, by two people, released to all at one moment."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from civtech.core.db import db
from civtech.core.errors import RuleViolation, WrongState
from civtech.judging.models import Decision, DecisionState, Outcome, Verdict
from civtech.people.models import User
from civtech.web.idempotency import new_idempotency_key
from tests.support.messages import fragment, pattern, wording
from tests.support.sheet import sheet
from tests.support.sql import joined_anyway
from tests.world import Age, World, build
from tests.world.kept import Worlds

pytestmark = pytest.mark.both_databases("locks", "guards")

SignIn = Callable[[User], FlaskClient]


def all_scored(at: datetime) -> World:
    world = build(Age.RECEIVED, at)
    world.convene()
    first, second, third = world.proposals
    world.score_all({first: 5, second: 4, third: 1})
    db.session.commit()
    return world


@pytest.fixture
def scored(worlds: Worlds, now: datetime) -> World:
    """Everybody has scored: the first proposal best, the second passes, the third does not."""
    return worlds(all_scored)


def form(world: World, chosen: list[int], **other: Any) -> dict[str, Any]:
    sent: dict[str, Any] = {"idempotency_key": new_idempotency_key(), "reason": "The two best."}
    for number, proposal in enumerate(world.proposals):
        name = proposal.reference.replace("-", "_")
        sent[f"feedback_{name}"] = f"Feedback {number}: CANARY-{number}."
        if number in chosen:
            sent[f"goes_on_{name}"] = "y"
    return sent | other


def propose(client: FlaskClient, world: World, chosen: list[int], **other: Any) -> Any:
    return client.post(world.url("/decisions/new"), data=form(world, chosen, **other))


def test_the_proposal_starts_from_the_ranking_without_names_of_judges(scored: World, signed_in: SignIn) -> None:
    world = scored
    for assignment in world.assignments():
        assert assignment.scores
    page = signed_in(world.staff).get(world.url("/decisions/new")).text
    assert page.count(" checked") == 2
    criterion = world.panel.stage.criteria[0].name
    assert f"{criterion} (5.0 / 5)" in page
    assert "Reason of Judge One." in page


def test_one_proposes_another_approves_and_all_are_told_at_once(scored: World, signed_in: SignIn) -> None:
    world = scored
    staff, colleague = signed_in(world.staff), signed_in(world.colleague)
    answer = propose(staff, world, [0, 1])
    assert answer.status_code == 302
    decision = db.session.query(Decision).one()
    url = f"/decisions/{decision.reference}"
    assert answer.location == url
    assert staff.post(f"{url}/approval").status_code == 403
    assert wording("Another member of staff must approve the decision") in staff.get(url).text
    assert staff.post(f"{url}/release").status_code == 409
    assert colleague.post(f"{url}/approval", data=sheet(colleague.get(url), "/approval")).status_code == 302
    page = colleague.get(url).text
    assert f"We will tell 3 teams now. {fragment('Going through: ')}Tidewater Signals Ltd" in page
    assert f"{fragment('Not going through: ')}Heather Robotics Ltd" in page
    teams = [signed_in(world.owner(proposal)) for proposal in world.proposals]
    for client, proposal in zip(teams, world.proposals, strict=True):
        assert "CANARY" not in client.get(f"/proposals/{proposal.reference}").text
    assert colleague.post(f"{url}/release", data=sheet(colleague.get(url), "/release")).status_code == 302
    db.session.expire_all()
    assert decision.state is DecisionState.RELEASED
    assert decision.released_at is not None
    for number, (client, proposal) in enumerate(zip(teams, world.proposals, strict=True)):
        page = client.get(f"/proposals/{proposal.reference}").text
        assert [f"CANARY-{other}" in page for other in range(3)] == [other == number for other in range(3)]
        assert (wording("Your proposal goes through to %(stage)s", stage="Interview") in page) == (number < 2)
    for rest in ("/approval", "/release"):
        assert colleague.post(url + rest).status_code == 409
    answer = colleague.post(f"{url}/return", data={"message": "Typed in vain."})
    assert answer.status_code == 409
    assert "Typed in vain.</textarea>" in answer.text


def test_the_team_reads_that_it_is_being_judged_and_never_a_rank_or_a_judge(scored: World, signed_in: SignIn) -> None:
    world = scored
    client = signed_in(world.company_owner)
    address = f"/proposals/{world.proposals[0].reference}"
    assert wording("Being judged") in client.get(address).text
    world.decided(world.proposals[:2], feedback="Well done.")
    db.session.commit()
    page = client.get(address).text
    assert "Well done." in page
    assert wording("Your proposal goes through to %(stage)s", stage="Interview") in page
    assert "Judge One" not in page
    assert "80.00" not in page
    assert "rank" not in page.lower()


def test_a_decision_can_be_returned_and_the_words_come_back(scored: World, signed_in: SignIn) -> None:
    world = scored
    staff, colleague = signed_in(world.staff), signed_in(world.colleague)
    propose(staff, world, [0, 1])
    decision = db.session.query(Decision).one()
    url = f"/decisions/{decision.reference}/return"
    assert colleague.post(url, data={"message": " "}).status_code == 422
    assert staff.post(url, data={"message": "Mine."}).status_code == 403
    assert colleague.post(url, data={"message": "Say more to the third team."}).status_code == 302
    page = staff.get(world.url("/decisions/new")).text
    assert "Say more to the third team." in page
    assert "CANARY-2" in page
    assert "The two best." in page
    assert propose(staff, world, [0, 1]).status_code == 302
    assert db.session.query(Decision).count() == 2


@pytest.mark.parametrize(
    ("first", "second"), [("approval", "approval"), ("approval", "return"), ("return", "approval")]
)
def test_two_who_settle_at_once_get_one_409(scored: World, signed_in: SignIn, first: str, second: str) -> None:
    world = scored
    third = world.person("third", staff=True)
    decision = world.decided(world.proposals[:2], release=False)
    db.session.commit()
    one, other = signed_in(world.colleague), signed_in(third)
    url = f"/decisions/{decision.reference}"
    pages = [sheet(client.get(url), f"/{act}") for client, act in ((one, first), (other, second))]
    assert one.post(f"{url}/{first}", data=pages[0] | {"message": "No."}).status_code == 302
    assert other.post(f"{url}/{second}", data=pages[1] | {"message": "No."}).status_code == 409


@pytest.mark.parametrize("act", ["approval", "release"])
def test_a_decision_is_settled_only_as_its_page_showed_it(scored: World, signed_in: SignIn, act: str) -> None:
    world = scored
    decision = world.decided(world.proposals[:2], release=False)
    if act == "release":
        decision.approve(by=world.colleague, at=world.at)
    db.session.commit()
    colleague, url = signed_in(world.colleague), f"/decisions/{decision.reference}"
    page = sheet(colleague.get(url), f"/{act}")
    first = world.proposals[0]
    first.organisation.legal_name = "Another Name Ltd"
    db.session.commit()
    answer = colleague.post(f"{url}/{act}", data=page)
    assert answer.status_code == 409
    said = "was “Tidewater Signals Ltd goes through”, is now “Another Name Ltd goes through”."
    assert f"{first.reference}: {said}" in answer.text
    assert colleague.post(f"{url}/{act}", data={"idempotency_key": new_idempotency_key()}).status_code == 409
    assert colleague.post(f"{url}/{act}", data=sheet(answer, f"/{act}")).status_code == 302


def test_two_proposals_at_once_leave_one(scored: World, signed_in: SignIn) -> None:
    world = scored
    assert propose(signed_in(world.staff), world, [0, 1]).status_code == 302
    assert propose(signed_in(world.colleague), world, [0, 1]).status_code == 409
    assert signed_in(world.colleague).get(world.url("/decisions/new")).status_code == 409
    assert db.session.query(Decision).count() == 1


def test_a_stale_decision_loses_the_race(scored: World) -> None:
    world = scored
    decision = world.decided(world.proposals[:2], release=False)
    db.session.commit()
    seen = decision.version
    db.session.execute(text("UPDATE decision SET version = version + 1"))
    assert decision.version == seen
    with pytest.raises(Exception, match="expected to update 1 row"):
        decision.approve(by=world.colleague, at=world.at)
    db.session.rollback()


def test_more_than_there_are_places_is_refused_with_everything_kept(
    worlds: Worlds, app: Any, now: Any, signed_in: SignIn
) -> None:
    world = worlds(Age.RECEIVED, teams=8)
    world.convene()
    world.score_all(dict.fromkeys(world.proposals, 4))
    db.session.commit()
    answer = propose(signed_in(world.staff), world, list(range(7)))
    assert answer.status_code == 422
    assert (
        wording(
            "The next stage has places for %(places)s, but you chose %(chosen)s. Choose fewer.", places="6", chosen="7"
        )
        in answer.text
    )
    assert answer.text.count(" checked") == 7
    assert answer.text.count("CANARY") == 8
    assert "The two best." in answer.text
    assert db.session.query(Decision).count() == 0


@pytest.mark.parametrize(
    ("chosen", "follows"), [([0, 1], True), ([0], False), ([1], False), ([0, 2], False), ([], False)]
)
def test_leaving_the_ranking_asks_for_the_reason(
    scored: World, signed_in: SignIn, chosen: list[int], follows: bool
) -> None:
    client = signed_in(scored.staff)
    assert propose(client, scored, chosen).status_code == (302 if follows else 422)
    if not follows:
        answer = propose(client, scored, chosen)
        assert wording("The ranking alone does not explain your choice. Enter a reason.") in answer.text
        assert 'href="#departure"' in answer.text
        assert propose(client, scored, chosen, departure="The panel saw a risk.").status_code == 302
    decision = db.session.query(Decision).one()
    assert decision.departure == (None if follows else "The panel saw a risk.")


def test_a_reason_and_feedback_for_everybody_are_needed(scored: World, signed_in: SignIn) -> None:
    client = signed_in(scored.staff)
    name = scored.proposals[2].reference.replace("-", "_")
    answer = propose(client, scored, [0, 1], reason=" ", **{f"feedback_{name}": ""})
    assert answer.status_code == 422
    assert wording("Enter the reason for the decision.") in answer.text
    assert wording("Enter feedback for %(applicant)s.", applicant="Heather Robotics Ltd") in answer.text
    assert f'href="#feedback_{name}"' in answer.text
    assert "CANARY-0" in answer.text


def test_nothing_is_decided_without_a_quorum(world: World, signed_in: SignIn) -> None:
    world.convene()
    for assignment in world.assigned():
        if assignment.judge is world.judges[0]:
            world.score(assignment, 4)
    db.session.commit()
    client = signed_in(world.staff)
    assert "fewer than 2 locked scorecards" in client.get(world.url("/ranking")).text
    answer = propose(client, world, [])
    assert answer.status_code == 422
    assert "Each proposal needs 2 locked scorecards." in answer.text


@pytest.mark.parametrize("how", ["member", "recused"])
def test_nobody_decides_with_a_conflict(scored: World, how: str) -> None:
    world = scored
    person = world.colleague
    decision = None
    if how == "member":
        decision = world.decided(world.proposals[:2], release=False)
        joined_anyway(person, world.rival, world.at)
    else:
        world.panel.seat(person, by=world.staff, at=world.at)
        db.session.flush()
        world.assigned()
        world.of(person, world.proposals[0]).declare_conflict(conflict="Shares.", by=person, at=world.at)
        decision = world.decided(world.proposals[:2], release=False)
    db.session.commit()
    db.session.expire_all()
    for verb in (
        lambda: decision.approve(by=person, at=world.at),
        lambda: decision.send_back(message="No.", by=person, at=world.at),
    ):
        with pytest.raises(RuleViolation, match=fragment("conflict of interest")):
            verb()
    with pytest.raises(
        IntegrityError, match=pattern("Someone with a conflict of interest cannot propose or approve a decision.")
    ):
        db.session.execute(
            text("UPDATE decision SET state = 'approved', approved_by_id = :person"), {"person": person.id}
        )
    db.session.rollback()
    decision.send_back(message="Once more.", by=world.person("third", staff=True), at=world.at)
    db.session.flush()
    verdicts = [Verdict(one, rank=1, total=1, goes_on=False, feedback="x", passes=False) for one in world.proposals]
    with pytest.raises(RuleViolation, match=fragment("conflict of interest")):
        Decision.propose(panel=world.panel, verdicts=verdicts, reason="x", by=person, at=world.at)
    db.session.commit()
    insert = (
        "INSERT INTO decision (reference, panel_id, state, reason, proposed_at, proposed_by_id, version) "
        "VALUES ('D-X', :panel, 'proposed', 'x', '2027-03-01 09:00:00+00:00', :person, 1)"
    )
    with pytest.raises(
        IntegrityError, match=pattern("Someone with a conflict of interest cannot propose or approve a decision.")
    ):
        db.session.execute(text(insert), {"panel": world.panel.id, "person": person.id})
    db.session.rollback()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE outcome SET goes_on = NOT goes_on",
        "UPDATE outcome SET feedback = 'other'",
        "DELETE FROM outcome",
        "INSERT INTO outcome (decision_id, proposal_id, rank, total, goes_on, feedback) "
        "SELECT decision_id, proposal_id, 9, 1, goes_on, 'x' FROM outcome LIMIT 1",
        "UPDATE decision SET reason = 'other'",
        "UPDATE decision SET state = 'proposed', approved_by_id = NULL, released_at = NULL",
        "DELETE FROM decision",
        "UPDATE decision SET approved_by_id = proposed_by_id",
    ],
)
@pytest.mark.parametrize("released", [False, True])
def test_the_database_keeps_an_approved_decision(scored: World, statement: str, released: bool) -> None:
    decision = scored.decided(scored.proposals[:2], release=released)
    if not released:
        decision.approve(by=scored.colleague, at=scored.at)
    db.session.commit()
    with pytest.raises(IntegrityError):
        db.session.execute(text(statement))
    db.session.rollback()


def test_the_proposer_cannot_approve_in_the_verb_either(scored: World) -> None:
    decision = scored.decided(scored.proposals[:2], release=False)
    for verb in (decision.approve, lambda **who: decision.send_back(message="No.", **who)):
        with pytest.raises(RuleViolation, match=fragment("Another member of staff")):
            verb(by=scored.staff, at=scored.at)
    with pytest.raises(WrongState):
        decision.release(by=scored.colleague, at=scored.at)


def test_the_same_machinery_decides_at_the_gate(scored: World) -> None:
    world = scored
    world.decided(world.proposals[:2])
    world.proposals = world.proposals[:2]
    for stage, chosen in (("interview", 2), ("exploration", 1)):
        world.convene(stage)
        world.score_all({proposal: 5 - place for place, proposal in enumerate(world.proposals)})
        world.decided(world.proposals[:chosen])
    went_on = (
        db.session.query(Outcome).filter_by(goes_on=True).join(Decision).filter(Decision.panel_id == world.panel.id)
    )
    assert [one.proposal_id for one in went_on] == [world.proposals[0].id]
    assert world.panel.places == 1
