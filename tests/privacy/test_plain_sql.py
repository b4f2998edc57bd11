"""What the database itself refuses of erasing, whatever the code above it does."""

from datetime import datetime, timedelta

import pytest

from civtech.core.db import db, unit_of_work
from civtech.organisations.models import Invitation, MemberRole
from civtech.people.models import User
from civtech.privacy.models import Erasure, ErasureGround, ErasureRequest, Hold, ProblemReport
from tests.support.messages import fragment, wording
from tests.support.sql import done, moment, refused, without
from tests.world import Age, World
from tests.world.kept import Worlds

pytestmark = pytest.mark.both_databases("guards")

ERASED = "INSERT INTO erasure (person_id, ground, erased_at) VALUES (:person, 'operator', :at)"
NOWHERE = "UPDATE person SET email = 'erased-' || lower(reference) || '@invalid' WHERE id = :person"


@pytest.fixture
def gone(loner: User, now: datetime) -> User:
    """Somebody who was erased."""
    with unit_of_work():
        Erasure.carry_out(loner, ground=ErasureGround.OPERATOR, by=None, at=now)
    return loner


def held(on: object, world: World, now: datetime) -> Hold:
    hold = Hold.place(on, reason="FOI 7", ends_at=now + timedelta(days=30), by=world.staff, at=now)  # type: ignore[arg-type]
    db.session.flush()
    return hold


def erasure_refused(person: User, at: datetime) -> str:
    return refused(ERASED, person=person.id, at=moment(at))


@pytest.mark.parametrize(
    "change",
    [
        "name = 'Lou again'",
        "email = 'lou@example.org'",
        "password = 'x'",
        "active = true",
        "confirmed_at = registered_at",
        "tf_primary_method = 'authenticator'",
        "tf_totp_secret = 'x'",
        "mf_recovery_codes = '[]'",
        "reference = 'U-2222-2222'",
        "id = 9999",
        "fs_uniquifier = 'x'",
        "tf_last_counter = 1",
        "registered_at = '2020-01-01 00:00:00+00:00'",
    ],
)
def test_who_was_erased_never_comes_back(gone: User, change: str) -> None:
    said = refused(f"UPDATE person SET {change} WHERE id = :person", person=gone.id)
    assert fragment("someone who has been erased") in said or fragment("reference of a person") in said


def test_who_was_erased_acts_for_nobody_and_signs_in_nowhere(world: World, gone: User, now: datetime) -> None:
    assert wording("Someone who has been erased cannot sign in, hold a role or act for an organisation.") in refused(
        "INSERT INTO membership (user_id, organisation_id, role, since) VALUES (:person, :company, 'editor', :at)",
        person=gone.id, company=world.company.id, at=moment(now),
    )  # fmt: skip
    assert wording("Someone who has been erased cannot sign in, hold a role or act for an organisation.") in refused(
        "INSERT INTO browser_session (reference, digest, user_id, browser, begun_at) "
        "VALUES ('B', 'd', :person, '', :at)",
        person=gone.id, at=moment(now),
    )  # fmt: skip


def test_an_erasure_neither_changes_nor_goes(gone: User, world: World) -> None:
    assert wording("You cannot change or undo an erasure.") in refused(
        "UPDATE erasure SET person_id = :other", other=world.stranger.id
    )
    assert wording("You cannot change or undo an erasure.") in refused("DELETE FROM erasure")


def test_nobody_is_made_unknown_without_a_record(world: World) -> None:
    assert wording("You cannot erase a person without recording the erasure.") in refused(
        NOWHERE, person=world.stranger.id
    )


def test_a_hold_on_a_person_forbids_the_erasure_until_it_ends(world: World, now: datetime) -> None:
    hold = held(world.stranger, world, now)
    assert wording("There is a hold on this data. You cannot erase it until the hold ends.") in erasure_refused(
        world.stranger, now
    )
    assert wording("There is a hold on this data. You cannot erase it until the hold ends.") in erasure_refused(
        world.stranger, hold.ends_at - timedelta(microseconds=1)
    )
    done(ERASED, person=world.stranger.id, at=moment(hold.ends_at))


def test_a_hold_on_an_organisation_forbids_it_for_its_people(world: World, now: datetime) -> None:
    held(world.company, world, now)
    assert wording("There is a hold on this data. You cannot erase it until the hold ends.") in erasure_refused(
        world.company_editor, now
    )
    done(ERASED, person=world.rival_editor.id, at=moment(now))


def test_it_forbids_it_for_who_began_or_submitted_a_proposal_and_left(world: World, now: datetime) -> None:
    world.submitted()
    world.company.admit(world.stranger, MemberRole.OWNER, by=None, at=now)
    db.session.flush()
    done(
        "UPDATE membership SET until = '2999-01-01 00:00:00+00:00' WHERE user_id = :person",
        person=world.company_owner.id,
    )
    held(world.company, world, now)
    assert wording("There is a hold on this data. You cannot erase it until the hold ends.") in erasure_refused(
        world.company_owner, now
    )


