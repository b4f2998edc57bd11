"""Who a person was goes, what they did stays, and the audit log verifies afterwards."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from civtech.core import personal
from civtech.core.db import db, unit_of_work
from civtech.core.errors import RuleViolation
from civtech.notifications.models import OutboxMessage
from civtech.organisations.models import Invitation, InvitationState, MemberRole, Membership, Organisation
from civtech.oversight.models import AuditEntry
from civtech.oversight.verification import End, verify
from civtech.people.models import EVERYWHERE, BrowserSession, ProgrammeRole, User
from civtech.privacy.models import Erasure, ErasureGround
from civtech.programmes.models import Round, RoundState
from civtech.proposals.models import Proposal
from civtech.roles.models import RoleGrant
from tests.privacy.conftest import SignedIn, reread, written_down
from tests.support.messages import fragment, pattern, wording
from tests.support.sql import refused, without
from tests.world import Age, World
from tests.world.kept import Worlds

pytestmark = pytest.mark.both_databases("guards")


def erase(person: User, at: datetime, by: User | None = None) -> dict[str, int]:
    with unit_of_work():
        return Erasure.carry_out(person, ground=ErasureGround.OPERATOR, by=by, at=at)


def hindrances(person: User, at: datetime) -> list[str]:
    return [str(hindrance.text) for hindrance in personal.hindrances(person, at)]


def holds() -> int:
    """The number of entries of the audit log, which holds from the first to the last."""
    *_progress, end = verify(db.session)
    assert isinstance(end, End), end
    return end.sequence


@pytest.mark.parametrize("imported", [("sessions", "account", "mails"), ("mails", "sessions", "account")])
def test_steps_run_by_their_order_and_then_by_name(imported, loner: User, now: datetime, monkeypatch) -> None:
    monkeypatch.setattr(personal, "_steps", [])
    for name in imported:
        personal.erased(name, order=personal.LAST if name == "account" else 50)(lambda _person, _at: 1)
    assert list(personal.erase(loner, now)) == ["mails", "sessions", "account"]


def test_emails_go_after_everything_that_can_queue_one(app) -> None:
    steps = [name for _order, name, _step in personal._steps]
    assert steps[-4:] == ["mails", "changes_of_address", "account", "sign_ins_elsewhere"]


def test_the_row_of_a_person_is_emptied(loner: User, now: datetime) -> None:
    identity = loner.fs_uniquifier
    counts = erase(loner, now)
    assert counts == {
        "sessions": 1,
        "memberships": 2,
        "invitations": 1,
        "passkeys": 1,
        "changes_of_address": 1,
        "forms_sent": 2,
        "drafts": 1,
        "mails": 4,
        "account": 1,
    }
    person = reread(loner)
    assert (person.name, person.email) == ("Erased person", f"erased-{person.reference.lower()}@invalid")
    assert (person.password, person.active, person.is_confirmed) == (None, False, False)
    assert (person.has_second_factor, person.mf_recovery_codes, person.memberships) == (False, None, [])
    assert person.fs_uniquifier != identity


def test_nothing_says_any_more_who_it_was(loner: User, now: datetime) -> None:
    email = loner.email
    assert written_down(email) == {"person", "invitation", "outbox_message", "address_change"}
    erase(loner, now)
    assert written_down(email) == set()
    assert written_down("Löner") == set()
    assert written_down("CANARY") == set()


def test_sessions_end_and_the_next_request_is_a_visitors(loner: User, signed_in: SignedIn, now: datetime) -> None:
    client = signed_in(loner)
    assert client.get("/account").status_code == 200
    erase(loner, now)
    assert client.get("/account").status_code == 302
    assert set(db.session.execute(select(BrowserSession.browser, BrowserSession.ended_at).where(
        BrowserSession.user_id == loner.id))) == {("", now)}  # fmt: skip


def test_invitations_are_taken_back_and_lead_nowhere(world: World, loner: User, now: datetime) -> None:
    erase(loner, now)
    invitation = db.session.scalars(select(Invitation)).one()
    assert invitation.state is InvitationState.REVOKED
    assert invitation.email == f"erased-{invitation.reference.lower()}@invalid"


def test_a_draft_stays_while_somebody_of_the_team_is_left(world: World, now: datetime) -> None:
    draft = world.started()
    db.session.commit()
    erase(world.company_editor, now)
    assert db.session.scalar(select(func.count()).where(Proposal.id == draft.id)) == 1


def test_words_that_a_team_received_stay(world: World, now: datetime) -> None:
    proposal = world.submitted(words="KEPT")
    second = world.person("second")
    world.company.admit(second, MemberRole.OWNER, by=None, at=now)
    db.session.commit()
    erase(world.company_owner, now)
    db.session.rollback()
    assert "KEPT" in proposal.submissions[0].parts[1].body
    assert proposal.started_by_id == world.company_owner.id


def test_mails_to_others_lose_the_name_of_a_person_with_an_idea(world: World, loner: User, now: datetime) -> None:
    with unit_of_work():
        for words in ("Lou Löner", "Lou Lönerson"):
            mail = OutboxMessage.write(
                "invitation", domain="x.example", at=now, recipient_id=world.stranger.id, facts={"organisation": words}
            )
            db.session.add(mail)
            mail.be_sent(at=now)
    erase(loner, now)
    kept = select(OutboxMessage.facts).where(OutboxMessage.recipient_id == world.stranger.id).order_by(OutboxMessage.id)
    assert list(db.session.scalars(kept)) == [{}, {"organisation": "Lou Lönerson"}]


def test_a_ready_made_mail_loses_its_words(loner: User, now: datetime) -> None:
    with unit_of_work():
        mail = OutboxMessage.write(
            "account", domain="x.example", at=now, recipient_id=loner.id, subject="CANARY-subject", body="CANARY-body"
        )
        db.session.add(mail)
        mail.be_sent(at=now)
    erase(loner, now)
    assert written_down("CANARY") == set()


def test_a_mail_that_was_sent_keeps_its_day_and_nothing_else(world: World, loner: User, now: datetime) -> None:
    with unit_of_work():
        db.session.scalars(select(OutboxMessage).where(OutboxMessage.template == "invitation")).one().be_sent(at=now)
    erase(loner, now)
    mail = db.session.scalars(select(OutboxMessage).where(OutboxMessage.address.is_not(None))).one()
    assert (mail.template, mail.sent_at, mail.facts, mail.body) == ("invitation", now, {}, None)
    assert mail.address == f"erased-{mail.reference.lower()}@invalid"


def test_the_audit_log_verifies_and_says_what_went_by_number(world: World, loner: User, now: datetime) -> None:
    before = holds()
    entries = {entry.sequence: entry.hash for entry in db.session.scalars(select(AuditEntry))}
    erase(loner, now, by=world.staff)
    assert holds() > before
    after = {entry.sequence: entry.hash for entry in db.session.scalars(select(AuditEntry))}
    assert entries.items() <= after.items()
    last = db.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence.desc()).limit(1)).one()
    assert (last.event, last.subject, last.actor) == ("PersonErased", loner.reference, world.staff.reference)
    rows = {
        "sessions": 1,
        "memberships": 2,
        "invitations": 1,
        "passkeys": 1,
        "changes_of_address": 1,
        "forms_sent": 2,
        "drafts": 1,
        "mails": 4,
        "account": 1,
    }
    assert last.facts == {"ground": "operator", "rows": rows}


def test_who_was_erased_is_not_erased_again(world: World, loner: User, now: datetime) -> None:
    erase(loner, now)
    with pytest.raises(RuleViolation, match=pattern("This person has already been erased.")):
        erase(reread(loner), now)


def test_the_last_owner_of_others_invites_another_first(world: World, now: datetime) -> None:
    expected = [
        wording(
            "You are the only owner of %(organisation)s. Invite another owner first.",
            organisation="Tidewater Signals Ltd",
        )
    ]
    assert hindrances(world.company_owner, now) == expected
    with pytest.raises(RuleViolation, match=fragment("Invite another owner first")):
        erase(world.company_owner, now)
    assert reread(world.company_owner).active


def test_the_last_owner_of_a_public_body_stays_even_alone(world: World, now: datetime) -> None:
    for key in ("author", "approver", "acceptor"):
        erase(world.people[key], now)
    assert hindrances(reread(world.head), now) == [
        wording(
            "You are the only owner of %(organisation)s. Invite another owner first.",
            organisation="Northern Roads Authority",
        )
    ]


def test_who_holds_a_programme_role_gives_it_up_first(world: World, now: datetime) -> None:
    assert hindrances(world.staff, now) == [
        wording("You have a role in the programme. Give it up first, or ask an administrator to end it.")
    ]


def test_a_proposal_that_waits_for_its_outcome_keeps_its_last_owner(world: World, now: datetime) -> None:
    proposal = world.submitted()
    db.session.commit()
    for key in ("company_editor", "company_viewer"):
        erase(world.people[key], now)
    (said,) = hindrances(reread(world.company_owner), now)
    assert said == wording(
        "You are the last owner of %(organisation)s, and its proposal %(reference)s has not ended. "
        "Invite another owner, withdraw the proposal while you can, or wait until it ends.",
        organisation="Tidewater Signals Ltd",
        reference=proposal.reference,
    )
    proposal.withdraw(by=world.company_owner, at=now)
    db.session.commit()
    assert hindrances(world.company_owner, now) == []


def test_a_running_agreement_keeps_its_last_owner_until_it_has_ended(worlds: Worlds, app, now: datetime) -> None:
    world = worlds(Age.FUNDED, teams=2)
    agreement = world.in_force()
    db.session.commit()
    for key in ("company_editor", "company_viewer"):
        erase(world.people[key], now)
    assert len(hindrances(reread(world.company_owner), now)) == 1
    agreement.stop(by=world.staff, at=now)
    db.session.commit()
    assert len(hindrances(reread(world.company_owner), now)) == 1, "it was chosen, and nothing has declined it since"


def test_a_cancelled_challenge_lets_everybody_go(world: World, now: datetime) -> None:
    world.submitted()
    world.challenge.cancel(message="No money is left.", by=world.head, at=now)
    db.session.commit()
    for key in ("company_editor", "company_viewer", "company_owner"):
        assert erase(reread(world.people[key]), now)["account"] == 1


def through_every_stage(world: World, now: datetime) -> None:
    """The team goes on to the last stage, whose agreement is concluded."""
    (team,) = world.proposals
    for key in ("exploration", "accelerator", "pre-commercialisation"):
        agreement = world.in_force(stage=key, amounts=(200_000,))
        world.accepted(agreement.milestones[0])
        if agreement.stage.criteria:
            world.decide(key, [team], now)
        else:
            agreement.conclude(by=world.staff, at=now)
    db.session.commit()


def test_after_the_last_stage_everybody_may_go(worlds: Worlds, app, now: datetime) -> None:
    world = worlds(Age.FUNDED, teams=1)
    through_every_stage(world, now)
    for key in ("company_editor", "company_viewer", "company_owner"):
        assert erase(reread(world.people[key]), now)["account"] == 1


def test_a_finished_round_lets_go_whom_nothing_else_did_but_no_running_agreement(
    worlds: Worlds, app, now: datetime
) -> None:
    world = worlds(Age.FUNDED, teams=2)
    world.in_force()
    with without("round_waits_for_its_agreements"):
        db.session.execute(db.update(Round).values(state=RoundState.FINISHED, finished_at=now))
    db.session.commit()
    for key in ("company_editor", "company_viewer", "rival_editor", "rival_viewer", "rival_owner"):
        assert erase(reread(world.people[key]), now)["account"] == 1
    assert len(hindrances(reread(world.company_owner), now)) == 1


def test_members_of_a_company_that_was_declined_may_all_go(worlds: Worlds, app, now: datetime) -> None:
    world = worlds(Age.FUNDED, teams=2)
    agreement = world.in_force()
    for milestone in agreement.milestones:
        world.accepted(milestone)
    world.decide("exploration", [], now, declined=[world.proposals[0]])
    db.session.commit()
    for key in ("company_editor", "company_viewer", "company_owner"):
        assert erase(reread(world.people[key]), now)["account"] == 1
    assert (
        db.session.scalar(
            select(func.count()).where(Membership.organisation_id == agreement.company.id, Membership.is_held())
        )
        == 0
    )
    assert db.session.scalar(select(Organisation.legal_name).where(Organisation.id == agreement.company.id)) == (
        "Tidewater Signals Ltd"
    )
    holds()


def test_the_pages_show_no_name_where_an_erased_person_acted(world: World, now: datetime, signed_in: SignedIn) -> None:
    proposal = world.submitted()
    db.session.commit()
    erase(world.company_editor, now)
    page = signed_in(reread(world.company_owner)).get(f"/organisations/{world.company.reference}").text
    assert "Company Editor" not in page
    assert signed_in(reread(world.company_owner)).get(f"/proposals/{proposal.reference}").status_code == 200
    page = signed_in(world.auditor).get(f"/audit?actor={world.company_editor.reference}").text
    assert "Company Editor" not in page


def test_somebody_with_the_same_address_can_come_again_as_somebody_else(loner: User, now: datetime) -> None:
    email = loner.email
    erase(loner, now)
    with unit_of_work():
        again = User.register(name="Lou Again", email=email, at=now + timedelta(days=1))
    assert again.reference != loner.reference
    assert not again.has(*ProgrammeRole)


def test_a_role_that_was_asked_for_is_not_approved_for_somebody_erased(
    world: World, loner: User, now: datetime
) -> None:
    first, second = world.person("first"), world.person("second")
    for person in (first, second):
        RoleGrant.by_operator(person, ProgrammeRole.ADMINISTRATOR, at=now)
    db.session.flush()
    asked = RoleGrant.ask(
        loner,
        ProgrammeRole.AUDITOR,
        EVERYWHERE,
        starts_at=now,
        ends_at=None,
        reason="Lou Löner of Leith needs it.",
        by=first,
        at=now,
    )
    db.session.commit()
    erase(loner, now)
    assert written_down("Löner") == set()
    with pytest.raises(RuleViolation):
        asked.approve(by=second, at=now)
    db.session.rollback()
    sql = "UPDATE role_grant SET state = 'granted', decided_at = :now, decided_by_id = :by WHERE id = :id"
    assert wording("Someone who has been erased cannot sign in, hold a role or act for an organisation.") in refused(
        sql, now=now, by=second.id, id=asked.id
    )
