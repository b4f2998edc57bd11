"""Emails about who acts for an organisation: invitations, requests to join, and roles that end."""

from sqlalchemy import select

from civtech.core.db import db
from civtech.core.events import Event, subscribe
from civtech.notifications.outbox import queue, queue_to_address
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
    OrganisationFacts,
    RoleFacts,
)
from civtech.organisations.models import Invitation, JoinRequest, MemberRole
from civtech.organisations.queries import owners
from civtech.people.models import User


def _of(invitation: Invitation) -> dict[str, object]:
    return {"organisation": invitation.organisation.name, "role": invitation.role.label.message}


@subscribe(InvitationProposed, InvitationResent)
def ask_the_owners_to_confirm(event: Event[Invitation, RoleFacts]) -> None:
    """Email the owners when programme staff invite someone to a public body that has an owner."""
    invitation = event.subject
    if not invitation.needs_confirmation:
        return
    organisation = invitation.organisation
    facts = _of(invitation) | {
        "expires_at": invitation.expires_at,
        "link": ("organisations.confirm", {"reference": organisation.reference, "invitation": invitation.reference}),
    }
    queue("invitation_to_confirm", db.session.scalars(owners(organisation)).all(), facts, at=event.at)


@subscribe(InvitationConfirmed)
def tell_the_owners_why(event: InvitationConfirmed) -> None:
    """Email the owners when a member of staff confirmed an invitation instead of one of them."""
    invitation = event.subject
    if not invitation.confirmed_because:
        return
    organisation = invitation.organisation
    facts = _of(invitation) | {
        "reason": invitation.confirmed_because,
        "link": ("organisations.members", {"reference": organisation.reference}),
    }
    queue("invitation_confirmed", db.session.scalars(owners(organisation)).all(), facts, at=event.at)


@subscribe(InvitationConfirmed, InvitationRevoked)
def tell_the_sender(event: Event[Invitation, RoleFacts]) -> None:
    """Email the sender when someone else confirmed or withdrew the invitation."""
    invitation = event.subject
    if event.by is None or event.by.id == invitation.invited_by_id:
        return
    organisation = invitation.organisation
    facts = _of(invitation) | {
        "confirmed": isinstance(event, InvitationConfirmed),
        "link": ("organisations.members", {"reference": organisation.reference}),
    }
    queue("invitation_settled", [invitation.invited_by_id], facts, at=event.at)


@subscribe(InvitationAccepted)
def tell_the_owners_who_accepted(event: InvitationAccepted) -> None:
    """Email every owner about a new member, except the people who took part and so already know."""
    invitation = event.subject
    _tell_who_joined(event, but=(invitation.accepted_by_id, invitation.invited_by_id))


@subscribe(JoinRequestAccepted)
def tell_the_owners_who_was_accepted(event: JoinRequestAccepted) -> None:
    """Email every owner about a new member, except the owner who answered and so already knows."""
    request = event.subject
    _tell_who_joined(event, but=(request.person_id, request.answered_by_id))


def _tell_who_joined(event: Event[Invitation | JoinRequest, RoleFacts], *, but: tuple[int | None, ...]) -> None:
    organisation = event.subject.organisation
    told = [owner for owner in db.session.scalars(owners(organisation)) if owner not in but]
    facts: dict[str, object] = {
        "organisation": organisation.name,
        "role": MemberRole(event.facts["role"]).label.message,
        "link": ("organisations.members", {"reference": organisation.reference}),
    }
    queue("member_joined", told, facts, at=event.at)


@subscribe(InvitationSent, InvitationResent, InvitationConfirmed)
def invite(event: Event[Invitation, RoleFacts]) -> None:
    """Email the address, with the same text whether or not it has an account."""
    invitation = event.subject
    if invitation.needs_confirmation:
        return
    facts = _of(invitation) | {
        "expires_at": invitation.expires_at,
        "link": ("invitations.show", {"reference": invitation.reference}),
    }
    queue_to_address("invitation", invitation.email, facts, at=event.at)


@subscribe(InvitationAccepted, InvitationDeclined)
def tell_who_invited(event: Event[Invitation, RoleFacts]) -> None:
    """Email the answer to the person who sent the invitation."""
    invitation = event.subject
    organisation = invitation.organisation
    facts = _of(invitation) | {
        "accepted": isinstance(event, InvitationAccepted),
        "link": ("organisations.show", {"reference": organisation.reference}),
    }
    queue("invitation_answered", [invitation.invited_by_id], facts, at=event.at)


@subscribe(JoinRequested)
def tell_the_owners(event: JoinRequested) -> None:
    """Email the owners, who decide. The name of the person who asks is on the page, not in the email."""
    request = event.subject
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
def tell_who_asked(event: Event[JoinRequest, OrganisationFacts]) -> None:
    """Email the answer to the person who asked to join."""
    request = event.subject
    accepted = isinstance(event, JoinRequestAccepted)
    page = ("organisations.show", {"reference": request.organisation.reference})
    facts = {
        "organisation": request.organisation.name,
        "role": request.role.label.message if request.role else "",
        "accepted": accepted,
        "link": page if accepted else ("organisations.join", {}),
    }
    queue("join_request_answered", [request.person_id], facts, at=event.at)


@subscribe(MembershipEnded)
def say_the_role_ended(event: MembershipEnded) -> None:
    """Email the person, unless they gave the role up themselves."""
    organisation = event.subject
    person = db.session.scalar(select(User.id).where(User.reference == event.facts["person"]))
    if person is None or (event.by is not None and person == event.by.id):
        return
    role = MemberRole(event.facts["role"]).label.message
    facts: dict[str, object] = {"organisation": organisation.name, "role": role, "link": ("people.account", {})}
    queue("membership_ended", [person], facts, at=event.at)
