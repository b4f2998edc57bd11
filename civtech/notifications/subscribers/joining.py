"""Emails about requests to join an organisation."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from civtech.core.events import AnyFacts, Event
from civtech.core.text import N_
from civtech.notifications.naming import Facts, Link, named, until
from civtech.notifications.recipients import owners, still_here
from civtech.notifications.telling import tells
from civtech.notifications.unasked import Missing
from civtech.organisations.events import (
    JoinRequestAccepted,
    JoinRequestDeclined,
    JoinRequested,
    JoinRequestWithdrawn,
)
from civtech.organisations.models import JoinRequest

OfRequest: TypeAlias = Event[JoinRequest, AnyFacts]


def its_owners(event: OfRequest) -> Iterator[int]:
    """Owners of the organisation."""
    return owners(event.subject.organisation)


def other_owners(event: OfRequest) -> Iterator[int]:
    """Owners of the organisation."""
    return (owner for owner in owners(event.subject.organisation) if owner != event.subject.person_id)


def the_person_who_asked(event: OfRequest) -> Iterable[int]:
    """The person who asked."""
    return still_here(event.subject.person_id)


def no_owner(event: OfRequest) -> Missing:
    return Missing.people_of(event.subject.organisation, event.subject.reference)


def of_request(request: JoinRequest, link: Link, *, with_end: bool = False) -> Facts:
    organisation = request.organisation
    return named(
        organisation.name,
        request.reference,
        link,
        (N_("Organisation"), organisation.name),
        (N_("Request"), request.reference),
        (N_("Role"), request.role.label if request.role else None),
        until(request.expires_at if with_end else None),
    ) | {"organisation": organisation.name}


def _members(request: JoinRequest) -> Link:
    return "organisations.members", {"reference": request.organisation.reference}


@tells(JoinRequested, to=its_owners, words="join_requested", without=no_owner)
def requested(event: JoinRequested) -> Facts:
    request = event.subject
    reference = request.organisation.reference
    page: Link = ("organisations.answer_request", {"reference": reference, "request": request.reference})
    return of_request(request, page, with_end=True) | {"domain": request.domain}


@tells(JoinRequestAccepted, JoinRequestDeclined, to=the_person_who_asked, words="join_request_answered")
def answered(event: OfRequest) -> Facts:
    request = event.subject
    accepted = isinstance(event, JoinRequestAccepted)
    page: Link = ("organisations.show", {"reference": request.organisation.reference})
    return of_request(request, page if accepted else ("organisations.join", {})) | {"accepted": accepted}


@tells(JoinRequestAccepted, to=other_owners, words="member_joined")
def joined(event: JoinRequestAccepted) -> Facts:
    return of_request(event.subject, _members(event.subject))


@tells(JoinRequestWithdrawn, to=its_owners, words="join_request_withdrawn")
def withdrawn(event: JoinRequestWithdrawn) -> Facts:
    return of_request(event.subject, _members(event.subject))
