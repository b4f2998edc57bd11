"""Submitting, replacing, withdrawing, and the receipt."""

import hashlib
import json

from civtech.core import clock
from civtech.core.db import db
from civtech.core.references import new_token
from civtech.oversight.models import AuditEntry
from civtech.proposals.models import ProposalState
from civtech.proposals.models.bound import submitted
from civtech.web.seen import token
from tests.support.messages import fragment, wording
from tests.support.sheet import sheet
from tests.world import World


def form_for(proposal, **changes):
    return {"idempotency_key": new_token(), "seen": token(submitted(proposal)), "declaration": "y", **changes}


def test_submitting_leads_to_a_receipt_whose_digest_anybody_can_make_again(world: World, signed_in):
    proposal = world.written(title="Càballan a dh’èisteas", words="كيف يمكننا")
    client = signed_in(world.company_editor)
    answer = client.post(f"/proposals/{proposal.reference}/submission", data=form_for(proposal))
    assert answer.location == f"/proposals/{proposal.reference}/receipt"
    receipt = client.get(answer.location)
    file = client.get(f"{answer.location}.json")
    digest = hashlib.sha256(file.data).hexdigest()
    db.session.expire_all()
    assert digest == proposal.received.digest
    assert digest in receipt.text.replace("</span>", "").replace("<span>", "").replace("<wbr>", "")
    assert proposal.reference in receipt.text
    assert "9:30am on Monday 1 March 2027 (UK time)" in receipt.text
    assert "2027-03-01 09:30:00.000000 UTC" in receipt.text
    assert file.headers["Content-Disposition"] == f'attachment; filename="{proposal.reference}-receipt-1.json"'
    received = json.loads(file.data)
    assert received["received_at"] == "2027-03-01T09:30:00.000000+00:00"
    assert received["number"] == 1
    assert [part["body"] for part in received["parts"]] == [
        "Càballan a dh’èisteas",
        proposal.draft_summary,
        *(section.body for section in proposal.sections),
    ]
    entry = db.session.query(AuditEntry).filter_by(event="ProposalSubmitted").one()
    assert entry.facts["digest"] == digest


def test_pressing_twice_submits_once(world: World, signed_in):
    proposal = world.written()
    client = signed_in(world.company_owner)
    form = form_for(proposal)
    answers = [client.post(f"/proposals/{proposal.reference}/submission", data=form) for _press in range(2)]
    assert [answer.location for answer in answers] == [f"/proposals/{proposal.reference}/receipt"] * 2
    db.session.expire_all()
    assert len(proposal.submissions) == 1


def test_without_the_declaration_it_is_not_received(world: World, signed_in):
    proposal = world.written()
    form = form_for(proposal)
    del form["declaration"]
    answer = signed_in(world.company_owner).post(f"/proposals/{proposal.reference}/submission", data=form)
    assert answer.status_code == 422
    assert wording("Confirm that the team may make this offer.") in answer.text
    db.session.expire_all()
    assert proposal.state is ProposalState.DRAFT


def test_what_a_colleague_changed_meanwhile_has_to_be_checked_first(world: World, signed_in):
    proposal = world.written()
    form = form_for(proposal)
    proposal.write(key="idea", body="Changed meanwhile", by=world.company_editor, at=world.at)
    answer = signed_in(world.company_owner).post(f"/proposals/{proposal.reference}/submission", data=form)
    assert answer.status_code == 409
    assert "Changed meanwhile" in answer.text
    db.session.expire_all()
    assert proposal.submissions == []
    assert token(submitted(proposal)) in answer.text


def test_what_is_missing_is_named(world: World, signed_in):
    proposal = world.started()
    answer = signed_in(world.company_owner).post(f"/proposals/{proposal.reference}/submission", data=form_for(proposal))
    assert answer.status_code == 422
    assert wording("Finish “%(section)s” before you submit.", section="Title and summary") in answer.text