def test_a_lifted_hold_forbids_nothing(world: World, now: datetime) -> None:
    held(world.stranger, world, now).lift(by=world.colleague, at=now)
    db.session.flush()
    done(ERASED, person=world.stranger.id, at=moment(now))


def test_an_erasure_on_request_waits_for_its_time(loner: User, now: datetime) -> None:
    on_request = ERASED.replace("operator", "request")
    said = wording("The person can still withdraw the request. Wait until the waiting period ends.")
    assert said in refused(on_request, person=loner.id, at=moment(now)), "nobody asked"
    first = ErasureRequest.ask(by=loner, at=now)
    db.session.flush()
    first.take_back(by=loner, at=now)
    db.session.flush()
    assert said in refused(on_request, person=loner.id, at=moment(first.due_at)), "it was taken back"
    asked = ErasureRequest.ask(by=loner, at=now)
    db.session.flush()
    assert said in refused(on_request, person=loner.id, at=moment(asked.due_at - timedelta(microseconds=1)))
    done(on_request, person=loner.id, at=moment(asked.due_at))


def test_the_last_owner_stays_while_others_or_work_need_one(world: World, now: datetime) -> None:
    said = fragment("You cannot erase the only owner while other people, a proposal or an agreement need one.")
    assert said in erasure_refused(world.company_owner, now)
    assert said in erasure_refused(world.head, now)
    done(
        "UPDATE membership SET until = '2999-01-01 00:00:00+00:00' WHERE organisation_id = :id AND role <> 'owner'",
        id=world.company.id,
    )
    world.submitted()
    assert said in erasure_refused(world.company_owner, now)
    done("UPDATE proposal SET state = 'withdrawn', withdrawn_at = submitted_at")
    done(ERASED, person=world.company_owner.id, at=moment(now))


def closed_while_an_agreement_runs(at: datetime) -> None:
    """As a round could be before the database refused it."""
    with without("round_waits_for_its_agreements"):
        done("UPDATE round SET state = 'finished', finished_at = :at", at=moment(at))


def test_the_last_owner_stays_while_an_agreement_runs(worlds: Worlds, app, now: datetime) -> None:
    world = worlds(Age.FUNDED, teams=1)
    world.in_force()
    closed_while_an_agreement_runs(now)
    done("UPDATE membership SET until = '2999-01-01 00:00:00+00:00' WHERE role IN ('editor', 'viewer')")
    assert wording(
        "You cannot erase the only owner while other people, a proposal or an agreement need one. Another "
        "owner must join first."
    ) in erasure_refused(world.company_owner, now)


def test_the_last_owner_leaves_only_by_an_erasure(world: World, now: datetime) -> None:
    done(
        "UPDATE membership SET until = '2999-01-01 00:00:00+00:00' WHERE organisation_id = :id AND role <> 'owner'",
        id=world.company.id,
    )
    leave = "UPDATE membership SET until = '2999-01-01 00:00:00+00:00' WHERE user_id = :person"
    assert wording("An organisation must have at least one owner. Invite another owner first.") in refused(
        leave, person=world.company_owner.id
    )
    done(ERASED, person=world.company_owner.id, at=moment(now))
    done(leave, person=world.company_owner.id)


def test_only_a_draft_of_nobody_goes(world: World, now: datetime) -> None:
    draft, received = world.started(), world.submitted(world.rival)
    take = "DELETE FROM proposal WHERE id = :id"
    done("DELETE FROM section WHERE proposal_id = :id", id=draft.id)
    assert wording(
        "You can delete only a draft that was never submitted, when no one is left in its team and there is no hold."
    ) in refused(take, id=draft.id)
    assert wording(
        "You can delete only a draft that was never submitted, when no one is left in its team and there is no hold."
    ) in refused(take, id=received.id)
    done(
        "UPDATE membership SET until = '2999-01-01 00:00:00+00:00' WHERE organisation_id = :id AND role <> 'owner'",
        id=world.company.id,
    )
    done(ERASED, person=world.company_owner.id, at=moment(now))
    done(
        "UPDATE membership SET until = '2999-01-01 00:00:00+00:00' WHERE organisation_id = :id AND until IS NULL",
        id=world.company.id,
    )
    with db.session.begin_nested() as attempt:
        held(world.company, world, now - timedelta(days=1))
        assert wording(
            "You can delete only a draft that was never submitted, when no one is left in its team and there "
            "is no hold."
        ) in refused(take, id=draft.id)
        attempt.rollback()
    done(take, id=draft.id)


