"""What goes from accounts when somebody is erased, and what nobody needs for long."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, delete, null, or_, select, update

from civtech.accounts.events import MembershipEnded
from civtech.accounts.models import (
    AddressChange,
    BrowserSession,
    CompanyFigures,
    ExternalIdentity,
    Invitation,
    InvitationState,
    JoinRequest,
    JoinRequestState,
    Membership,
    Organisation,
    OrganisationKind,
    Passkey,
    RoleGrant,
    User,
)
from civtech.accounts.models.erased import ERASED_NAME, NO_DOMAIN, unaddressed
from civtech.core.db import db
from civtech.core.events import emit
from civtech.core.personal import (
    LAST,
    erased,
    stays,
    swept,
    touched,
)
from civtech.core.text import N_
from civtech.web.idempotency import UsedKey
from civtech.web.unsent import UnsentForm

stays(
    RoleGrant.user_id,
    RoleGrant.asked_by_id,
    RoleGrant.decided_by_id,
    RoleGrant.ended_by_id,
    because=N_("Who was trusted with what, and by whom, belongs to the audit."),
)
stays(
    Membership.user_id,
    because=N_(
        "Who belonged to which team decides who may judge, open and pay. Only a reference is left of the person."
    ),
)
stays(CompanyFigures.stated_by_id, because=N_("The figures are the company’s."))
stays(Organisation.number_accepted_by_id, because=N_("Who vouched for a number belongs to the audit."))
stays(JoinRequest.answered_by_id, because=N_("Who let whom in belongs to the audit."))
stays(
    Invitation.invited_by_id,
    Invitation.accepted_by_id,
    Invitation.confirmed_by_id,
    because=N_("Who let whom in belongs to the audit."),
)


@erased("sessions", BrowserSession.user_id)
def end_sessions(person: User, at: datetime) -> int:
    """End them, and forget what the browsers said of themselves."""
    theirs = BrowserSession.user_id == person.id
    touched(update(BrowserSession).where(theirs, BrowserSession.ended_at.is_(None)).values(ended_at=at))
    return touched(update(BrowserSession).where(theirs).values(browser=""))


@erased("programme_roles")
def forget_why_they_were_trusted(person: User, _at: datetime) -> int:
    """Who held which role stays; what administrators wrote about the person goes."""
    db.session.flush()
    theirs = RoleGrant.user_id == person.id
    refused = touched(update(RoleGrant).where(theirs, RoleGrant.message.is_not(None)).values(message=""))
    return refused + touched(update(RoleGrant).where(theirs, RoleGrant.reason != "").values(reason=""))


@erased("passkeys", Passkey.user_id)
def remove_passkeys(person: User, _at: datetime) -> int:
    return touched(delete(Passkey).where(Passkey.user_id == person.id))


@erased("changes_of_address", AddressChange.user_id, order=LAST - 1)
def unaddress_changes(person: User, at: datetime) -> int:
    """Drop the one that waits, then the addresses out of all of them; by then the mails to them are gone."""
    theirs = AddressChange.user_id == person.id
    waits = AddressChange.changed_at.is_(None), AddressChange.dropped_at.is_(None)
    touched(update(AddressChange).where(theirs, *waits).values(dropped_at=at))
    gone = unaddressed(AddressChange.reference)
    return touched(update(AddressChange).where(theirs).values(address=gone, address_before=gone))


@erased("requests_to_join", JoinRequest.person_id)
def forget_requests_to_join(person: User, at: datetime) -> int:
    """Withdraw the one that waits; the domain of the address goes from all of them."""
    theirs = JoinRequest.person_id == person.id
    for request in db.session.scalars(select(JoinRequest).where(theirs, JoinRequest.state == JoinRequestState.SENT)):
        request.withdraw(by=None, at=at)
    db.session.flush()
    return touched(update(JoinRequest).where(theirs).values(domain=NO_DOMAIN))


@erased("memberships")
def end_memberships(person: User, at: datetime) -> int:
    """End them; the work stays with the organisation, which may have nobody left."""
    ended = list(person.memberships)
    for membership in ended:
        organisation = membership.organisation
        membership.end(at=at)
        db.session.flush()
        facts = {"person": person.reference, "role": membership.role.value}
        emit(MembershipEnded(subject=organisation, by=None, at=at, facts=facts))
        if organisation.kind is OrganisationKind.INDIVIDUAL:
            _unname(organisation)
    return len(ended)


def _unname(organisation: Organisation) -> None:
    """A person with an idea is called what the person is called."""
    organisation.legal_name = ERASED_NAME
    organisation.trading_name = None
    organisation.identifier_scheme = None
    organisation.identifier_number = None
    organisation.number_accepted_because = organisation.number_accepted_at = None
    organisation.number_accepted_by_id = None
    organisation.about = ""


@erased("invitations")
def unaddress_invitations(person: User, at: datetime) -> int:
    """Take back those that wait, then the address out of all of them."""
    theirs = Invitation.email == person.email
    for invitation in db.session.scalars(select(Invitation).where(theirs, Invitation.state == InvitationState.SENT)):
        invitation.revoke(by=None, at=at)
    db.session.flush()
    blank = case((Invitation.confirmed_because.is_not(None), ""), else_=null())
    return touched(
        update(Invitation).where(theirs).values(email=unaddressed(Invitation.reference), confirmed_because=blank)
    )


@erased("forms_sent")
def forget_forms(person: User, _at: datetime) -> int:
    unsent = touched(delete(UnsentForm).where(UnsentForm.person == person.reference))
    return unsent + touched(delete(UsedKey).where(UsedKey.actor == person.reference))


EMPTIED: dict[str, Any] = {
    "name": ERASED_NAME,
    "email": unaddressed(User.reference),
    "password": None,
    "active": False,
    "fs_uniquifier": unaddressed(User.reference),
    "confirmed_at": None,
    "tf_primary_method": None,
    "tf_totp_secret": None,
    "tf_last_counter": None,
    "mf_recovery_codes": null(),
}
LEFT = frozenset({"id", "reference", "registered_at"})


@erased("account", order=LAST)
def empty_the_row(person: User, _at: datetime) -> int:
    """Only the reference stays, and the day of registering."""
    db.session.flush()
    emptied = touched(update(User).where(User.id == person.id).values(EMPTIED))
    db.session.expire(person)
    return emptied


@erased("sign_ins_elsewhere", ExternalIdentity.user_id, order=LAST + 1)
def unlink_all(person: User, _at: datetime) -> int:
    """After the account is switched off: before, the last way in would stay."""
    return touched(delete(ExternalIdentity).where(ExternalIdentity.user_id == person.id))


@swept("sessions")
def forget_old_browsers(before: datetime, spared: Select[int]) -> int:
    return touched(
        update(BrowserSession)
        .where(BrowserSession.begun_at < before, BrowserSession.browser != "", BrowserSession.user_id.not_in(spared))
        .values(browser="")
    )


@swept("invitations")
def unaddress_old_invitations(before: datetime, spared: Select[int]) -> int:
    """Those that were answered; those nobody answered are taken back first."""
    addressed = (
        Invitation.email.not_like("erased-%@invalid"),
        Invitation.invited_by_id.not_in(spared),
        Invitation.email.not_in(select(User.email).where(User.id.in_(spared))),
    )
    unanswered = select(Invitation).where(
        Invitation.state == InvitationState.SENT, Invitation.expires_at < before, *addressed
    )
    taken_back = []
    for invitation in db.session.scalars(unanswered):
        invitation.revoke(by=None, at=invitation.expires_at)
        taken_back.append(invitation.id)
    db.session.flush()
    old = or_(Invitation.answered_at < before, Invitation.id.in_(taken_back))
    return touched(update(Invitation).where(old, *addressed).values(email=unaddressed(Invitation.reference)))


@swept("changes_of_address")
def unaddress_old_changes(before: datetime, spared: Select[int]) -> int:
    gone = unaddressed(AddressChange.reference)
    return touched(
        update(AddressChange)
        .where(
            or_(AddressChange.changed_at < before, AddressChange.dropped_at < before),
            AddressChange.address.not_like("erased-%@invalid"),
            AddressChange.user_id.not_in(spared),
        )
        .values(address=gone, address_before=gone)
    )


@swept("forms_sent")
def forget_old_forms(before: datetime, spared: Select[int]) -> int:
    held = select(User.reference).where(User.id.in_(spared))
    return touched(delete(UsedKey).where(UsedKey.used_at < before, UsedKey.actor.not_in(held)))
