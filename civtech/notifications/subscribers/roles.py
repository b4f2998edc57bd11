"""Emails about programme roles: to administrators, to the person who asked, and to the person with the role."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from civtech.core.events import AnyFacts, Event
from civtech.core.text import N_
from civtech.notifications.naming import Facts, Line, Link, named, typed
from civtech.notifications.recipients import still_here, who_may
from civtech.notifications.telling import tells
from civtech.notifications.unasked import Missing
from civtech.people.models import ProgrammeRole
from civtech.roles import policy
from civtech.roles.events import (
    ProgrammeRoleAskedFor,
    ProgrammeRoleEnded,
    ProgrammeRoleGranted,
    ProgrammeRoleRefused,
    ProgrammeRoleTakenBack,
)
from civtech.roles.models import RoleGrant

OfGrant: TypeAlias = Event[RoleGrant, AnyFacts]

ACCOUNT: Link = ("people.account", {})


def deciders(event: OfGrant) -> Iterator[int]:
    """Administrators who may decide."""
    return who_may(policy.decide_grant, event.subject, ProgrammeRole.ADMINISTRATOR)


def the_person_who_asked(event: OfGrant) -> Iterable[int]:
    """The administrator who asked for it."""
    return still_here(event.subject.asked_by_id)


def the_holder(event: OfGrant) -> Iterable[int]:
    """The person who has the role."""
    return [event.subject.person.id]


def the_new_holder(event: ProgrammeRoleGranted) -> Iterable[int]:
    """The person who gets the role, unless the operator gave it with a command and tells them."""
    return [event.subject.person.id] if event.by else []


def no_decider(event: OfGrant) -> Missing:
    return Missing.in_the_programme(event.subject.reference)


def of_grant(grant: RoleGrant, *lines: Line, link: Link | None = None) -> Facts:
    page = link or ("roles.show", {"reference": grant.reference})
    lines = ((N_("Role"), grant.role.label), (N_("Reference"), grant.reference), *lines)
    return named(grant.role.label, grant.reference, page, *lines)


@tells(ProgrammeRoleAskedFor, to=deciders, words="role_to_approve", without=no_decider)
def to_approve(event: ProgrammeRoleAskedFor) -> Facts:
    return of_grant(event.subject) | typed(event.subject.reason)


@tells(ProgrammeRoleTakenBack, to=deciders, words="role_withdrawn")
def withdrawn(event: ProgrammeRoleTakenBack) -> Facts:
    return of_grant(event.subject)


@tells(ProgrammeRoleRefused, to=the_person_who_asked, words="role_refused")
def refused(event: ProgrammeRoleRefused) -> Facts:
    return of_grant(event.subject) | typed(event.subject.message)


@tells(ProgrammeRoleGranted, to=the_new_holder, words="role_granted")
def granted(event: ProgrammeRoleGranted) -> Facts:
    grant = event.subject
    return of_grant(grant, (N_("From"), grant.begins_at), (N_("Until"), grant.ends_at), link=ACCOUNT)


@tells(ProgrammeRoleGranted, to=the_person_who_asked, words="role_approved")
def approved(event: ProgrammeRoleGranted) -> Facts:
    return of_grant(event.subject)


@tells(ProgrammeRoleEnded, to=the_holder, words="role_ended")
def ended(event: ProgrammeRoleEnded) -> Facts:
    return of_grant(event.subject, link=ACCOUNT)
