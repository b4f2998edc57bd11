"""Once a public body has an owner, one member of staff alone puts no one into a role for it (I1)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from civtech.core import clock
from civtech.core.blank import NOTHING_TO_SEE
from civtech.core.db import db, unit_of_work
from civtech.core.errors import RuleViolation
from civtech.core.references import new_token
from civtech.notifications.letters import compose
from civtech.organisations.models import Invitation, JoinRequest, MemberRole, Organisation
from civtech.organisations.models.bound import confirmed
from civtech.organisations.models.invitation import OPEN_FOR
from civtech.people.models import ProgrammeRole, User
from civtech.web.seen import token
from tests.organisations.test_invitations import answered, letters
from tests.people.conftest import find
from tests.support.messages import fragment, pattern, wording
from tests.support.sql import moment, refused

SignedIn = Callable[[User], FlaskClient]
APPLICANT = "rival@company.example"


@pytest.fixture
def second(person: Callable[..., User]) -> User:
    return person("second@example.org", "Sheila Second", roles=[ProgrammeRole.STAFF])


@pytest.fixture
def applicant(person: Callable[..., User]) -> User:
    return person(APPLICANT, "Rory Rival")


def members(body: Organisation) -> str:
    return f"/organisations/{body.reference}/members"


def invite(client: FlaskClient, body: Organisation, role: str = "approver", email: str = APPLICANT) -> Invitation:
    answer = client.post(members(body), data={"email": email, "role": role, "idempotency_key": new_token()})
    assert answer.status_code == 302
    db.session.rollback()
    return db.session.query(Invitation).order_by(Invitation.id.desc()).first()


def page_of(body: Organisation, invitation: Invitation, act: str = "confirmation") -> str:
    return f"/organisations/{body.reference}/invitations/{invitation.reference}/{act}"


def seen(invitation: Invitation) -> dict[str, str]:
    db.session.rollback()
    return {"seen": token(confirmed(db.session.get(Invitation, invitation.id)))}


@pytest.mark.both_databases("guards")
@pytest.mark.parametrize("role", ["owner", "approver", "acceptor", "author"])
def test_what_one_member_of_staff_sends_is_not_accepted_before_an_owner_confirms_it(
    body: Organisation, staff: User, applicant: User, signed_in: SignedIn, role: str
) -> None:
    invitation = invite(signed_in(staff), body, role)
    assert letters("invitation") == []
    rival = signed_in(applicant)
    assert wording("Accept or decline an invitation") not in rival.get("/home").text
    assert answered(rival, invitation) == 409
    assert fragment("must confirm this invitation first") in rival.get(f"/invitations/{invitation.reference}").text
    assert not find(APPLICANT).acts_for(body.id)
    assert fragment("must confirm this invitation first") in refused(
        "UPDATE invitation SET state = 'accepted', answered_at = sent_at, accepted_by_id = :who", who=applicant.id
    )
    owner = signed_in(find("sponsor@example.org"))
    home = owner.get("/home").text
    assert wording("Confirm or withdraw an invitation") in home
    page = owner.get(page_of(body, invitation)).text
    assert APPLICANT in page
    assert wording("%(person)s, programme staff", person="Sam Staff") in page
    assert fragment("Why are you confirming it") not in page
    assert owner.post(page_of(body, invitation), data=seen(invitation)).status_code == 302
    assert [one.recipient_id or one.address for one in letters("invitation")]
    assert answered(signed_in(find(APPLICANT)), invitation) == 302
    assert find(APPLICANT).acts_for(body.id, MemberRole(role))


def test_the_owners_are_asked_and_the_sender_hears_what_became_of_it(
    body: Organisation, staff: User, applicant: User, signed_in: SignedIn, app: object
) -> None:
    invitation = invite(signed_in(staff), body)
    (asked,) = letters("invitation_to_confirm")
    assert asked.recipient_id == find("sponsor@example.org").id
    text = compose(asked).body
    assert "Isle Council" in text
    assert "Approver" in text
    assert page_of(body, invitation) in text
    owner = signed_in(find("sponsor@example.org"))
    assert owner.post(page_of(body, invitation), data=seen(invitation)).status_code == 302
    (told,) = letters("invitation_settled")
    assert told.recipient_id == find("staff@example.org").id
    assert fragment("Invitation confirmed:") in compose(told).subject


def test_an_owner_takes_it_back_instead_and_the_sender_is_told(
    body: Organisation, staff: User, applicant: User, signed_in: SignedIn
) -> None:
    invitation = invite(signed_in(staff), body)
    owner = signed_in(find("sponsor@example.org"))
    opened = seen(invitation)
    assert owner.post(page_of(body, invitation, "revocation")).status_code == 302
    (told,) = letters("invitation_settled")
    assert fragment("Invitation withdrawn:") in compose(told).subject
    assert owner.post(page_of(body, invitation), data=opened).status_code == 409


def test_another_member_of_staff_confirms_it_with_a_reason_that_is_kept(
    body: Organisation, staff: User, second: User, applicant: User, signed_in: SignedIn
) -> None:
    invitation = invite(signed_in(staff), body)
    assert signed_in(staff).get(page_of(body, invitation)).status_code == 403
    client = signed_in(find("second@example.org"))
    empty = client.post(page_of(body, invitation), data={**seen(invitation), "because": " "})
    assert empty.status_code == 422
    assert wording("Enter why you are confirming it instead of an owner.") in empty.text
    answer = client.post(page_of(body, invitation), data={**seen(invitation), "because": "The owner is on leave."})
    assert answer.status_code == 302
    db.session.rollback()
    kept = db.session.get(Invitation, invitation.id)
    assert (kept.confirmed_by_id, kept.confirmed_because) == (find("second@example.org").id, "The owner is on leave.")
    (told,) = letters("invitation_confirmed")
    assert told.recipient_id == find("sponsor@example.org").id
    assert "The owner is on leave." in compose(told).body
    assert answered(signed_in(find(APPLICANT)), invitation) == 302


@pytest.mark.both_databases("guards")
def test_nobody_confirms_what_they_sent_or_what_is_for_them(
    body: Organisation, staff: User, second: User, signed_in: SignedIn
) -> None:
    invitation = invite(signed_in(staff), body, email="second@example.org")
    assert signed_in(find("second@example.org")).get(page_of(body, invitation)).status_code == 403
    with pytest.raises(RuleViolation, match=fragment("someone else must confirm it")):
        db.session.get(Invitation, invitation.id).confirm(because="Hurry", by=find("staff@example.org"), at=clock.now())
    db.session.rollback()
    with pytest.raises(RuleViolation, match=fragment("someone else must confirm it")):
        db.session.get(Invitation, invitation.id).confirm(
            because="Hurry", by=find("second@example.org"), at=clock.now()
        )
    db.session.rollback()
    said = wording("Only an owner can confirm an invitation, or another member of staff who gives a reason.")
    change = "UPDATE invitation SET confirmed_at = :at, confirmed_because = 'Hurry', confirmed_by_id = :who"
    for who in ("staff@example.org", "second@example.org"):
        assert said in refused(change, who=find(who).id, at=moment(clock.now()))
    blank = change.replace("'Hurry'", "' '")
    first = said if db.engine.dialect.name == "postgresql" else wording(NOTHING_TO_SEE)
    assert first in refused(blank, who=find("second@example.org").id, at=moment(clock.now()))


def test_staff_alone_invite_while_a_body_has_no_owner_and_what_waits_then_is_confirmed(
    staff: User, applicant: User, person: Callable[..., User], signed_in: SignedIn
) -> None:
    person("first@example.org", "Fiona First")
    client = signed_in(staff)
    client.post(
        "/public-bodies/new",
        data={"legal_name": "Loch Board", "email": "first@example.org", "idempotency_key": "k" * 24},
    )
    db.session.rollback()
    board = db.session.query(Organisation).filter_by(legal_name="Loch Board").one()
    first = db.session.query(Invitation).one()
    early = invite(client, board)
    assert len(letters("invitation")) == 2
    assert answered(signed_in(find("first@example.org")), first) == 302
    assert answered(signed_in(find(APPLICANT)), early) == 409
    owner = signed_in(find("first@example.org"))
    assert owner.post(page_of(board, early), data=seen(early)).status_code == 302
    assert answered(signed_in(find(APPLICANT)), early) == 302


def test_sending_it_again_goes_to_the_owners_and_not_to_the_person(
    body: Organisation, staff: User, applicant: User, signed_in: SignedIn
) -> None:
    client = signed_in(staff)
    invitation = invite(client, body)
    assert client.post(page_of(body, invitation, "mail")).status_code == 302
    assert (len(letters("invitation")), len(letters("invitation_to_confirm"))) == (0, 2)


@pytest.mark.both_databases("guards")
def test_staff_let_nobody_in_who_asks_to_join_a_body_with_an_owner(
    body: Organisation, staff: User, person: Callable[..., User], signed_in: SignedIn
) -> None:
    colleague = person("colleague@example.org", "Colin Colleague")
    with unit_of_work():
        request = JoinRequest.ask(db.session.merge(body), by=db.session.merge(colleague), at=clock.now())
    answer = signed_in(staff).post(
        f"/organisations/{body.reference}/requests/{request.reference}", data={"role": "approver"}
    )
    assert answer.status_code == 403
    assert fragment("must be answered before it expires") in refused(
        "UPDATE join_request SET state = 'accepted', role = 'approver', answered_at = sent_at, answered_by_id = :who",
        who=find("staff@example.org").id,
    )
    owner = signed_in(find("sponsor@example.org"))
    assert (
        owner.post(
            f"/organisations/{body.reference}/requests/{request.reference}", data={"role": "approver"}
        ).status_code
        == 302
    )


def test_owners_are_told_of_every_new_member(
    body: Organisation, staff: User, applicant: User, person: Callable[..., User], signed_in: SignedIn
) -> None:
    other = person("other@example.org", "Oscar Other")
    with unit_of_work():
        db.session.merge(body).admit(db.session.merge(other), MemberRole.OWNER, by=None, at=clock.now())
    with unit_of_work():
        owner = find("sponsor@example.org")
        invitation = Invitation.send(db.session.merge(body), APPLICANT, MemberRole.ACCEPTOR, by=owner, at=clock.now())
    assert answered(signed_in(find(APPLICANT)), invitation) == 302
    told = letters("member_joined")
    assert [one.recipient_id for one in told] == [find("other@example.org").id], "who invited hears it as an answer"
    assert "Acceptor" in compose(told[0]).body


@pytest.mark.both_databases("guards")
def test_someone_who_is_owner_no_more_confirms_nothing(
    body: Organisation, staff: User, applicant: User, person: Callable[..., User], signed_in: SignedIn
) -> None:
    other = person("other@example.org", "Oscar Other")
    with unit_of_work():
        db.session.merge(body).admit(db.session.merge(other), MemberRole.OWNER, by=None, at=clock.now())
    invitation = invite(signed_in(staff), body)
    owner = signed_in(find("sponsor@example.org"))
    assert owner.get(page_of(body, invitation)).status_code == 200
    with unit_of_work():
        gone = db.session.merge(find("sponsor@example.org"))
        db.session.merge(body).end(gone.memberships[0], by=gone, at=clock.now())
    assert owner.post(page_of(body, invitation), data=seen(invitation)).status_code in {403, 404}
    assert wording("Only an owner can confirm an invitation, or another"
        " member of staff who gives a reason.") in refused(
        "UPDATE invitation SET confirmed_at = :at, confirmed_by_id = :who",
        who=find("sponsor@example.org").id, at=moment(clock.now()),
    )  # fmt: skip


def test_staff_do_not_revive_an_invitation_that_ran_out(
    body: Organisation, staff: User, applicant: User, signed_in: SignedIn
) -> None:
    sent = clock.now() - timedelta(days=29)
    with unit_of_work():
        owner = find("sponsor@example.org")
        old = Invitation.send(db.session.merge(body), APPLICANT, MemberRole.OWNER, by=owner, at=clock.now())
        old.sent_at, old.expires_at = sent, sent + OPEN_FOR
    invitation = db.session.query(Invitation).one()
    answer = signed_in(staff).post(page_of(body, invitation, "mail"))
    assert answer.status_code == 422
    assert wording("This invitation has expired. Withdraw it, then send a new one.") in answer.text
    assert signed_in(find("sponsor@example.org")).post(page_of(body, invitation, "mail")).status_code == 302


def test_who_confirmed_an_invitation_does_not_accept_it(
    body: Organisation, staff: User, second: User, signed_in: SignedIn
) -> None:
    """They may have changed their address to it since."""
    invitation = invite(signed_in(staff), body)
    with unit_of_work():
        db.session.get(Invitation, invitation.id).confirm(
            because="The owner is on leave.", by=find("second@example.org"), at=clock.now()
        )
    taker = find("second@example.org")
    taker.email = APPLICANT
    with pytest.raises(
        RuleViolation, match=pattern("You sent or confirmed this invitation, so someone else must invite you.")
    ):
        db.session.get(Invitation, invitation.id).accept(by=taker, at=clock.now())
