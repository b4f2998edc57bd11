"""Emails about accounts, most of them ready-made by Flask-Security, and about acting for an organisation."""

from sqlalchemy import select

from civtech.core import clock
from civtech.core.db import db
from civtech.core.events import Event, subscribe
from civtech.notifications.outbox import queue, queue_ready_made, queue_to_address
from civtech.organisations.events import (
    InvitationAccepted,
    InvitationConfirmed,
    InvitationDeclined,
    InvitationProposed,
    InvitationResent,
    InvitationRevoked,
    InvitationSent,
    JoinRequestAccepted,
    JoinRequestDeclined,
    JoinRequested,
    MembershipEnded,
)
from civtech.organisations.models import Invitation, JoinRequest, MemberRole, Organisation
from civtech.organisations.queries import owners
from civtech.people.events import ExternalIdentityLinked, ExternalIdentityUnlinked
from civtech.people.mail import deliver_with
from civtech.people.models import User
from civtech.people.sign_in.single_sign_on.providers import title_of


@deliver_with
def post_account_mail(recipient: str, subject: str, body: str) -> None:
    """Queue an email about an account, which comes ready-made from Flask-Security."""
    person = db.session.scalar(select(User.id).where(User.email == recipient.lower()))
    queue_ready_made(person, recipient, subject, body, at=clock.now())


@subscribe(InvitationProposed, InvitationResent)
def ask_the_owners_to_confirm(event: Event) -> None:
    """Email the owners when programme staff invite someone to a public body that has an owner."""
    invitation: Invitation = event.subject
    if not invitation.needs_confirmation:
        return
    organisation = invitation.organisation
    facts = {
        "organisation": organisation.name,
        "role": invitation.role.label.message,
        "expires_at": invitation.expires_at,
        "link": ("organisations.confirm", {"reference": organisation.reference, "invitation": invitation.reference}),
    }
    queue("invitation_to_confirm", db.session.scalars(owners(organisation)).all(), facts, at=event.at)


@subscribe(InvitationConfirmed)
def tell_the_owners_why(event: Event) -> None:
    """Email the owners when a member of staff confirmed an invitation instead of one of them."""
    invitation: Invitation = event.subject
    if not invitation.confirmed_because:
        return
    organisation = invitation.organisation
    facts: dict[str, object] = {
        "organisation": organisation.name,
        "role": invitation.role.label.message,
        "reason": invitation.confirmed_because,
        "link": ("organisations.members", {"reference": organisation.reference}),
    }
    queue("invitation_confirmed", db.session.scalars(owners(organisation)).all(), facts, at=event.at)


@subscribe(InvitationConfirmed, InvitationRevoked)
def tell_the_sender(event: Event) -> None:
    """Email the sender when someone else confirmed or withdrew the invitation."""
    invitation: Invitation = event.subject
    if event.by is None or event.by.id == invitation.invited_by_id:
        return
    organisation = invitation.organisation
    facts: dict[str, object] = {
        "organisation": organisation.name,
        "role": invitation.role.label.message,
        "confirmed": isinstance(event, InvitationConfirmed),
        "link": ("organisations.members", {"reference": organisation.reference}),
    }
    queue("invitation_settled", [invitation.invited_by_id], facts, at=event.at)


@subscribe(InvitationAccepted, JoinRequestAccepted)
def tell_the_owners_who_joined(event: Event) -> None:
    """Email every owner about a new member, except the people who took part and so already know."""
    answered: Invitation | JoinRequest = event.subject
    if isinstance(answered, Invitation):
        known = {answered.accepted_by_id, answered.invited_by_id}
    else:
        known = {answered.person_id, answered.answered_by_id}
    organisation = answered.organisation
    told = [owner for owner in db.session.scalars(owners(organisation)) if owner not in known]
    facts: dict[str, object] = {
        "organisation": organisation.name,
        "role": MemberRole(event.facts["role"]).label.message,
        "link": ("organisations.members", {"reference": organisation.reference}),
    }
    queue("member_joined", told, facts, at=event.at)


@subscribe(InvitationSent, InvitationResent, InvitationConfirmed)
def invite(event: Event) -> None:
    """Email the address, with the same text whether or not it has an account."""
    invitation: Invitation = event.subject
    if invitation.needs_confirmation:
        return
    facts = {
        "organisation": invitation.organisation.name,
        "role": invitation.role.label.message,
        "expires_at": invitation.expires_at,
        "link": ("invitations.show", {"reference": invitation.reference}),
    }
    queue_to_address("invitation", invitation.email, facts, at=event.at)


@subscribe(InvitationAccepted, InvitationDeclined)
def tell_who_invited(event: Event) -> None:
    """Email the answer to the person who sent the invitation."""
    invitation: Invitation = event.subject
    organisation = invitation.organisation
    facts = {
        "organisation": organisation.name,
        "role": invitation.role.label.message,
        "accepted": isinstance(event, InvitationAccepted),
        "link": ("organisations.show", {"reference": organisation.reference}),
    }
    queue("invitation_answered", [invitation.invited_by_id], facts, at=event.at)


@subscribe(JoinRequested)
def tell_the_owners(event: Event) -> None:
    """Email the owners, who decide. The name of the person who asks is on the page, not in the email."""
    request: JoinRequest = event.subject
    facts = {
        "organisation": request.organisation.name,
        "domain": request.domain,
        "expires_at": request.expires_at,
        "link": (
            "organisations.answer_request",
            {"reference": request.organisation.reference, "request": request.reference},
        ),
    }
    queue("join_requested", db.session.scalars(owners(request.organisation)).all(), facts, at=event.at)


@subscribe(JoinRequestAccepted, JoinRequestDeclined)
def tell_who_asked(event: Event) -> None:
    """Email the answer to the person who asked to join."""
    request: JoinRequest = event.subject
    accepted = isinstance(event, JoinRequestAccepted)
    page = ("organisations.show", {"reference": request.organisation.reference})
    facts = {
        "organisation": request.organisation.name,
        "role": request.role.label.message if request.role else "",
        "accepted": accepted,
        "link": page if accepted else ("organisations.join", {}),
    }
    queue("join_request_answered", [request.person_id], facts, at=event.at)


@subscribe(ExternalIdentityLinked, ExternalIdentityUnlinked)
def say_the_way_in_changed(event: Event) -> None:
    """Email the person in every case, because someone else may have used their browser."""
    facts: dict[str, object] = {"title": title_of(event.facts["issuer"]), "link": ("identities.index", {})}
    template = "identity_linked" if isinstance(event, ExternalIdentityLinked) else "identity_unlinked"
    queue(template, [event.subject.id], facts, at=event.at)


@subscribe(MembershipEnded)
def say_the_role_ended(event: Event) -> None:
    """Email the person, unless they gave the role up themselves."""
    organisation: Organisation = event.subject
    person = db.session.scalar(select(User.id).where(User.reference == event.facts["person"]))
    if person is None or (event.by is not None and person == event.by.id):
        return
    role = MemberRole(event.facts["role"]).label.message
    facts: dict[str, object] = {"organisation": organisation.name, "role": role, "link": ("people.account", {})}
    queue("membership_ended", [person], facts, at=event.at)
