"""A proposal's own timeline: what happened and what happens next, for its team and nobody it does not concern."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from civtech.core.db import db
from civtech.judging.models import Decision, DecisionState
from civtech.people.models import User
from civtech.transparency.timeline import ahead, course_of, past
from tests.support.messages import wording
from tests.world import Age, World, build
from tests.world.kept import Worlds

pytestmark = pytest.mark.both_databases("ordering")

SignIn = Callable[[User], FlaskClient]


def titles(app: Flask, world: World, number: int, at: datetime) -> tuple[list[str], list[str]]:
    with app.test_request_context():
        course = course_of(world.proposals[number], at)
        return [one.title for one in past(course)], [one.title for one in ahead(course)]


def test_what_happened_to_a_team_that_was_paid(app: Flask, world: World, now: datetime) -> None:
    happened, following = titles(app, world, 0, now)
    assert happened == [
        wording("Proposal started"),
        wording("Proposal submitted"),
        wording("Challenge closed"),
        wording("Proposals opened by two people"),
        "Sift: outcome released",
        "Interview: outcome released",
        "Exploration: agreement offered",
        wording("Rights statement accepted by the company"),
        wording("Rights statement accepted by the public body"),
        "Exploration: agreement in force",
        wording("Evidence sent for milestone %(number)s", number=1),
        "The sponsor accepted milestone 1",
        "£2,000 released for milestone 1",
        "£2,000 paid for milestone 1",
    ]
    assert following == [
        "Milestone 2 is due",
        wording("%(stage)s: outcomes released to all applicants at the same time", stage="Exploration"),
    ]


def test_what_comes_next_at_each_step(app: Flask, worlds: Worlds, now: datetime) -> None:
    world = worlds(Age.FUNDED, teams=2)
    challenge = world.challenge
    assert titles(app, world, 0, challenge.closes_at - timedelta(days=1))[1] == [
        wording("Challenge closes"),
        wording("Two members of staff open the proposals"),
    ]
    assert titles(app, world, 0, now)[1] == [
        wording("%(stage)s: programme staff draft your agreement", stage="Exploration")
    ]
    world.agreement()
    assert titles(app, world, 0, now)[1] == [
        wording("%(stage)s: programme staff draft your agreement", stage="Exploration")
    ]
    world.offered(world.proposals[1])
    assert titles(app, world, 1, now)[1] == [
        wording("The company accepts the rights statement"),
        wording("The public body accepts the rights statement"),
        wording("The agreement comes into force"),
    ]


def test_for_a_team_that_was_stopped_nothing_comes_next(app: Flask, now: datetime) -> None:
    world = build(Age.FUNDED, now - timedelta(days=40), teams=2)
    for team in world.proposals:
        world.in_force(team)
    world.decide("exploration", world.proposals[:1], now - timedelta(days=1), declined=world.proposals[1:])
    db.session.commit()
    happened, following = titles(app, world, 1, now)
    assert happened[-2:] == ["Exploration: outcome released", "Exploration: agreement ended"]
    assert following == []
    assert titles(app, world, 0, now)[1] == [
        wording("%(stage)s: programme staff draft your agreement", stage="Accelerator")
    ]


def test_a_decision_that_is_not_released_does_not_show(
    app: Flask, client: FlaskClient, world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Decision, "release", lambda _self, **_how: None)
    decision = world.decide("exploration", world.proposals[:1], now - timedelta(days=1), declined=world.proposals[1:2])
    db.session.commit()
    assert decision.state is DecisionState.APPROVED
    for number in (0, 1):
        happened, following = titles(app, world, number, now)
        assert wording("%(stage)s: outcome released", stage="Exploration") not in happened
        assert following[-1] == wording(
            "%(stage)s: outcomes released to all applicants at the same time", stage="Exploration"
        )
    assert "Exploration: outcomes released" not in client.get(f"/register/{world.challenge.slug}").text


def test_the_team_and_staff_follow_it_and_nobody_else(client: FlaskClient, signed_in: SignIn, world: World) -> None:
    path = f"/proposals/{world.proposals[0].reference}/timeline"
    assert client.get(path).status_code == 302
    assert signed_in(world.stranger).get(path).status_code == 404
    assert signed_in(world.rival_owner).get(path).status_code == 404
    assert signed_in(world.author).get(path).status_code == 403
    for person in (world.company_owner, world.company_viewer, world.staff, world.auditor):
        answer = signed_in(person).get(path)
        assert answer.status_code == 200
        assert wording("%(amount)s paid for milestone %(number)s", amount="£2,000", number="1") in answer.text


def test_the_proposal_s_page_shows_the_latest_and_the_next(signed_in: SignIn, world: World) -> None:
    page = signed_in(world.company_owner).get(f"/proposals/{world.proposals[0].reference}").text
    assert wording("View the full timeline") in page
    assert wording("Milestone %(number)s is due", number=2) in page
    assert wording("Challenge closed") not in page.split(wording("View the full timeline"))[0].split(">Timeline<")[-1]
