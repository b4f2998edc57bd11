"""The deadline: one instant, decided by the server's clock, in Python and in the database."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from civtech.core import clock
from civtech.core.db import db
from civtech.core.errors import RuleViolation, WrongState
from civtech.core.references import new_token
from civtech.oversight.models import AuditEntry
from civtech.proposals.events import LateSubmissionRefused
from civtech.proposals.models import Proposal, ProposalState, digest_of
from tests.factories.proposals import Open

MICROSECOND = timedelta(microseconds=1)


def submission_form(proposal, **changes):
    return {"idempotency_key": new_token(), "seen": digest_of(proposal.words()), "declaration": "y", **changes}


def test_one_microsecond_before_the_deadline_is_in_time(scene: Open):
    proposal = scene.written()
    proposal.submit(by=scene.company_owner, at=scene.before)
    db.session.commit()
    assert proposal.state is ProposalState.SUBMITTED
    assert proposal.received.received_at == scene.closes_at - MICROSECOND


def test_the_closing_instant_itself_is_late_and_the_attempt_is_an_event(scene: Open):
    proposal = scene.written()
    with pytest.raises(WrongState) as refused:
        proposal.submit(by=scene.company_owner, at=scene.closes_at)
    assert isinstance(refused.value.recorded, LateSubmissionRefused)
    assert proposal.state is ProposalState.DRAFT


def test_nothing_is_written_described_or_withdrawn_after_the_deadline(scene: Open):
    proposal = scene.submitted()
    for verb, details in {
        "write": {"key": "idea", "body": "Late words."},
        "describe": {"title": "Late", "summary": "Late."},
        "withdraw": {},
    }.items():
        with pytest.raises(WrongState):
            getattr(proposal, verb)(**details, by=scene.company_owner, at=scene.closes_at)


def test_a_late_submission_by_hand_is_refused_logged_and_loses_no_word(scene: Open, signed_in):
    proposal = scene.written(words="Kept words")
    form = submission_form(proposal)
    client = signed_in(scene.company_owner)
    with clock.at(scene.closes_at):
        answer = client.post(f"/proposals/{proposal.reference}/submission", data=form)
        check = client.get(f"/proposals/{proposal.reference}/check")
    assert answer.status_code == 409
    assert "This came after the deadline" in answer.text
    assert "Kept words" in check.text
    entry = db.session.query(AuditEntry).order_by(AuditEntry.sequence.desc()).first()
    assert (entry.event, entry.subject) == ("LateSubmissionRefused", proposal.reference)
    db.session.refresh(proposal)
    assert proposal.state is ProposalState.DRAFT
    assert proposal.submissions == []


def test_the_last_microsecond_counts_at_the_page_too(scene: Open, signed_in):
    proposal = scene.written()
    form = submission_form(proposal)
    client = signed_in(scene.company_owner)
    with clock.at(scene.before):
        answer = client.post(f"/proposals/{proposal.reference}/submission", data=form)
    assert answer.status_code == 302
    db.session.expire_all()
    assert proposal.received.received_at == scene.before


def test_a_late_section_is_refused_and_what_was_typed_comes_back(scene: Open, signed_in):
    proposal = scene.written()
    client = signed_in(scene.company_owner)
    page = f"/proposals/{proposal.reference}/sections/idea"
    with clock.at(scene.closes_at):
        answer = client.post(page, data={"seen": "", "body": "Typed at the very last moment"})
    assert answer.status_code == 409
    assert "Typed at the very last moment" in answer.text
    version = digest_of({"body": proposal.section("idea").body})
    with clock.at(scene.closes_at):
        answer = client.post(page, data={"seen": version, "body": "Typed at the very last moment"})
    assert answer.status_code == 409
    assert "Typed at the very last moment" in answer.text
    db.session.expire_all()
    assert proposal.section("idea").body == "Words. On idea."


def test_the_database_refuses_a_submission_outside_the_window(scene: Open):
    proposal = scene.submitted()
    db.session.commit()
    copy = text(
        "INSERT INTO submission (proposal_id, number, received_at, submitted_by_id, content, digest) "
        "SELECT proposal_id, :number, (SELECT closes_at FROM challenge WHERE id = :challenge), submitted_by_id, "
        "content, digest FROM submission WHERE proposal_id = :proposal"
    )
    with pytest.raises(IntegrityError, match="nothing was received"):
        db.session.execute(copy, {"number": 2, "challenge": scene.challenge.id, "proposal": proposal.id})


@pytest.mark.parametrize(
    "change", ["state = 'submitted', submitted_at = :late", "state = 'withdrawn', withdrawn_at = :late"]
)
def test_the_database_refuses_submitting_and_withdrawing_at_the_closing_instant(scene: Open, change: str):
    proposal = scene.submitted()
    db.session.commit()
    late = "(SELECT closes_at FROM challenge WHERE challenge.id = proposal.challenge_id)"
    with pytest.raises(IntegrityError, match=r"stay as they are|stands as it was received"):
        db.session.execute(text(f"UPDATE proposal SET {change.replace(':late', late)} WHERE id = {proposal.id}"))


def test_the_database_lets_nobody_change_or_remove_what_was_received(scene: Open):
    scene.submitted()
    db.session.commit()
    for statement in ("UPDATE submission SET digest = digest", "DELETE FROM submission"):
        with pytest.raises(IntegrityError, match="not changed or deleted"):
            db.session.execute(text(statement))
        db.session.rollback()


def test_nothing_is_received_once_the_proposals_are_opened(scene: Open):
    proposal = scene.submitted()
    scene.opened()
    with pytest.raises(IntegrityError, match="nothing more is received"):
        submit_and_store(proposal, scene)


def submit_and_store(proposal: Proposal, scene: Open) -> None:
    proposal.submit(by=scene.company_owner, at=scene.before)
    db.session.flush()


def test_a_cancelled_challenge_receives_nothing(scene: Open):
    proposal = scene.written()
    scene.challenge.cancel(message="No money.", by=scene.staff, at=scene.at)
    with pytest.raises(WrongState):
        proposal.submit(by=scene.company_owner, at=scene.at)


def test_an_unfinished_proposal_is_not_submitted(scene: Open):
    with pytest.raises(RuleViolation, match="Title and summary"):
        scene.started().submit(by=scene.company_owner, at=scene.at)