def test_an_invitation_loses_its_address_once_it_is_answered_and_gets_no_other(world: World, now: datetime) -> None:
    invitation = Invitation.send(world.company, "new@people.example", MemberRole.EDITOR, by=world.company_owner, at=now)
    nowhere = "UPDATE invitation SET email = 'erased-' || lower(reference) || '@invalid'"
    said = fragment("An invitation, who confirmed it and its answer cannot be changed.")
    assert said in refused(nowhere)
    invitation.revoke(by=world.company_owner, at=now)
    assert said in refused("UPDATE invitation SET email = 'other@people.example'")
    assert said in refused("UPDATE invitation SET email = 'erased-other@invalid'")
    assert said in refused(f"{nowhere}, role = 'owner'")
    done(nowhere)
    assert said in refused("UPDATE invitation SET email = 'new@people.example'")


def test_a_hold_stays_as_it_was_placed(world: World, now: datetime) -> None:
    hold = held(world.stranger, world, now)
    changes = ("ends_at = placed_at", "reason = 'none'", "person_id = NULL, organisation_id = 1")
    for change in (*changes, f"placed_by_id = {world.colleague.id}"):
        assert refused(f"UPDATE hold SET {change}")
    assert wording("You cannot delete a hold.") in refused("DELETE FROM hold")
    hold.lift(by=world.colleague, at=now)
    db.session.flush()
    assert wording("A hold cannot be changed. It can be lifted, once.") in refused(
        "UPDATE hold SET lifted_at = NULL, lifted_by_id = NULL"
    )


@pytest.mark.parametrize(
    ("columns", "values"),
    [
        ("reason, person_id", "' ', :person"),
        ("reason, person_id, organisation_id", "'x', :person, 1"),
        ("reason", "'x'"),
    ],
)
def test_a_hold_is_on_one_thing_for_a_reason(world: World, now: datetime, columns: str, values: str) -> None:
    refused(
        f"INSERT INTO hold (reference, placed_at, ends_at, placed_by_id, version, {columns}) "
        f"VALUES ('H', :at, :end, :person, 1, {values})",
        person=world.staff.id, at=moment(now), end=moment(now + timedelta(days=1)),
    )  # fmt: skip


def test_a_request_is_done_only_by_an_erasure_and_stays_as_it_was_asked(world: World, now: datetime) -> None:
    ErasureRequest.ask(by=world.stranger, at=now)
    db.session.flush()
    answer = "UPDATE erasure_request SET state = '{state}', answered_at = asked_at"
    assert wording("Erase the person before you mark the erasure request as done.") in refused(
        answer.format(state="done")
    )
    for change in ("person_id = 1", "due_at = asked_at", "reference = 'Y'"):
        assert refused(f"UPDATE erasure_request SET {change}")
    assert wording("You cannot delete an erasure request.") in refused("DELETE FROM erasure_request")
    done(answer.format(state="taken_back"))
    assert wording("A request for erasure cannot be changed.") in refused(
        "UPDATE erasure_request SET state = 'asked', answered_at = NULL"
    )
    assert fragment("is made before") in refused(
        "INSERT INTO erasure_request (reference, person_id, state, asked_at, due_at, answered_at, version) "
        "VALUES ('Y', :person, 'taken_back', :at, :later, :at, 1)",
        person=world.stranger.id, at=moment(now), later=moment(now + timedelta(days=1)),
    )  # fmt: skip


def test_one_person_has_one_request_that_waits(world: World, now: datetime) -> None:
    ErasureRequest.ask(by=world.stranger, at=now)
    said = refused(
        "INSERT INTO erasure_request (reference, person_id, state, asked_at, due_at, version) "
        "SELECT 'Y', person_id, state, asked_at, due_at, 1 FROM erasure_request"
    )
    assert "UNIQUE constraint failed" in said or "uq_erasure_request_waiting" in said


def test_a_report_stays_as_it_was_made_and_goes_only_when_dealt_with(world: World, now: datetime) -> None:
    report = ProblemReport.make(words="No focus.", page="/", email="a@example.org", by=None, at=now)
    db.session.flush()
    assert wording("A report cannot be changed.") in refused("UPDATE problem_report SET words = 'Fine.'")
    assert wording("Deal with the report before you delete it.") in refused("DELETE FROM problem_report")
    done("UPDATE problem_report SET email = NULL")
    report.deal_with(by=world.staff, at=now)
    db.session.flush()
    assert wording("A report cannot be changed.") in refused(
        "UPDATE problem_report SET state = 'reported', dealt_with_at = NULL, dealt_with_by_id = NULL"
    )
    done("DELETE FROM problem_report")


def test_nobody_erases_themselves_for_the_programme(world: World, now: datetime) -> None:
    assert refused(
        "INSERT INTO erasure (person_id, ground, erased_at, erased_by_id) VALUES (:person, 'operator', :at, :person)",
        person=world.stranger.id, at=moment(now),
    )  # fmt: skip
