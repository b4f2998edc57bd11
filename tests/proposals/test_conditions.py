"""A condition on submitting, other than time: every page says why, and no attempt counts as late."""

from dataclasses import replace
from datetime import timedelta

import pytest

from civtech.core import clock
from civtech.core.db import db
from civtech.core.references import new_token
from civtech.core.workflow import condition
from civtech.oversight.models import AuditEntry
from civtech.proposals.models import Proposal, ProposalState
from civtech.proposals.models.bound import submitted
from civtech.web.seen import token
from tests.support.messages import wording
from tests.world import World

REASON = "Enter the registration number of your company first."


@condition(REASON)
def is_registered(_proposal: Proposal, _at: object) -> bool:
    return False


@pytest.fixture
def refused(world: World, monkeypatch: pytest.MonkeyPatch) -> Proposal:
    """A finished proposal that cannot be submitted yet, for a reason that has nothing to do with time."""
    move = Proposal.submit.move
    monkeypatch.setattr(Proposal.submit, "move", replace(move, conditions=(*move.conditions, is_registered)))
    proposal = world.written()
    db.session.commit()
    return proposal


def test_the_proposal_and_its_last_page_say_why(world: World, refused: Proposal, signed_in):
    client = signed_in(world.company_owner)
    shown = client.get(f"/proposals/{refused.reference}").text
    assert wording("You cannot submit your proposal yet") in shown
    assert REASON in shown
    checked = client.get(f"/proposals/{refused.reference}/check").text
    assert REASON in checked
    assert wording("Only owners and editors of your team can submit it. Ask one of them.") not in checked


def test_home_does_not_ask_to_submit_what_cannot_be_submitted(world: World, refused: Proposal, signed_in):
    home = signed_in(world.company_owner).get("/home").text
    assert wording("Find out why you cannot submit “%(title)s” yet", title=refused.draft_title) in home
    assert wording("Submit “%(title)s”: every section is written", title=refused.draft_title) not in home


def test_sending_it_anyway_says_why_and_is_no_late_attempt(world: World, refused: Proposal, signed_in):
    form = {"idempotency_key": new_token(), "seen": token(submitted(refused)), "declaration": "y"}
    answer = signed_in(world.company_owner).post(f"/proposals/{refused.reference}/submission", data=form)
    assert answer.status_code == 409
    assert REASON in answer.text
    db.session.expire_all()
    assert refused.state is ProposalState.DRAFT
    assert db.session.query(AuditEntry).filter_by(event="LateSubmissionRefused").count() == 0


def test_after_the_deadline_the_deadline_is_the_reason(world: World, refused: Proposal, signed_in):
    with clock.at(world.closes_at + timedelta(minutes=1)):
        checked = signed_in(world.company_owner).get(f"/proposals/{refused.reference}/check").text
    assert "You can no longer submit your proposal." in checked
    assert REASON not in checked
