"""Staff plan milestones on the pages: what cannot be is said in the form, and what was planned can be changed."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from civtech.core.db import db
from civtech.people.models import User
from civtech.stages.models import Milestone
from tests.support.messages import wording
from tests.support.sheet import sheet
from tests.support.sql import joined_anyway
from tests.world import Age
from tests.world.kept import Worlds

SignIn = Callable[[User], FlaskClient]


@pytest.fixture
def world(worlds: Worlds, app, now):
    return worlds(Age.FUNDED, teams=1)


@pytest.fixture
def agreement(world):
    made = world.agreement()
    db.session.commit()
    return made


def milestones() -> list[tuple[str, int, int]]:
    db.session.expire_all()
    found = db.session.scalars(select(Milestone).order_by(Milestone.number)).unique()
    return [(milestone.title, milestone.amount_pence, milestone.vat_pence) for milestone in found]


AS_PLANNED = [("Milestone 1", 200_000, 40_000), ("Milestone 2", 300_000, 60_000)]


def test_more_than_the_stage_pays_is_refused_in_the_form_with_everything_typed(world, agreement, signed_in: SignIn):
    staff = signed_in(world.staff)
    address = f"/agreements/{agreement.reference}/milestones/new"
    typed = {
        "title": "Too dear",
        "success_criteria": "It shines.",
        "due_on-day": "1",
        "due_on-month": "3",
        "due_on-year": "2027",
        "amount": "99,999",
        "vat": "20",
    }
    page = staff.post(address, data=sheet(staff.get(address)) | typed)
    assert page.status_code == 422
    assert (
        wording("Enter a lower amount. With this milestone, the agreement is more than the stage pays one team.")
        in page.text
    )
    assert {name: sheet(page)[name] for name in typed} == typed
    assert milestones() == AS_PLANNED


def test_a_planned_milestone_is_changed_on_its_own_page(world, agreement, signed_in: SignIn):
    staff = signed_in(world.staff)
    first = agreement.milestones[0].reference
    address = f"/milestones/{first}/draft"
    assert address in staff.get(f"/milestones/{first}").text
    sent = sheet(staff.get(address))
    assert (sent["title"], sent["amount"], sent["vat"], sent["due_on-day"]) == ("Milestone 1", "2,000", "20", "11")
    answer = staff.post(address, data=sent | {"title": "First light", "amount": "1,500", "vat": "0"})
    assert (answer.status_code, answer.location) == (302, f"/agreements/{agreement.reference}")
    assert milestones() == [("First light", 150_000, 0), AS_PLANNED[1]]
    db.session.refresh(agreement)
    assert (agreement.amount_pence, agreement.vat_pence) == (450_000, 60_000)


def test_two_who_change_the_same_milestone_do_not_overwrite_each_other(world, agreement, signed_in: SignIn):
    staff, colleague = signed_in(world.staff), signed_in(world.colleague)
    address = f"/milestones/{agreement.milestones[0].reference}/draft"
    first, second = sheet(staff.get(address)), sheet(colleague.get(address))
    assert staff.post(address, data=first | {"title": "Mine"}).status_code == 302
    late = colleague.post(address, data=second | {"title": "Yours"})
    assert late.status_code == 409
    assert sheet(late)["title"] == "Yours"
    assert milestones()[0][0] == "Mine"
    assert colleague.post(address, data=sheet(late)).status_code == 302
    assert milestones()[0][0] == "Yours"


@pytest.mark.both_databases("guards")
def test_nobody_changes_a_milestone_that_was_offered_or_of_a_team_they_have_a_stake_in(
    world, agreement, signed_in: SignIn
):
    address = f"/milestones/{agreement.milestones[0].reference}/draft"
    for who, status in (("auditor", 403), ("finance", 403), ("company_owner", 404), ("stranger", 404)):
        assert signed_in(world.people[who]).get(address).status_code == status, who
    joined_anyway(world.colleague, world.proposals[0].organisation, world.at)
    assert signed_in(world.colleague).get(address).status_code == 404
    staff = signed_in(world.staff)
    sent = sheet(staff.get(address))
    db.session.refresh(agreement)
    agreement.offer(by=world.staff, at=world.at)
    db.session.commit()
    page = f"/milestones/{agreement.milestones[0].reference}"
    assert staff.get(address).location == page
    assert address not in staff.get(page).text
    assert staff.post(address, data=sent).status_code == 409
    assert milestones() == AS_PLANNED
