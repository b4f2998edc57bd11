"""What was seen is what counts: money and evidence are decided on as the page showed them."""

from datetime import date

import pytest

from civtech.core.db import db
from civtech.funding.models import ReleaseState
from civtech.stages.models import AgreementState, MilestoneState
from tests.support.messages import wording
from tests.support.sheet import sheet
from tests.world import Age
from tests.world.kept import Worlds


@pytest.fixture
def world(worlds: Worlds, app, now):
    return worlds(Age.FUNDED, teams=1)


@pytest.mark.parametrize("act", ["approval", "payment"])
def test_a_release_to_a_payee_who_was_renamed_meanwhile_is_refused_and_says_so(world, signed_in, act):
    release = world.release(world.in_force().milestones[0])
    if act == "payment":
        release.approve(by=world.colleague, at=world.at)
    db.session.commit()
    finance, url = signed_in(world.finance), f"/releases/{release.reference}"
    page = sheet(finance.get(url), f"/{act}") | {"bank_reference": "BACS-000001"}
    world.proposals[0].organisation.legal_name = "Another Name Ltd"
    number = world.proposals[0].organisation.identifier_number
    db.session.commit()
    answer = finance.post(f"{url}/{act}", data=page)
    assert answer.status_code == 409
    assert (
        wording(
            "%(label)s: was “%(was)s”, is now “%(now)s”.",
            label="Payee",
            was=f"Tidewater Signals Ltd ({number})",
            now=f"Another Name Ltd ({number})",
        )
        in answer.text
    )
    db.session.expire_all()
    assert release.state is (ReleaseState.PROPOSED if act == "approval" else ReleaseState.APPROVED)
    again = sheet(answer, f"/{act}") | {"bank_reference": "BACS-000001"}
    assert finance.post(f"{url}/{act}", data=again).status_code == 302


def test_a_return_is_about_the_evidence_that_was_read(world, signed_in):
    milestone = world.in_force().milestones[0]
    milestone.deliver(evidence="First.", link=None, by=world.company_owner, at=world.at)
    db.session.commit()
    acceptor, url = signed_in(world.acceptor), f"/milestones/{milestone.reference}/return"
    page = sheet(acceptor.get(url)) | {"reason": "Which junctions?"}
    milestone.send_back(reason="More.", by=world.head, at=world.at)
    db.session.flush()
    milestone.deliver(evidence="Second.", link="https://example.org/2", by=world.company_owner, at=world.at)
    db.session.commit()
    answer = acceptor.post(url, data=page)
    assert answer.status_code == 409
    assert (
        wording("%(label)s: was “%(was)s”, is now “%(now)s”.", label="Evidence", was="number 1", now="number 2")
        in answer.text
    )
    assert sheet(answer)["reason"] == "Which junctions?"
    db.session.expire_all()
    assert milestone.state is MilestoneState.DELIVERED
    assert acceptor.post(url, data=sheet(answer)).status_code == 302


def test_an_offer_of_other_dates_or_milestones_than_the_page_showed_is_refused_and_says_so(world, signed_in):
    agreement = world.agreement()
    db.session.commit()
    staff, url = signed_in(world.staff), f"/agreements/{agreement.reference}/offer"
    page = sheet(staff.get(url), "/offer")
    first = agreement.milestones[0]
    plan = {name: getattr(first, name) for name in ("title", "success_criteria", "amount_pence", "vat_per_cent")}
    agreement.replan(milestone=first, due_on=date(2027, 6, 1), by=world.colleague, at=world.at, **plan)
    db.session.commit()
    answer = staff.post(url, data=page)
    assert answer.status_code == 409
    assert "is now “Milestone 1: due on 1 June 2027" in answer.text
    db.session.expire_all()
    assert agreement.state is AgreementState.DRAFT
    assert staff.post(url, data=sheet(answer, "/offer")).status_code == 302
