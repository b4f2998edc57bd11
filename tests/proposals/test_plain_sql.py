"""Proposals withstand plain SQL."""

from datetime import timedelta

import pytest

from civtech.core.db import db
from civtech.proposals.models import ProposalState
from tests.support.messages import fragment, wording
from tests.support.sql import done, refused
from tests.world import World

pytestmark = pytest.mark.both_databases("guards")

RECEIVE = (
    "INSERT INTO submission (proposal_id, number, received_at, submitted_by_id, content, digest) "
    "SELECT proposal_id, number + 1, (SELECT opens_at FROM challenge), submitted_by_id, content, digest FROM submission"
)


@pytest.mark.parametrize(
    "change",
    [
        "organisation_id = (SELECT id FROM organisation WHERE legal_name = 'Peat and Pixels Ltd')",
        "challenge_id = challenge_id + 1",
        "number = 2",
        "reference = 'P-FORGED'",
        "started_at = (SELECT opens_at FROM challenge)",
        "started_by_id = started_by_id + 1",
    ],
)
@pytest.mark.parametrize("state", ["written", "submitted"])
def test_a_proposal_stays_with_its_team_and_its_challenge(world: World, change: str, state: str):
    getattr(world, state)()
    assert wording("What was received cannot be changed. Another submission can replace it.") in refused(
        f"UPDATE proposal SET {change}"
    )


@pytest.mark.parametrize(
    "change",
    [
        "title = 'Forged'",
        "summary = 'Forged'",
        "submitted_at = (SELECT opens_at FROM challenge)",
        "title = 'Forged', submitted_at = (SELECT opens_at FROM challenge)",
        "state = 'draft', submitted_at = NULL",
    ],
)
def test_what_was_received_stands(world: World, change: str):
    world.submitted()
    assert wording("What was received cannot be changed. Another submission can replace it.") in refused(
        f"UPDATE proposal SET {change}"
    )


def test_a_withdrawn_proposal_comes_back_only_by_a_new_submission(world: World):
    proposal = world.submitted()
    proposal.withdraw(by=world.company_owner, at=world.at)
    back = "UPDATE proposal SET state = 'submitted', withdrawn_at = NULL"
    for change in ("", ", submitted_at = (SELECT opens_at FROM challenge)", ", submitted_at = withdrawn_at"):
        assert wording("What was received cannot be changed. Another submission can replace it.") in refused(
            back + change
        )
    done(RECEIVE)
    assert wording("What was received cannot be changed. Another submission can replace it.") in refused(back), (
        "the instant has to be that of the new submission"
    )
    done(back + ", submitted_at = (SELECT opens_at FROM challenge)")


def test_an_older_submission_is_not_made_to_count_again(world: World):
    proposal = world.submitted()
    proposal.submit(by=world.company_owner, at=world.before)
    assert wording("What was received cannot be changed. Another submission can replace it.") in refused(
        "UPDATE proposal SET submitted_at = (SELECT received_at FROM submission WHERE number = 1)"
    )


def test_a_draft_is_not_submitted_without_a_receipt(world: World):
    world.written()
    assert wording("What was received cannot be changed. Another submission can replace it.") in refused(
        "UPDATE proposal SET state = 'submitted', submitted_at = (SELECT opens_at FROM challenge)"
    )


@pytest.mark.parametrize(
    "change",
    [
        "title = 'Forged'",
        "summary = 'Forged'",
        "draft_title = 'Forged'",
        "state = 'withdrawn', withdrawn_at = submitted_at",
        "submitted_at = (SELECT opens_at FROM challenge)",
    ],
)
def test_once_opened_a_proposal_stays_as_it_is(world: World, change: str):
    world.submitted()
    world.opened()
    assert refused(f"UPDATE proposal SET {change}")
    assert wording("The proposals for this challenge have been opened. They can no longer be changed.") in refused(
        "UPDATE proposal SET draft_summary = 'Forged'"
    )


def test_after_the_opening_is_asked_for_the_challenge_is_not_cancelled(world: World):
    world.submitted()
    cancel = (
        "UPDATE challenge SET state = 'cancelled', message = 'Forged', cancelled_at = published_at, "
        "cancelled_by_id = published_by_id, cancelled_for = 'programme'"
    )
    with db.session.begin_nested() as undone:
        done(cancel)
        undone.rollback()
    world.opened()
    assert wording("You can no longer cancel this challenge because it has closed.") in refused(cancel)


def test_the_verbs_still_replace_withdraw_and_submit_again(world: World):
    proposal, by, second = world.submitted(), world.company_owner, timedelta(seconds=1)
    proposal.describe(title="Second title", summary="Second.", by=by, at=world.at)
    proposal.submit(by=by, at=world.at + second)
    db.session.flush()
    proposal.withdraw(by=by, at=world.at + 2 * second)
    proposal.submit(by=by, at=world.at + 3 * second)
    db.session.commit()
    assert (proposal.state, proposal.title, proposal.received.number) == (ProposalState.SUBMITTED, "Second title", 3)


def test_a_clock_that_was_put_back_keeps_nobody_from_replacing(world: World):
    proposal, by = world.submitted(), world.company_owner
    proposal.submit(by=by, at=world.at - timedelta(seconds=1))
    db.session.commit()
    assert proposal.received.number == 2


def test_a_proposal_begins_as_a_draft(world: World):
    world.submitted()
    columns = (
        "state, title, summary, draft_title, draft_summary, started_at, started_by_id, submitted_at, challenge_id, "
        "organisation_id, version"
    )
    copy = f"INSERT INTO proposal (reference, number, {columns}) SELECT 'P-FORGED', 2, {columns} FROM proposal"
    assert fragment("must start as a draft") in refused(copy)


REQUEST = (
    "INSERT INTO opening (version, reference, challenge_id, state, requested_at, requested_by_id, opened_at, "
    "confirmed_by_id) SELECT 1, 'N-FORGED', id, {state}, closes_at, :who, {opened_at}, {confirmed_by} FROM challenge"
)
REQUESTED = {"state": "'requested'", "opened_at": "NULL", "confirmed_by": "NULL"}
CONFIRM = "UPDATE opening SET state = 'opened', opened_at = requested_at, confirmed_by_id = :who"


@pytest.mark.parametrize("who", ["stranger", "finance", "auditor", "company_owner", "approver"])
def test_only_staff_open_proposals(world: World, who: str):
    person = getattr(world, who).id
    assert fragment("Only programme staff") in refused(REQUEST.format(**REQUESTED), who=person)
    done(REQUEST.format(**REQUESTED), who=world.staff.id)
    assert fragment("Only programme staff") in refused(CONFIRM, who=person)
    done(CONFIRM, who=world.colleague.id)


def test_an_opening_is_not_born_opened(world: World):
    born = {"state": "'opened'", "opened_at": "closes_at", "confirmed_by": str(world.colleague.id)}
    assert wording("One person asks for the opening and another confirms it.") in refused(
        REQUEST.format(**born), who=world.staff.id
    )


@pytest.mark.parametrize("who", ["stranger", "company_viewer", "rival_owner"])
def test_only_the_team_submits(world: World, who: str):
    world.submitted()
    send = RECEIVE.replace("opens_at FROM challenge), submitted_by_id", "opens_at FROM challenge), :who")
    assert wording("Only owners and editors of the team can submit its proposal.") in refused(
        send, who=world.people[who].id
    )