def test_it_can_be_replaced_and_the_latest_counts(world: World, signed_in):
    proposal = world.submitted(title="First title")
    proposal.describe(title="Second title", summary="Other.", by=world.company_owner, at=world.at)
    assert (proposal.title, proposal.has_unsubmitted_changes) == ("First title", True)
    client = signed_in(world.company_owner)
    page = client.get(f"/proposals/{proposal.reference}").text
    assert fragment("is the one that counts") in page
    assert wording("Submit your changes") in page
    with clock.at(world.before):
        client.post(f"/proposals/{proposal.reference}/submission", data=form_for(proposal))
    db.session.expire_all()
    assert (proposal.title, proposal.has_unsubmitted_changes) == ("Second title", False)
    assert [one.parts[0].body for one in proposal.submissions] == ["First title", "Second title"]
    receipts = f"/proposals/{proposal.reference}/receipt"
    assert wording("A later submission replaced this one.") in client.get(f"{receipts}?submission=1").text
    assert "First title" in client.get(f"{receipts}?submission=1").text
    for number in ("3", "0", "-1", "x", "99999999999999999999"):
        assert client.get(f"{receipts}?submission={number}").status_code == 404


def test_it_can_be_withdrawn_and_submitted_again(world: World, signed_in):
    proposal = world.submitted()
    client = signed_in(world.company_owner)
    address = f"/proposals/{proposal.reference}"
    shown = client.get(f"{address}/withdrawal")
    assert wording("Withdraw your proposal") in shown.text
    assert client.post(f"{address}/withdrawal", data=sheet(shown, "/withdrawal")).location == address
    db.session.expire_all()
    assert (proposal.state, proposal.received) == (ProposalState.WITHDRAWN, None)
    assert client.post(f"{address}/withdrawal").status_code == 409
    assert wording("There is nothing to withdraw now") in client.get(f"{address}/withdrawal").text
    with clock.at(world.before):
        assert client.post(f"{address}/submission", data=form_for(proposal)).status_code == 302
    db.session.expire_all()
    assert (proposal.state, proposal.received.number) == (ProposalState.SUBMITTED, 2)


def test_a_withdrawal_after_the_deadline_is_refused(world: World, signed_in):
    proposal = world.submitted()
    client = signed_in(world.company_owner)
    with clock.at(world.closes_at):
        assert client.post(f"/proposals/{proposal.reference}/withdrawal").status_code == 409
    db.session.expire_all()
    assert proposal.state is ProposalState.SUBMITTED


def test_a_draft_has_no_receipt(world: World, signed_in):
    proposal = world.written()
    client = signed_in(world.company_owner)
    assert client.get(f"/proposals/{proposal.reference}/receipt").status_code == 404
    assert client.get(f"/proposals/{proposal.reference}/receipt.json").status_code == 404


def test_an_earlier_submission_still_counts_after_a_late_attempt(world: World, signed_in):
    proposal = world.submitted()
    proposal.write(key="idea", body="Late thoughts", by=world.company_owner, at=world.at)
    form = form_for(proposal)
    with clock.at(world.closes_at):
        answer = signed_in(world.company_owner).post(f"/proposals/{proposal.reference}/submission", data=form)
    assert answer.status_code == 409
    assert wording("Your earlier submission still counts") in answer.text
    db.session.expire_all()
    assert proposal.received.number == 1


def test_a_page_opened_before_a_new_submission_does_not_withdraw_it(world: World, signed_in):
    proposal = world.submitted()
    owner, editor = signed_in(world.company_owner), signed_in(world.company_editor)
    address = f"/proposals/{proposal.reference}"
    opened_before = sheet(owner.get(f"{address}/withdrawal"), "/withdrawal")
    proposal.describe(title="Second title", summary="Second.", by=world.company_editor, at=world.at)
    db.session.commit()
    with clock.at(world.before):
        assert editor.post(f"{address}/submission", data=form_for(proposal)).status_code == 302
    answer = owner.post(f"{address}/withdrawal", data=opened_before)
    assert answer.status_code == 409
    assert fragment("Someone changed this while you had the page open") in answer.text
    db.session.expire_all()
    assert (proposal.state, proposal.received.number) == (ProposalState.SUBMITTED, 2)
    with clock.at(world.before):
        assert owner.post(f"{address}/withdrawal", data=sheet(answer, "/withdrawal")).location == address
