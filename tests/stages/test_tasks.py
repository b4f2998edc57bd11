"""What funded stages ask of people today."""

from datetime import UTC, date, datetime

import pytest

from civtech.challenges.models import Challenge
from civtech.core.db import db
from civtech.funding.models import Release
from civtech.judging.models import Panel
from civtech.web.tasks import tasks
from tests.support.messages import wording
from tests.world import Age
from tests.world.kept import Worlds

pytestmark = pytest.mark.both_databases("queries")


def test_a_milestone_is_due_by_the_last_minute_of_its_day_in_the_programmes_zone_in_summer_too(
    worlds: Worlds, app, now
):
    world = worlds(Age.FUNDED, teams=1)
    agreement = world.agreement()
    agreement.milestones[0].due_on = date(2027, 7, 1)
    db.session.flush()
    agreement.offer(by=world.staff, at=agreement.drafted_at)
    agreement.statement.accept_for_company(by=world.company_owner, at=now)
    agreement.statement.accept_for_body(by=world.approver, at=now)
    db.session.flush()
    with app.test_request_context():
        waiting = tasks(world.owner(agreement.proposal), now)
    due = [
        task.due.isoformat()
        for task in waiting
        if str(task.title) == wording("Send evidence for “%(title)s”", title="Milestone 1")
    ]
    assert due == ["2027-07-01T23:59:00+01:00"]


def asked(app, person, at) -> list[str]:
    """What Home asks of a person, in its order."""
    with app.test_request_context():
        return [str(task.title) for task in tasks(person, at)]


def test_the_panel_of_a_funded_stage_is_asked_for_once_the_work_of_every_team_is_in(worlds: Worlds, app, now):
    world = worlds(Age.FUNDED, teams=2)
    convene = wording("Set up the panel: %(stage)s", stage="Exploration")
    first = world.in_force()
    for milestone in first.milestones:
        world.accepted(milestone)
    assert convene not in asked(app, world.staff, now)
    second = world.agreement(world.proposals[1])
    assert convene not in asked(app, world.staff, now)
    second.offer(by=world.staff, at=second.drafted_at)
    second.statement.accept_for_company(by=world.rival_owner, at=now)
    second.statement.accept_for_body(by=world.approver, at=now)
    db.session.flush()
    assert convene not in asked(app, world.staff, now)
    for milestone in second.milestones:
        world.accepted(milestone, at=now)
    assert convene in asked(app, world.staff, now)
    assert convene not in asked(app, world.finance, now)
    Panel.convene(challenge=world.challenge, stage=world.stage(), by=world.staff, at=now)
    db.session.flush()
    assert convene not in asked(app, world.staff, now)


def test_the_panel_of_a_funded_stage_is_asked_for_when_its_time_is_over_whatever_is_missing(worlds: Worlds, app, now):
    world = worlds(Age.FUNDED, teams=2)
    world.in_force()
    after = datetime(2027, 7, 1, 0, 30, tzinfo=UTC)
    convene = wording("Set up the panel: %(stage)s", stage="Exploration")
    assert convene not in asked(app, world.staff, datetime(2027, 6, 30, 20, tzinfo=UTC))
    assert convene in asked(app, world.staff, after)
    world.recused(world.colleague, world.proposals[0])
    assert convene not in asked(app, world.colleague, after)


def last_stage(world, at):
    """The one team is in the last stage, at whose end nothing is judged, with its only milestone accepted."""
    accepted_at = at
    for stage, amounts in (("exploration", (500_000,)), ("accelerator", (3_000_000,))):
        agreement = world.in_force(stage=stage, amounts=amounts, at=at)
        accepted_at = agreement.activated_at
        paid(world, agreement, accepted_at)
        world.decide(stage, world.proposals, accepted_at)
    return world.in_force(stage="pre-commercialisation", amounts=(1_000,), at=accepted_at)


def paid(world, agreement, at):
    for milestone in agreement.milestones:
        world.accepted(milestone, at=at)
        release = Release.propose(milestone=milestone, by=world.staff, at=at)
        db.session.flush()
        release.approve(by=world.colleague, at=at)
        db.session.flush()
        release.pay(bank_reference=f"BANK-{milestone.reference}", by=world.finance, at=at)
    db.session.flush()


def test_the_end_of_the_last_stage_and_of_the_round_is_asked_for(worlds: Worlds, app, now):
    world = worlds(Age.FUNDED, teams=1)
    finish = "Close “Round 9”: all decisions, work and payments are complete"
    agreement = last_stage(world, now)
    at = agreement.activated_at
    complete = wording("Complete the agreement for %(company)s", company="Tidewater Signals Ltd")
    assert complete not in asked(app, world.staff, at)
    world.accepted(agreement.milestones[0], at=at)
    assert complete in asked(app, world.staff, at)
    agreement.conclude(by=world.staff, at=at)
    db.session.flush()
    assert complete not in asked(app, world.staff, at)
    assert finish not in asked(app, world.staff, at)
    release = Release.propose(milestone=agreement.milestones[0], by=world.staff, at=at)
    db.session.flush()
    release.approve(by=world.colleague, at=at)
    db.session.flush()
    assert finish not in asked(app, world.staff, at)
    release.pay(bank_reference="BANK-000001", by=world.finance, at=at)
    db.session.flush()
    assert finish in asked(app, world.staff, at)
    assert finish not in asked(app, world.finance, at)
    world.challenge.round.finish(by=world.staff, at=at)
    db.session.flush()
    assert finish not in asked(app, world.staff, at)


def test_a_round_is_not_over_while_a_challenge_is_judged_or_still_to_be_published(worlds: Worlds, app, now):
    world = worlds(Age.FUNDED, teams=2)
    finish = "Close “Round 9”: all decisions, work and payments are complete"
    assert finish not in asked(app, world.staff, now)
    for team in world.proposals:
        paid(world, world.in_force(team, amounts=(500_000,)), now)
    world.decide("exploration", [], now, declined=world.proposals)
    assert finish in asked(app, world.staff, now)
    draft = Challenge.draft(
        round=world.challenge.round,
        sponsor=world.body,
        brief=world.challenge.brief,
        budgets=dict.fromkeys(world.challenge.round.funded_stages, 1),
        by=world.author,
        at=now,
    )
    db.session.flush()
    assert finish not in asked(app, world.staff, now)
    draft.cancel(message="Not now.", by=world.approver, at=now)
    db.session.flush()
    assert finish in asked(app, world.staff, now)
