"""Emails about invitations to act for an organisation."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from civtech.core.events import Event
from civtech.core.text import N_
from civtech.notifications.naming import Facts, Link, named, typed, until
from civtech.notifications.recipients import owners, still_here
from civtech.notifications.telling import tells
from civtech.organisations.events import (
    InvitationAccepted,
    InvitationConfirmed,
    InvitationDeclined,
    InvitationProposed,
    InvitationResent,
    InvitationRevoked,
    InvitationSent,
    RoleFacts,
)
from civtech.organisations.models import Invitation

OfInvitation: TypeAlias = Event[Invitation, RoleFacts]


def owners_who_confirm(event: OfInvitation) -> Iterator[int]:
    """Owners of the public body, if one of them has to confirm it."""
    if event.subject.needs_confirmation:
        yield from owners(event.subject.organisation)


def owners_passed_over(event: InvitationConfirmed) -> Iterator[int]:
    """Owners of the public body, if a member of staff confirmed it instead of one of them."""
    if event.subject.confirmed_because:
        yield from owners(event.subject.organisation)


def the_sender(event: OfInvitation) -> Iterable[int]:
    """The person who sent it."""
    return still_here(event.subject.invited_by_id)


def its_owners(event: OfInvitation) -> Iterator[int]:
    """Owners of the organisation."""
    return owners(event.subject.organisation)


def the_address(event: OfInvitation) -> Iterable[str]:
    """The invited address, unless an owner has to confirm it first."""
    return [] if event.subject.needs_confirmation else [event.subject.email]


def _members(invitation: Invitation) -> Link:
    return "organisations.members", {"reference": invitation.organisation.reference}


def of_invitation(invitation: Invitation, link: Link, *, with_end: bool = False) -> Facts:
    organisation = invitation.organisation
    return named(
        organisation.name,
        invitation.reference,
        link,
        (N_("Organisation"), organisation.name),
        (N_("Role"), invitation.role.label),
        (N_("Invitation"), invitation.reference),
        until(invitation.expires_at if with_end else None),
    ) | {"organisation": organisation.name}


@tells(InvitationProposed, InvitationResent, to=owners_who_confirm, words="invitation_to_confirm")
def to_confirm(event: OfInvitation) -> Facts:
    invitation = event.subject
    reference = invitation.organisation.reference
    page: Link = ("organisations.confirm", {"reference": reference, "invitation": invitation.reference})
    return of_invitation(invitation, page, with_end=True)


@tells(InvitationSent, InvitationResent, InvitationConfirmed, to=the_address, words="invitation")
def invite(event: OfInvitation) -> Facts:
    invitation = event.subject
    return of_invitation(invitation, ("invitations.show", {"reference": invitation.reference}), with_end=True)


@tells(InvitationConfirmed, InvitationRevoked, to=the_sender, words="invitation_settled")
def settled(event: OfInvitation) -> Facts:
    confirmed = isinstance(event, InvitationConfirmed)
    return of_invitation(event.subject, _members(event.subject)) | {"confirmed": confirmed}


@tells(InvitationConfirmed, to=owners_passed_over, words="invitation_confirmed")
def confirmed_for_the_owners(event: InvitationConfirmed) -> Facts:
    invitation = event.subject
    return of_invitation(invitation, _members(invitation)) | typed(invitation.confirmed_because)


@tells(InvitationRevoked, to=the_address, words="invitation_withdrawn")
def withdrawn(event: InvitationRevoked) -> Facts:
    return of_invitation(event.subject, ("invitations.show", {"reference": event.subject.reference}))


@tells(InvitationAccepted, InvitationDeclined, to=the_sender, words="invitation_answered")
def answered(event: OfInvitation) -> Facts:
    page: Link = ("organisations.show", {"reference": event.subject.organisation.reference})
    return of_invitation(event.subject, page) | {"accepted": isinstance(event, InvitationAccepted)}


@tells(InvitationAccepted, to=its_owners, words="member_joined")
def joined(event: InvitationAccepted) -> Facts:
    return of_invitation(event.subject, _members(event.subject))
