"""The sponsor's and the staff's list says how far each challenge has come, also after its deadline."""

import re

import pytest
from sqlalchemy import event, insert

from civtech.challenges.models import Challenge
from civtech.core import clock
from civtech.core.db import db
from tests.support.messages import wording
from tests.support.sql import without
from tests.world import Age
from tests.world.kept import Worlds


def tags(client) -> list[str]:
    """The tags on the list, from the newest challenge to the oldest."""
    found = re.findall(r'class="govuk-tag[^"]*">([^<]*)<', client.get("/challenges/manage").text)
    return [tag.strip() for tag in found]


def test_a_closed_challenge_is_opened_then_judged_stage_by_stage(worlds: Worlds, app, now, signed_in):
    scene = worlds(Age.PUBLISHED)
    staff, sponsor = signed_in(scene.staff), signed_in(scene.author)
    assert tags(staff) == tags(sponsor) == ["Open"]
    with clock.at(scene.closes_at):
        assert tags(sponsor) == [wording("Closed without proposals")]
    scene.submitted()
    db.session.commit()
    with clock.at(scene.closes_at):
        assert tags(staff) == tags(sponsor) == [wording("Closed, waiting to be opened")]
        scene.opened()
        db.session.commit()
        assert tags(staff) == tags(sponsor) == ["Being judged: Sift"]


def test_nothing_that_is_not_released_shows_in_the_list(worlds: Worlds, app, now, signed_in):
    world = worlds(Age.RECEIVED)
    sponsor = signed_in(world.author)
    world.convene()
    world.score_all(dict.fromkeys(world.proposals, 4))
    decision = world.decided(world.proposals[:1], release=False)
    decision.approve(by=world.colleague, at=world.at)
    db.session.commit()
    assert tags(sponsor) == ["Being judged: Sift"]
    decision.release(by=world.staff, at=world.at)
    db.session.commit()
    assert tags(sponsor) == ["Being judged: Interview"]


def test_a_challenge_is_finished_when_nobody_goes_on(worlds: Worlds, app, now, signed_in):
    world = worlds(Age.RECEIVED)
    world.convene()
    world.score_all(dict.fromkeys(world.proposals, 1))
    world.decided([])
    db.session.commit()
    assert tags(signed_in(world.author)) == ["Finished"]


def test_funded_stages_are_named_until_the_last_is_completed(worlds: Worlds, app, now, signed_in):
    world = worlds(Age.FUNDED, teams=1)
    sponsor, at = signed_in(world.author), now
    for stage, amount in (("exploration", 500_000), ("accelerator", 3_000_000)):
        db.session.commit()
        assert tags(sponsor) == [f"Funded: {stage.title()}"]
        agreement = world.in_force(stage=stage, amounts=(amount,), at=at)
        at = agreement.activated_at
        world.accepted(agreement.milestones[0], at=at)
        world.decide(stage, world.proposals, at)
    db.session.commit()
    assert tags(sponsor) == ["Funded: Pre-commercialisation"]
    last = world.in_force(stage="pre-commercialisation", amounts=(1_000,), at=at)
    at = last.activated_at
    world.accepted(last.milestones[0], at=at)
    db.session.commit()
    assert tags(sponsor) == ["Funded: Pre-commercialisation"]
    last.conclude(by=world.staff, at=at)
    db.session.commit()
    assert tags(sponsor) == ["Finished"]


@pytest.mark.both_databases("guards")
def test_the_list_costs_the_same_for_one_closed_challenge_and_for_many(worlds: Worlds, app, now, signed_in):
    world = worlds(Age.FUNDED, teams=1)
    staff = signed_in(world.staff)
    few = cost(staff)
    plain = {
        column.key: getattr(world.challenge, column.key)
        for column in Challenge.__mapper__.column_attrs
        if column.key != "id"
    }
    copies = [plain | {"reference": f"C-{place}", "slug": f"copy-{place}"} for place in range(10)]
    with without("challenge_begins_as_declared"):
        db.session.execute(insert(Challenge), copies)
    db.session.commit()
    assert cost(staff) == few


def cost(client) -> int:
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    client.get("/challenges/manage")
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        client.get("/challenges/manage")
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len([statement for statement in seen if statement.startswith("SELECT")])
