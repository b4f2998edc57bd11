"""E7: what was sent back is shown again with its reason and its text, and what is late is said to be."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from civtech.core import clock
from civtech.core.db import db
from civtech.stages.models import Milestone
from tests.support.messages import wording
from tests.support.sheet import sheet
from tests.world import Age, World
from tests.world.kept import Worlds

Enter = Callable[..., FlaskClient]
DAY = timedelta(days=1)


@pytest.fixture
def world(worlds: Worlds, now: datetime) -> World:
    return worlds(Age.FUNDED)


@pytest.fixture
def milestone(world: World) -> Milestone:
    return world.in_force().milestones[0]


def returned(world: World, milestone: Milestone) -> str:
    milestone.deliver(
        evidence="First draft of the counts.", link="https://kelp.example/counts", by=world.company_owner, at=world.at
    )
    milestone.send_back(reason="The winter months are missing.", by=world.approver, at=world.at)
    db.session.commit()
    return f"/milestones/{milestone.reference}"


def test_e7_returned_evidence_comes_back_with_its_reason_text_and_link(
    world: World, milestone: Milestone, signed_in: Enter
) -> None:
    page = returned(world, milestone)
    company = signed_in(world.company_owner)
    form = company.get(f"{page}/deliverables/new")
    filled = sheet(form)
    assert (filled["evidence"], filled["link"]) == ("First draft of the counts.", "https://kelp.example/counts")
    assert "The winter months are missing." in form.text
    assert wording("Change your evidence and send it again") in company.get(page).text
    assert company.post(f"{page}/deliverables/new", data={**filled, "evidence": "With winter."}).status_code == 302


def test_e7_a_first_delivery_has_an_empty_form(world: World, milestone: Milestone, signed_in: Enter) -> None:
    form = signed_in(world.company_owner).get(f"/milestones/{milestone.reference}/deliverables/new")
    assert (sheet(form)["evidence"], sheet(form)["link"]) == ("", "")


@pytest.mark.parametrize("back", [False, True])
def test_e7_late_evidence_is_said_to_company_sponsor_and_staff(
    world: World, milestone: Milestone, signed_in: Enter, back: bool
) -> None:
    page = returned(world, milestone) if back else f"/milestones/{milestone.reference}"
    title, agreement = milestone.title, f"/agreements/{milestone.agreement.reference}"
    late = datetime.combine(milestone.due_on, datetime.min.time(), world.at.tzinfo) + 1.5 * DAY
    asks = wording(
        "Ask %(company)s for the evidence for “%(title)s”", company=milestone.agreement.company.name, title=title
    )
    people = {
        "company": signed_in(world.company_owner),
        "sponsor": signed_in(world.approver),
        "staff": signed_in(world.staff),
    }
    with clock.at(late - DAY):
        for client in people.values():
            assert "overdue" not in client.get(page).text.lower()
            assert asks not in client.get("/home").text
    with clock.at(late):
        for who, client in people.items():
            assert "overdue" in client.get(page).text, who
            assert "is overdue" in client.get(agreement).text, who
            home = client.get("/home").text
            assert wording("Overdue since") in home, who
            assert (asks in home) == (who != "company"), who


def test_e7_a_refused_release_is_proposed_again_with_its_reason_in_view(
    world: World, milestone: Milestone, signed_in: Enter
) -> None:
    release = world.release(milestone)
    release.refuse(reason="The invoice has another number.", by=world.colleague, at=world.at)
    db.session.commit()
    page = signed_in(world.staff).get(f"/milestones/{milestone.reference}").text
    assert "The invoice has another number." in page
    assert wording("Propose release") in page
