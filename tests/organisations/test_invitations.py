"""Nobody acts for an organisation unasked: an invitation goes to an address, and whoever has it decides."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.core.errors import RuleViolation, WrongState
from civtech.core.references import new_token
from civtech.notifications.letters import compose
from civtech.notifications.models import OutboxMessage
from civtech.organisations.models import (
    Invitation,
    InvitationState,
    MemberRole,
    Membership,
    Organisation,
    OrganisationKind,
)
from civtech.organisations.models.bound import ended
from civtech.organisations.models.invitation import MOST_WAITING, OPEN_FOR
from civtech.people.models import User
from civtech.web.seen import token
from tests.people.conftest import find
from tests.support.messages import fragment, pattern, wording

SignedIn = Callable[[User], FlaskClient]
LATER = OPEN_FOR + timedelta(minutes=1)


@pytest.fixture
def path(company: Organisation) -> str:
    return f"/organisations/{company.reference}/members"


@pytest.fixture
def owner(path: str, signed_in: SignedIn) -> FlaskClient:
    return signed_in(find("owner@example.org"))


def invited(client: FlaskClient, path: str, email: str = "ed@example.org", role: str = "editor") -> int:
    return client.post(path, data={"email": email, "role": role, "idempotency_key": new_token()}).status_code


def send(company: Organisation, email: str = "ed@example.org", role: MemberRole = MemberRole.EDITOR) -> Invitation:
    with unit_of_work():
        return Invitation.send(
            db.session.merge(company), email, role, by=find_quietly("owner@example.org"), at=clock.now()
        )


def find_quietly(email: str) -> User:
    return db.session.scalars(select(User).where(User.email == email)).unique().one()


def page_of(invitation: Invitation, part: str = "") -> str:
    return f"/invitations/{invitation.reference}{part}"


def answered(client: FlaskClient, invitation: Invitation, part: str = "/acceptance") -> int:
    return client.post(page_of(invitation, part), data={"idempotency_key": new_token()}).status_code


def letters(template: str) -> list[OutboxMessage]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.template == template)))


@pytest.mark.parametrize("role", ["owner", "editor", "viewer"])
def test_an_owner_invites_and_only_the_acceptance_makes_a_member(
    owner: FlaskClient,
    path: str,
    person: Callable[..., User],
    signed_in: SignedIn,
    company: Organisation,
    happened: list[str],
    role: str,
) -> None:
    person("ed@example.org", "Ed Editor")
    happened.clear()
    assert f'href="{path}"' in owner.get(path.removesuffix("/members")).text
    assert invited(owner, path, " Ed@Example.org", role) == 302
    assert happened == ["InvitationSent"]
    assert not find("ed@example.org").acts_for(company.id)
    page = owner.get(path).text
    assert "ed@example.org" in page
    assert "Ed Editor" not in page
    invitation = db.session.scalars(select(Invitation)).one()
    ed = signed_in(find("ed@example.org"))
    assert wording("Accept or decline an invitation") in ed.get("/home").text
    assert "Kelp Ltd" in ed.get(page_of(invitation)).text
    assert answered(ed, invitation) == 302
    assert happened == ["InvitationSent", "MembershipGranted", "InvitationAccepted"]
    assert find("ed@example.org").acts_for(company.id, MemberRole(role))
    assert "Ed Editor" in owner.get(path).text
    assert fragment("Accept or decline") not in ed.get("/home").text


def test_the_mail_is_the_same_whether_or_not_the_address_has_an_account(
    owner: FlaskClient, path: str, person: Callable[..., User]
) -> None:
    person("ed@example.org", "Ed Editor")
    for email in ("ed@example.org", "new@example.org"):
        assert invited(owner, path, email) == 302
    texts = [compose(letter) for letter in letters("invitation")]
    references = [letter.facts["reference"] for letter in letters("invitation")]
    assert [letter.address for letter in letters("invitation")] == ["ed@example.org", "new@example.org"]
    for said, reference in zip(texts, references, strict=True):
        assert said.subject == wording("Invitation: %(named)s (%(reference)s)", named="Kelp Ltd", reference=reference)
    assert "Ed Editor" not in texts[0].body
    bodies = [said.body.replace(reference, "…") for said, reference in zip(texts, references, strict=True)]
    assert bodies[0] == bodies[1]


def test_who_has_no_account_yet_registers_with_the_address_and_then_accepts(
    app: Flask, owner: FlaskClient, path: str, person: Callable[..., User], signed_in: SignedIn, company: Organisation
) -> None:
    assert invited(owner, path, "new@example.org") == 302
    invitation = db.session.scalars(select(Invitation)).one()
    visitor = app.test_client()
    assert visitor.get(page_of(invitation)).location == f"/sign-in?next={page_of(invitation)}"
    person("new@example.org", "Nora New", confirmed_at=None)
    assert signed_in(find("new@example.org")).get(page_of(invitation)).status_code == 302
    with unit_of_work():
        find_quietly("new@example.org").confirmed_at = clock.now()
    assert answered(signed_in(find("new@example.org")), invitation) == 302
    assert find("new@example.org").acts_for(company.id, MemberRole.EDITOR)


def test_whoever_has_another_address_learns_nothing_and_can_do_nothing(
    company: Organisation, person: Callable[..., User], signed_in: SignedIn
) -> None:
    invitation = send(company)
    person("eve@example.org", "Eve Else")
    eve = signed_in(find("eve@example.org"))
    answer = eve.get(page_of(invitation))
    assert answer.status_code == 403
    assert fragment("sent to a different") in answer.text
    assert "Kelp" not in answer.text
    assert "ed@example.org" not in answer.text
    assert (answered(eve, invitation), answered(eve, invitation, "/refusal")) == (403, 403)
    assert eve.get("/invitations/I-0000-0000").status_code == 404
    with pytest.raises(RuleViolation, match=fragment("sent to a different")):
        db.session.merge(invitation).accept(by=find_quietly("eve@example.org"), at=clock.now())


def test_what_cannot_be_sent_is_said_and_what_was_typed_stays(
    owner: FlaskClient, path: str, company: Organisation, happened: list[str]
) -> None:
    assert invited(owner, path) == 302
    happened.clear()
    for email, role, words in (
        ("ed@example.org", "editor", fragment("This address already has an open invitation for this role.")),
        ("ED@EXAMPLE.ORG", "editor", fragment("This address already has an open invitation for this role.")),
        ("ed@example.org", "approver", "Not a valid choice"),
        ("ed@example.org", "", wording("Select a role.")),
        ("owner@example.org", "editor", wording("You cannot invite yourself.")),
        ("no address", "editor", wording("Enter an email address in the correct format, like name@example.org.")),
        ("ed@exam ple.org", "editor", wording("Enter an email address in the correct format, like name@example.org.")),
        ("zoë@example.org", "editor", wording("Enter an email address in the correct format, like name@example.org.")),
        ("a@b@example.org", "editor", wording("Enter an email address in the correct format, like name@example.org.")),
        ("", "editor", wording("Enter the person’s email address, like name@example.org.")),
    ):
        answer = owner.post(path, data={"email": email, "role": role, "idempotency_key": new_token()})
        assert answer.status_code == 422, email
        assert words in answer.text, (email, role)
        assert f'value="{email}"' in answer.text or not email
    assert happened == []


def test_fifty_wait_at_most(company: Organisation) -> None:
    for number in range(MOST_WAITING):
        send(company, f"person{number}@example.org")
    with pytest.raises(
        RuleViolation, match=pattern("Fifty invitations are waiting for an answer. Withdraw some before you send more.")
    ):
        send(company, "one.more@example.org")


def test_an_invitation_is_declined_taken_back_sent_again_and_runs_out(
    owner: FlaskClient, path: str, company: Organisation, person: Callable[..., User], signed_in: SignedIn
) -> None:
    person("ed@example.org", "Ed Editor")
    ed = signed_in(find("ed@example.org"))
    of_company = path.removesuffix("/members")

    declined = send(company)
    assert answered(ed, declined, "/refusal") == 302
    assert answered(ed, declined) == 409
    assert wording("You can no longer answer this invitation") in ed.get(page_of(declined)).text

    revoked = send(company)
    assert owner.post(f"{of_company}/invitations/{revoked.reference}/revocation").status_code == 302
    assert answered(ed, revoked) == 409
    assert owner.post(f"{of_company}/invitations/{revoked.reference}/mail").status_code == 404

    late = send(company)
    with clock.at(clock.now() + LATER):
        assert fragment("Expired on") in owner.get(path).text
        assert fragment("This invitation has expired.") in ed.get(page_of(late)).text
        assert "invitation" not in ed.get("/home").text
        assert answered(ed, late) == 409
        assert owner.post(f"{of_company}/invitations/{late.reference}/mail").status_code == 302
        assert answered(ed, late) == 302
    assert find("ed@example.org").acts_for(company.id, MemberRole.EDITOR)
    assert len(letters("invitation")) == 4
    assert [letter.facts["accepted"] for letter in letters("invitation_answered")] == [False, True]


@pytest.mark.both_databases("guards")
def test_the_database_refuses_what_no_verb_would_do(company: Organisation, person: Callable[..., User]) -> None:
    ed, eve = person("ed@example.org", "Ed Editor"), person("eve@example.org", "Eve Else")
    waiting = send(company)
    answered_at = "answered_at = sent_at"
    for change, words in (
        (
            f"state = 'accepted', {answered_at}, accepted_by_id = {eve.id}",
            fragment("whose confirmed email address it was sent to"),
        ),
        (
            f"state = 'accepted', answered_at = expires_at, accepted_by_id = {ed.id}",
            fragment("must be accepted before it expires"),
        ),
        ("email = 'eve@example.org'", "cannot be changed"),
        ("role = 'owner'", "cannot be changed"),
    ):
        with pytest.raises(DatabaseError, match=words), unit_of_work():
            db.session.execute(text(f"UPDATE invitation SET {change} WHERE id = {waiting.id}"))
    with unit_of_work():
        db.session.get(Invitation, waiting.id).decline(by=find_quietly("ed@example.org"), at=clock.now())
    for statement, words in (
        ("UPDATE invitation SET state = 'sent', answered_at = NULL", "already has an answer|cannot be changed"),
        (
            f"UPDATE invitation SET state = 'accepted', accepted_by_id = {ed.id}",
            "before it expires|cannot be changed",
        ),
        ("DELETE FROM invitation", fragment("You cannot delete an invitation")),
        ("UPDATE membership SET role = 'viewer'", "turned into another"),
        (
            "UPDATE membership SET until = '2999-01-01 00:00:00+00:00'",
            fragment("An organisation must have at least one owner"),
        ),
        ("DELETE FROM membership", "are kept after they end"),
        (
            "INSERT INTO invitation (id, reference, organisation_id, email, role, state, invited_by_id, "
            "sent_at, expires_at, answered_at, accepted_by_id, version) SELECT id + 1, 'I-NEW', organisation_id, "
            f"email, role, 'accepted', invited_by_id, sent_at, expires_at, sent_at, {ed.id}, 1 FROM invitation",
            "cannot already have an answer",
        ),
    ):
        with pytest.raises(DatabaseError, match=words), unit_of_work():
            db.session.execute(text(statement))


@pytest.mark.both_databases("locks")
def test_two_acceptances_at_once_make_one_member(
    app: Flask, company: Organisation, person: Callable[..., User], signed_in: SignedIn
) -> None:
    person("ed@example.org", "Ed Editor")
    invitation = send(company)
    path = page_of(invitation, "/acceptance")
    clients = [signed_in(find("ed@example.org")) for _ in range(2)]
    db.session.remove()
    start, answers = Barrier(2), []

    def press(client: FlaskClient) -> None:
        start.wait()
        answers.append(client.post(path, data={"idempotency_key": new_token()}).status_code)

    threads = [Thread(target=press, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302, 409]
    assert [held.role for held in find("ed@example.org").memberships] == [MemberRole.EDITOR]


def test_who_works_for_the_programme_does_not_join_a_company(
    company: Organisation, staff: User, signed_in: SignedIn
) -> None:
    invitation = send(company, "staff@example.org")
    answer = signed_in(staff).post(page_of(invitation, "/acceptance"), data={"idempotency_key": new_token()})
    assert answer.status_code == 422
    assert fragment("You work for the programme") in answer.text
    db.session.rollback()
    assert db.session.scalars(select(Invitation.state)).one() is InvitationState.SENT


def test_only_owners_manage_the_people_of_a_company(
    company: Organisation, body: Organisation, path: str, person: Callable[..., User], staff: User, signed_in: SignedIn
) -> None:
    for role in (MemberRole.EDITOR, MemberRole.VIEWER):
        made = person(f"{role.value}@example.org", role.value.title())
        with unit_of_work():
            company.admit(made, role, by=None, at=clock.now())
    waiting = send(company)
    of_company = path.removesuffix("/members")
    ending = f"{path}/{find('owner@example.org').reference}/owner/end"
    answers = {}
    for who in ("editor", "viewer", "staff", "sponsor"):
        client = signed_in(find(f"{who}@example.org"))
        answers[who] = {
            client.get(path).status_code,
            invited(client, path),
            client.post(f"{of_company}/invitations/{waiting.reference}/mail").status_code,
            client.post(f"{of_company}/invitations/{waiting.reference}/revocation").status_code,
            client.post(ending).status_code,
        }
    assert answers == {"editor": {403}, "viewer": {403}, "staff": {403}, "sponsor": {404}}
    assert f'href="{path}"' not in signed_in(find("editor@example.org")).get(of_company).text


def test_an_owner_of_a_public_body_invites_its_people(body: Organisation, signed_in: SignedIn) -> None:
    path = f"/organisations/{body.reference}/members"
    assert invited(signed_in(find("sponsor@example.org")), path, "author@example.org", "author") == 302
    assert invited(signed_in(find("sponsor@example.org")), path, "author@example.org", "editor") == 422


def test_a_person_with_an_idea_stays_one_person(person: Callable[..., User], signed_in: SignedIn) -> None:
    ada = person()
    with unit_of_work():
        alone = Organisation.create(kind=OrganisationKind.INDIVIDUAL, legal_name="Ada Lovelace", by=ada, at=clock.now())
    client = signed_in(find("ada@example.org"))
    page = f"/organisations/{alone.reference}"
    assert f"{page}/members" not in client.get(page).text
    assert client.get(f"{page}/members").status_code == 403
    with pytest.raises(RuleViolation, match=pattern("You cannot invite anyone else to act for a person with an idea.")):
        Invitation.send(alone, "ed@example.org", MemberRole.OWNER, by=find("ada@example.org"), at=clock.now())


def test_a_role_of_a_public_body_is_none_of_a_company(company: Organisation) -> None:
    with pytest.raises(RuleViolation, match=fragment("Select a role")):
        send(company, role=MemberRole.APPROVER)


def test_a_role_is_given_up_or_ended_and_the_person_is_told(
    owner: FlaskClient, path: str, company: Organisation, person: Callable[..., User], signed_in: SignedIn
) -> None:
    ed = person("ed@example.org", "Ed Editor")
    with unit_of_work():
        for role in (MemberRole.EDITOR, MemberRole.VIEWER):
            db.session.merge(company).admit(db.session.merge(ed), role, by=None, at=clock.now())
    reference = find("ed@example.org").reference
    assert owner.post(f"{path}/{reference}/editor/end").location == path
    assert [held.role for held in find("ed@example.org").memberships] == [MemberRole.VIEWER]
    assert len(letters("membership_ended")) == 1
    client = signed_in(find("ed@example.org"))
    page = client.get(path.removesuffix("/members")).text
    assert f"{path}/{reference}/viewer/end" in page
    assert client.post(f"{path}/{reference}/viewer/end").location == "/account"
    assert find("ed@example.org").memberships == []
    assert client.get(path.removesuffix("/members")).status_code == 404
    assert len(letters("membership_ended")) == 1


def test_the_last_owner_stays_until_there_is_another(
    owner: FlaskClient, path: str, company: Organisation, person: Callable[..., User]
) -> None:
    first = find("owner@example.org").reference
    ending = f"{path}/{first}/owner/end"
    assert ending not in owner.get(path).text
    assert wording("This is the only owner. Another owner must join before this role can end.") in owner.get(path).text
    held = db.session.scalars(select(Membership).where(Membership.role == MemberRole.OWNER)).first()
    person_now = find("owner@example.org")
    answer = owner.post(ending, data={"seen": token(ended(held, db.session.merge(company), person_now))})
    assert answer.status_code == 422
    assert wording("An organisation must have at least one owner. Invite another owner first.") in answer.text
    second = person("second@example.org", "Sue Second")
    with unit_of_work():
        db.session.merge(company).admit(db.session.merge(second), MemberRole.OWNER, by=None, at=clock.now())
    assert ending in owner.get(path).text
    assert owner.post(ending).status_code == 302
    assert find("owner@example.org").memberships == []


@pytest.mark.both_databases("locks")
def test_two_owners_who_leave_at_once_do_not_leave_nobody(
    app: Flask, company: Organisation, path: str, person: Callable[..., User], signed_in: SignedIn
) -> None:
    second = person("second@example.org", "Sue Second")
    with unit_of_work():
        db.session.merge(company).admit(db.session.merge(second), MemberRole.OWNER, by=None, at=clock.now())
    leaving = {}
    for email in ("owner@example.org", "second@example.org"):
        leaver = find(email)
        leaving[f"{path}/{leaver.reference}/owner/end"] = signed_in(leaver)
    db.session.remove()
    start, answers = Barrier(2), []

    def leave(address: str, client: FlaskClient) -> None:
        start.wait()
        answers.append(client.post(address, data={"idempotency_key": new_token()}).status_code)

    threads = [Thread(target=leave, args=item) for item in leaving.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) in ([302, 422], [302, 409]), "The second learns that one stays, or that something changed."


def test_an_answer_comes_from_the_state_it_was_sent_in(company: Organisation, person: Callable[..., User]) -> None:
    person("ed@example.org", "Ed Editor")
    invitation = send(company)
    with unit_of_work():
        found = db.session.get(Invitation, invitation.id)
        found.accept(by=find_quietly("ed@example.org"), at=clock.now())
        for verb in (found.accept, found.decline, found.revoke, found.resend):
            with pytest.raises(WrongState):
                verb(by=find_quietly("ed@example.org"), at=clock.now())


def test_nobody_accepts_what_they_sent_to_a_mailbox_that_became_theirs(body: Organisation, staff: User) -> None:
    with unit_of_work():
        sent = Invitation.send(body, "sam@home.example", MemberRole.APPROVER, by=staff, at=clock.now())
    staff.email = "sam@home.example"
    with pytest.raises(RuleViolation, match=fragment("must confirm this invitation first")):
        sent.accept(by=staff, at=clock.now())
    sent.confirm(by=find_quietly("sponsor@example.org"), at=clock.now())
    with pytest.raises(
        RuleViolation, match=pattern("You sent or confirmed this invitation, so someone else must invite you.")
    ):
        sent.accept(by=sent.invited_by, at=clock.now())
