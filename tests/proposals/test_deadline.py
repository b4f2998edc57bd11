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
from civtech.proposals.models.bound import submitted
from civtech.web.seen import token
from tests.support.messages import fragment, pattern, wording
from tests.world import World

pytestmark = pytest.mark.both_databases("types", "guards")

MICROSECOND = timedelta(microseconds=1)


def submission_form(proposal, **changes):
    return {"idempotency_key": new_token(), "seen": token(submitted(proposal)), "declaration": "y", **changes}


def test_one_microsecond_before_the_deadline_is_in_time(world: World):
    proposal = world.written()
    proposal.submit(by=world.company_owner, at=world.before)
    db.session.commit()
    assert proposal.state is ProposalState.SUBMITTED
    assert proposal.received.received_at == world.closes_at - MICROSECOND


def test_the_closing_instant_itself_is_late_and_the_attempt_is_an_event(world: World):
    proposal = world.written()
    with pytest.raises(WrongState) as refused:
        proposal.submit(by=world.company_owner, at=world.closes_at)
    assert isinstance(refused.value.recorded, LateSubmissionRefused)
    assert proposal.state is ProposalState.DRAFT


def test_nothing_is_written_described_or_withdrawn_after_the_deadline(world: World):
    proposal = world.submitted()
    for verb, details in {
        "write": {"key": "idea", "body": "Late words."},
        "describe": {"title": "Late", "summary": "Late."},
        "withdraw": {},
    }.items():
        with pytest.raises(WrongState):
            getattr(proposal, verb)(**details, by=world.company_owner, at=world.closes_at)


def test_a_late_submission_by_hand_is_refused_logged_and_loses_no_word(world: World, signed_in):
    proposal = world.written(words="Kept words")
    form = submission_form(proposal)
    client = signed_in(world.company_owner)
    with clock.at(world.closes_at):
        answer = client.post(f"/proposals/{proposal.reference}/submission", data=form)
        check = client.get(f"/proposals/{proposal.reference}/check")
    assert answer.status_code == 409
    assert wording("We received this after the deadline") in answer.text
    assert "Kept words" in check.text
    entry = db.session.query(AuditEntry).order_by(AuditEntry.sequence.desc()).first()
    assert (entry.event, entry.subject) == ("LateSubmissionRefused", proposal.reference)
    db.session.refresh(proposal)
    assert proposal.state is ProposalState.DRAFT
    assert proposal.submissions == []


def test_the_last_microsecond_counts_at_the_page_too(world: World, signed_in):
    proposal = world.written()
    form = submission_form(proposal)
    client = signed_in(world.company_owner)
    with clock.at(world.before):
        answer = client.post(f"/proposals/{proposal.reference}/submission", data=form)
    assert answer.status_code == 302
    db.session.expire_all()
    assert proposal.received.received_at == world.before


def test_a_late_section_is_refused_and_what_was_typed_comes_back(world: World, signed_in):
    proposal = world.written()
    client = signed_in(world.company_owner)
    page = f"/proposals/{proposal.reference}/sections/idea"
    with clock.at(world.closes_at):
        answer = client.post(page, data={"seen": "", "body": "Typed at the very last moment"})
    assert answer.status_code == 409
    assert "Typed at the very last moment" in answer.text
    version = digest_of({"body": proposal.section("idea").body})
    with clock.at(world.closes_at):
        answer = client.post(page, data={"seen": version, "body": "Typed at the very last moment"})
    assert answer.status_code == 409
    assert "Typed at the very last moment" in answer.text
    db.session.expire_all()
    assert proposal.section("idea").body == "Words. On idea."


def test_the_database_refuses_a_submission_outside_the_window(world: World):
    proposal = world.submitted()
    db.session.commit()
    copy = text(
        "INSERT INTO submission (proposal_id, number, received_at, submitted_by_id, content, digest) "
        "SELECT proposal_id, :number, (SELECT closes_at FROM challenge WHERE id = :challenge), submitted_by_id, "
        "content, digest FROM submission WHERE proposal_id = :proposal"
    )
    with pytest.raises(IntegrityError, match=pattern("The challenge is not open, so we received nothing.")):
        db.session.execute(copy, {"number": 2, "challenge": world.challenge.id, "proposal": proposal.id})


@pytest.mark.parametrize(
    "change", ["state = 'submitted', submitted_at = :late", "state = 'withdrawn', withdrawn_at = :late"]
)
def test_the_database_refuses_submitting_and_withdrawing_at_the_closing_instant(world: World, change: str):
    proposal = world.submitted()
    db.session.commit()
    late = "(SELECT closes_at FROM challenge WHERE challenge.id = proposal.challenge_id)"
    with pytest.raises(IntegrityError, match=r"stay as they are|cannot be changed|with what was received"):
        db.session.execute(text(f"UPDATE proposal SET {change.replace(':late', late)} WHERE id = {proposal.id}"))


def test_the_database_lets_nobody_change_or_remove_what_was_received(world: World):
    world.submitted()
    db.session.commit()
    for statement in ("UPDATE submission SET digest = digest", "DELETE FROM submission"):
        with pytest.raises(IntegrityError, match=fragment("change or delete")):
            db.session.execute(text(statement))
        db.session.rollback()


def test_nothing_is_received_once_the_proposals_are_opened(world: World):
    proposal = world.submitted()
    world.opened()
    with pytest.raises(
        IntegrityError,
        match=pattern("The proposals for this challenge have been opened. We can no longer receive submissions."),
    ):
        submit_and_store(proposal, world)


def submit_and_store(proposal: Proposal, world: World) -> None:
    proposal.submit(by=world.company_owner, at=world.before)
    db.session.flush()


def test_a_cancelled_challenge_receives_nothing(world: World):
    proposal = world.written()
    world.challenge.cancel(message="No money.", by=world.staff, at=world.at)
    with pytest.raises(WrongState):
        proposal.submit(by=world.company_owner, at=world.at)


def test_an_unfinished_proposal_is_not_submitted(world: World):
    with pytest.raises(RuleViolation, match=pattern("Title and summary")):
        world.started().submit(by=world.company_owner, at=world.at)
