"""The panel: who may run it, who may sit on it, and what they are given."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from civtech.core.db import db
from civtech.core.errors import RuleViolation, WrongState
from civtech.judging import queries
from civtech.judging.models import Assignment, AssignmentState, Panel, Seat, assign
from civtech.people.models import ProgrammeRole, User
from civtech.roles.models import RoleGrant
from civtech.web.idempotency import new_idempotency_key
from tests.support.messages import fragment, pattern, wording
from tests.support.sheet import sheet
from tests.support.sql import joined_anyway
from tests.world import Age, World, build

SignIn = Callable[[User], FlaskClient]


def key() -> dict[str, str]:
    return {"idempotency_key": new_idempotency_key()}


def due(world: World, days: int = 7) -> dict[str, str]:
    day = world.at + timedelta(days=days)
    return key() | {
        "due_at-day": str(day.day),
        "due_at-month": str(day.month),
        "due_at-year": str(day.year),
        "due_at-time": "noon",
    }


def test_staff_convene_a_panel_in_the_browser(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.staff)
    page = client.get(world.url())
    assert page.status_code == 200
    assert wording("Set up the panel") in page.text
    answer = client.post(world.url(), data=due(world))
    assert (answer.status_code, answer.location) == (302, world.url("/judges"))
    panel = db.session.query(Panel).one()
    assert panel.due_at is not None
    assert panel.due_at.hour == 12
    assert client.post(world.url(), data=due(world)).status_code == 409


def test_a_time_that_is_gone_is_refused_with_everything_kept(world: World, signed_in: SignIn) -> None:
    answer = signed_in(world.staff).post(world.url(), data=due(world, days=-2))
    assert answer.status_code == 422
    assert wording("Enter a date and time in the future.") in answer.text
    assert f'value="{(world.at - timedelta(days=2)).day}"' in answer.text
    assert db.session.query(Panel).count() == 0


@pytest.mark.parametrize("who", ["company_owner", "stranger", "author", "finance"])
def test_others_do_not_find_a_panel(world: World, signed_in: SignIn, who: str) -> None:
    world.convene()
    client = signed_in(getattr(world, who))
    for rest in ("", "/judges", "/assignments", "/ranking", "/decisions/new", "/due-date"):
        assert client.get(world.url(rest)).status_code == 404


def test_an_auditor_reads_the_panel_and_changes_nothing(world: World, signed_in: SignIn) -> None:
    world.convene()
    client = signed_in(world.auditor)
    assert client.get(world.url()).status_code == 200
    assert client.get(world.url("/ranking")).status_code == 200
    assert client.get(world.url("/judges")).status_code == 403
    assert client.post(world.url("/assignments/all")).status_code == 403
    assert client.get(world.url("/decisions/new")).status_code == 403


def test_staff_who_belong_to_a_team_find_nothing_of_its_challenge(world: World, signed_in: SignIn) -> None:
    world.convene()
    RoleGrant.by_operator(world.company_owner, ProgrammeRole.STAFF, at=world.at)
    client = signed_in(world.company_owner)
    for rest in ("", "/judges", "/assignments", "/ranking", "/decisions/new"):
        assert client.get(world.url(rest)).status_code == 404
    assert client.post(world.url("/assignments/all")).status_code == 404


def test_staff_recused_as_judges_find_nothing_of_its_challenge(world: World, signed_in: SignIn) -> None:
    world.convene(judges=[*world.judges, world.colleague])
    world.assigned()
    client = signed_in(world.colleague)
    assert client.get(world.url()).status_code == 200
    world.of(world.colleague, world.proposals[0]).declare_conflict(
        conflict="My cousin.", by=world.colleague, at=world.at
    )
    db.session.commit()
    for rest in ("", "/ranking", "/decisions/new"):
        assert client.get(world.url(rest)).status_code == 404


def seat(client: FlaskClient, world: World, email: str) -> str:
    answer = client.post(world.url("/judges"), data=key() | {"email": email})
    return f"{answer.status_code} {answer.text}"


def test_judges_are_seated_by_their_address(world: World, signed_in: SignIn) -> None:
    world.convene(judges=[world.judges[0]])
    client = signed_in(world.staff)
    assert seat(client, world, "JUDGE_TWO@people.example").startswith("302")
    assert db.session.query(Seat).count() == 2


def test_who_cannot_judge_is_refused_with_the_reason(world: World, signed_in: SignIn) -> None:
    world.convene(judges=[world.judges[0]])
    late = world.person("late", name="Lara Late")
    late.confirmed_at = None
    db.session.commit()
    client = signed_in(world.staff)
    for email, reason in {
        "nobody@people.example": fragment("There is no account with this email address."),
        late.email: f"Lara Late {fragment('has not confirmed this email address yet.')}",
        "judge_one@people.example": wording("This person is already on the panel."),
        "company_viewer@people.example": fragment("cannot judge this challenge. They are, or were, in a team"),
    }.items():
        answer = seat(client, world, email)
        assert answer.startswith("422")
        assert reason in answer
        assert f'value="{email}"' in answer
    assert db.session.query(Seat).count() == 1


def test_members_of_the_sponsor_may_judge(world: World) -> None:
    world.convene(judges=[world.author])
    assert len(world.assigned()) == 3


def test_one_press_gives_all_proposals_to_all_judges_once(world: World, signed_in: SignIn) -> None:
    world.convene()
    client = signed_in(world.staff)
    page = client.get(world.url("/assignments"))
    assert "Proposals: 3. Judges: 2. Assignments left to make: 6 of 6." in page.text
    form = sheet(page, "/all")
    for _press in range(2):
        assert client.post(world.url("/assignments/all"), data=form | {"idempotency_key": ""}).status_code == 302
        assert db.session.query(Assignment).count() == 6


def test_some_are_given_to_some(world: World, signed_in: SignIn) -> None:
    world.convene()
    client = signed_in(world.staff)
    chosen = world.proposals[0].reference
    assert client.post(world.url("/assignments"), data=key() | {"judge": world.judges[1].reference}).status_code == 422
    answer = client.post(
        world.url("/assignments"), data=key() | {"judge": world.judges[1].reference, "proposal": [chosen]}
    )
    assert answer.status_code == 302
    only = db.session.query(Assignment).one()
    assert (only.judge.name, only.proposal.reference) == ("Judge Two", chosen)


@pytest.mark.both_databases("guards")
def test_who_joined_a_team_after_being_seated_is_left_out(world: World, signed_in: SignIn) -> None:
    world.convene()
    joined_anyway(world.judges[0], world.rival, world.at)
    db.session.commit()
    client = signed_in(world.staff)
    assert client.post(world.url("/assignments/all")).status_code == 302
    assert (
        wording(
            "No proposals were assigned to these judges because they are, or were, in a team with a proposal:"
            " %(names)s.",
            names="Judge One",
        )
        in client.get(world.url("/assignments")).text
    )
    assert {one.judge.name for one in world.assignments()} == {"Judge Two"}


@pytest.mark.both_databases("guards")
def test_the_database_keeps_out_members_of_any_team(world: World) -> None:
    world.convene()
    joined_anyway(world.judges[0], world.rival, world.at)
    db.session.commit()
    with pytest.raises(IntegrityError, match=fragment("who is, or was, in a team")):
        insert_assignment(world, judge=world.judges[0])
    db.session.rollback()


def insert_assignment(world: World, judge: User, proposal: int = 0) -> None:
    db.session.execute(
        text(
            "INSERT INTO assignment (reference, panel_id, judge_id, proposal_id, state, assigned_at, version) "
            "VALUES ('A-X', :panel, :judge, :proposal, 'assigned', '2027-03-01 09:00:00+00:00', 1)"
        ),
        {"panel": world.panel.id, "judge": judge.id, "proposal": world.proposals[proposal].id},
    )


@pytest.mark.both_databases("guards")
def test_nothing_is_assigned_before_the_opening(app: Flask, now: datetime) -> None:
    world = build(Age.PUBLISHED, now - timedelta(days=11))
    world.proposals, world.judges = [world.submitted()], [world.person("judge_one")]
    world.convene()
    assert db.session.scalars(queries.candidates(world.panel)).unique().all() == []
    with pytest.raises(IntegrityError, match=pattern("The proposals for this challenge have not been opened yet.")):
        insert_assignment(world, judge=world.judges[0])
    db.session.rollback()


@pytest.mark.both_databases("guards")
def test_nothing_is_assigned_out_of_turn(world: World) -> None:
    world.convene("interview")
    assert db.session.scalars(queries.candidates(world.panel)).unique().all() == []
    with pytest.raises(IntegrityError, match=pattern("This proposal did not go through to this stage.")):
        insert_assignment(world, judge=world.judges[0])
    db.session.rollback()


def test_candidates_of_a_later_panel_are_those_who_went_on(world: World) -> None:
    first, second, third = world.proposals
    world.convene()
    world.score_all({first: 5, second: 4, third: 1})
    decision = world.decided([second, first], release=False)
    world.convene("interview")
    found = queries.candidates(world.panel)
    assert db.session.scalars(found).unique().all() == []
    decision.approve(by=world.colleague, at=world.at)
    decision.release(by=world.staff, at=world.at)
    db.session.flush()
    assert {one.id for one in db.session.scalars(found).unique()} == {first.id, second.id}
    assert {
        one.id for one in db.session.scalars(queries.chosen_for(world.stage("interview"), world.challenge)).unique()
    } == {
        first.id,
        second.id,
    }
    assert len(world.assigned([first, second])) == 4


def test_late_judges_are_visible(world: World, signed_in: SignIn, now: object) -> None:
    world.convene(due_at=world.at + timedelta(hours=1))
    for assignment in world.assigned():
        if assignment.judge is world.judges[0]:
            world.score(assignment, 3)
    world.panel.due_at = world.at - timedelta(minutes=1)
    page = signed_in(world.staff).get(world.url()).text
    assert page.count("Late</strong>") == 1
    assert page.count("Done</strong>") == 1
    assert wording("%(done)s of %(total)s scorecards locked", done="3", total="6") in page


@pytest.mark.both_databases("guards")
def test_nothing_changes_while_a_decision_stands(world: World, signed_in: SignIn) -> None:
    world.convene()
    world.score_all(dict.fromkeys(world.proposals, 4))
    world.decided(world.proposals, release=False)
    with pytest.raises(WrongState):
        world.panel.seat(world.person("judge9"), by=world.staff, at=world.at)
    with pytest.raises(WrongState):
        assign(world.panel, judges=world.judges, proposals=world.proposals, by=world.staff, at=world.at)
    db.session.commit()
    client = signed_in(world.staff)
    assert client.post(world.url("/judges"), data=key() | {"email": "judge9@people.example"}).status_code == 409
    assert client.post(world.url("/assignments/all")).status_code == 409
    with pytest.raises(IntegrityError, match=fragment("This panel has a decision")):
        insert_assignment(world, judge=world.staff)
    db.session.rollback()


def test_a_stage_without_criteria_has_no_panel(world: World, signed_in: SignIn) -> None:
    assert signed_in(world.staff).get(world.url(stage="pre-commercialisation")).status_code == 404
    assert signed_in(world.staff).get(world.url(stage="nonsense")).status_code == 404
    with pytest.raises(RuleViolation):
        Panel.convene(
            challenge=world.challenge, stage=world.stage("pre-commercialisation"), by=world.staff, at=world.at
        )


def test_an_assignment_begins_undeclared(world: World) -> None:
    world.convene()
    assert {one.state for one in world.assigned()} == {AssignmentState.ASSIGNED}


def offered(page: str) -> list[str]:
    """The addresses that the field for the judge suggests."""
    return re.findall(r'<option value="([^"]*)">', page)


@pytest.mark.both_databases("guards")
def test_who_judged_before_is_offered_where_judges_are_put_on_a_panel(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.staff)
    world.convene()
    db.session.commit()
    assert offered(client.get(world.url("/judges")).text) == []
    later = Panel.convene(challenge=world.challenge, stage=world.stage("interview"), by=world.staff, at=world.at)
    gone, unsure, staff, rival = (world.person(name) for name in ("gone", "unsure", "staff_judge", "rival_judge"))
    for judge in (gone, unsure, staff, rival):
        world.panel.seat(judge, by=world.staff, at=world.at)
    joined_anyway(rival, world.rival, world.at)
    gone.active, unsure.confirmed_at = False, None
    RoleGrant.by_operator(staff, ProgrammeRole.STAFF, at=world.at)
    db.session.commit()
    first, second = (judge.email for judge in world.judges)
    address = world.url("/judges", "interview")
    page = client.get(address).text
    assert offered(page) == [first, second, staff.email]
    assert 'list="judged-before"' in page
    assert offered(signed_in(staff).get(address).text) == [first, second]
    assert client.post(address, data=key() | {"email": first}).status_code == 302
    assert offered(client.get(address).text) == [second, staff.email]
    db.session.refresh(later)
    assert [seat.judge.email for seat in later.seats] == [first]


def test_a_judge_with_nothing_else_is_led_to_their_judging_at_home(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.judges[0])
    assert wording("Create an organisation to answer challenges") in client.get("/home").text
    world.convene()
    db.session.commit()
    page = client.get("/home").text
    assert wording("You are on a panel. Proposals appear in your judging queue when they are assigned to you.") in page
    assert wording("Create an organisation to answer challenges") not in page
    world.assigned()
    db.session.commit()
    page = client.get("/home").text
    assert wording("%(done)s of %(total)s scorecards locked", done="0", total="3") in page
    assert wording("Create an organisation to answer challenges") not in page
    assert 'href="/judging"' in page
