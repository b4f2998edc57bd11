"""A panel secretary sees to the panel: who sits there, has what, is late; never a score, a decision or a proposal."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import current_app
from flask.testing import FlaskClient

from civtech.core import clock
from civtech.core.db import db
from civtech.core.errors import RuleViolation
from civtech.judging.models import Assignment
from civtech.people.models import ProgrammeRole, Scope, ScopeKind, User
from civtech.roles.models import RoleGrant
from civtech.web.idempotency import new_idempotency_key
from civtech.web.tasks import tasks
from tests.support.messages import fragment, wording
from tests.support.sheet import sheet
from tests.world import World

SignIn = Callable[[User], FlaskClient]


@pytest.fixture
def secretary(world: World) -> User:
    """The secretary of this challenge; the judges are in its pool."""
    return trusted(world, "secretary", ProgrammeRole.SECRETARY)


def trusted(world: World, key: str, role: ProgrammeRole) -> User:
    scope = Scope(ScopeKind.CHALLENGE, world.challenge.reference)
    person = world.people.get(key) or world.person(key)
    RoleGrant.by_operator(person, role, at=world.at - timedelta(days=1), scope=scope)
    db.session.commit()
    return person


def key(**data: str) -> dict[str, str]:
    return {"idempotency_key": new_idempotency_key(), **data}


def waiting(person: User, world: World, days: int = 0) -> list[str]:
    at = world.at + timedelta(days=days)
    with current_app.test_request_context(), clock.at(at):
        return [task.title.message for task in tasks(person, at) if task.group.message == "Judging"]


def test_the_secretary_seats_judges_of_the_pool_gives_them_proposals_and_moves_the_date(
    world: World, secretary: User, signed_in: SignIn
) -> None:
    pooled = trusted(world, "judge_one", ProgrammeRole.JUDGE)
    world.convene(judges=[world.judges[1]])
    client = signed_in(secretary)
    page = client.get(world.url("/judges")).text
    assert f"<li>{pooled.name}: {pooled.email}</li>" in page
    assert client.post(world.url("/judges"), data=key(email=pooled.email)).status_code == 302
    assert client.post(world.url("/assignments/all"), data=key()).status_code == 302
    assert db.session.query(Assignment).count() == 6
    due = {"due_at-day": "1", "due_at-month": "4", "due_at-year": "2027"}
    shown = sheet(client.get(world.url("/due-date")))
    assert client.post(world.url("/due-date"), data=key(**(shown | due))).status_code == 302


def test_only_the_pool_is_open_to_the_secretary_and_everybody_to_staff(
    world: World, secretary: User, signed_in: SignIn
) -> None:
    panel = world.convene(judges=[world.judges[1]])
    stranger = world.judges[0]
    answer = signed_in(secretary).post(world.url("/judges"), data=key(email=stranger.email))
    assert (answer.status_code, fragment("is not in the pool of judges") in answer.text) == (422, True)
    db.session.rollback()
    with pytest.raises(RuleViolation, match=fragment("not in the pool")):
        panel.seat(stranger, by=secretary, at=world.at)
    assert panel.seat(stranger, by=world.staff, at=world.at)


def test_the_role_of_a_judge_opens_nothing_by_itself(world: World, signed_in: SignIn) -> None:
    world.convene()
    pooled = trusted(world, "stranger", ProgrammeRole.JUDGE)
    client = signed_in(pooled)
    for rest in ("", "/judges", "/assignments", "/ranking"):
        assert client.get(world.url(rest)).status_code == 404
    for proposal in world.proposals:
        assert client.get(f"/proposals/{proposal.reference}").status_code == 404
    assert client.get("/challenges/manage").status_code == 403


def test_the_secretary_reads_no_score_no_decision_and_no_proposal_at_any_step(
    world: World, secretary: User, signed_in: SignIn
) -> None:
    client = signed_in(secretary)
    world.convene()
    world.score_all(dict(zip(world.proposals, (5, 3, 1), strict=True)))
    db.session.commit()
    page = client.get(world.url()).text
    assert wording("%(done)s of %(total)s scorecards locked", done="6", total="6") in page
    assert wording("Programme staff propose the decision") in page
    decision = world.decided(world.proposals[:1], release=False)
    db.session.commit()
    for step in ("proposed", "approved", "released"):
        for address in (
            world.url("/ranking"),
            world.url(f"/ranking/{world.proposals[0].reference}"),
            f"/decisions/{decision.reference}",
            f"/proposals/{world.proposals[0].reference}",
            f"/proposals/{world.proposals[0].reference}/timeline",
        ):
            assert client.get(address).status_code == 404, (step, address)
        assert client.get(world.url("/decisions/new")).status_code == 404
        for act in ("approval", "return", "release"):
            assert client.post(f"/decisions/{decision.reference}/{act}", data=key(message="x")).status_code == 404
        page = client.get(world.url()).text
        assert f"/decisions/{decision.reference}" not in page
        assert "/ranking" not in page
        assert fragment("Reason for the refusal") not in page
        if step == "proposed":
            decision.approve(by=world.colleague, at=world.at)
        elif step == "approved":
            decision.release(by=world.staff, at=world.at)
        db.session.commit()


def test_the_secretary_neither_convenes_nor_sees_what_was_received(
    world: World, secretary: User, signed_in: SignIn
) -> None:
    client = signed_in(secretary)
    slug = world.challenge.slug
    assert client.post(world.url(), data=key()).status_code == 403
    assert wording("Programme staff set up the panel. Judges can then be added to it.") in client.get(world.url()).text
    for address in (f"/challenges/{slug}/proposals", f"/challenges/{slug}/opening", f"/challenges/{slug}/questions"):
        assert client.get(address).status_code == 403
    assert client.get("/challenges/manage").status_code == 403


def test_what_waits_for_the_secretary_is_to_seat_to_assign_and_to_chase(world: World, secretary: User) -> None:
    assert waiting(secretary, world) == []
    panel = world.convene(judges=[world.judges[0]], due_at=world.at + timedelta(days=1))
    assert waiting(secretary, world) == [wording("Assign proposals to judges")]
    world.assigned()
    assert (waiting(secretary, world), waiting(secretary, world, 2)) == (
        [],
        [wording("A judge is late with scorecards")],
    )
    world.score_all_open()
    assert waiting(secretary, world, 2) == []
    assert wording("Scoring is complete: propose the decision") in waiting(world.staff, world, 2)
    assert panel.closed_at is None


def test_a_secretary_finds_their_panels_at_home_and_on_the_challenge(
    world: World, secretary: User, signed_in: SignIn
) -> None:
    client = signed_in(secretary)
    assert wording("No panels at the moment") in client.get("/home").text
    world.convene()
    db.session.commit()
    assert f'href="{world.url()}"' in client.get("/home").text
    assert f'href="{world.url()}"' in client.get(f"/challenges/{world.challenge.slug}").text


def test_a_secretary_of_a_team_that_answered_finds_nothing(world: World, signed_in: SignIn) -> None:
    world.convene()
    trusted(world, "company_editor", ProgrammeRole.SECRETARY)
    client = signed_in(world.company_editor)
    for rest in ("", "/judges", "/assignments"):
        assert client.get(world.url(rest)).status_code == 404
    assert client.post(world.url("/assignments/all"), data=key()).status_code == 404
    assert wording("No panels at the moment") in client.get("/home").text
