"""Emails about checks of rights: to the staff who can answer one, and to people whom the answer concerns."""

from collections.abc import Iterator
from typing import TypeAlias

from civtech.challenges import policy
from civtech.challenges.events import (
    RightsCheckApproved,
    RightsCheckFacts,
    RightsCheckRecorded,
    RightsCheckRefused,
    RightsCheckWithdrawn,
)
from civtech.challenges.models import RightsCheck, RightsCheckKind
from civtech.core.events import Event
from civtech.notifications.naming import Facts, Line, of_challenge, typed
from civtech.notifications.queries import SPONSOR
from civtech.notifications.recipients import members, who_may
from civtech.notifications.telling import tells
from civtech.notifications.unasked import Missing
from civtech.people.models import ProgrammeRole

OfCheck: TypeAlias = Event[RightsCheck, RightsCheckFacts]


def other_staff(event: OfCheck) -> Iterator[int]:
    """Programme staff who may approve it. A check that needs no one else asks no one."""
    if _needs_another(event):
        yield from who_may(policy.answer_rights_check, event.subject, ProgrammeRole.STAFF)


def recorder(event: OfCheck) -> Iterator[int]:
    """The member of staff who recorded it."""
    yield event.subject.recorded_by_id


def sponsors_people(event: OfCheck) -> Iterator[int]:
    """Owners, authors and approvers of the sponsor, if it is an exception."""
    if event.subject.kind is RightsCheckKind.EXCEPTION:
        yield from members(event.subject.challenge.sponsor_id, *SPONSOR)


def sponsors_people_told(event: OfCheck) -> Iterator[int]:
    """Owners, authors and approvers of the sponsor, if it is an exception that was approved."""
    if event.subject.approved_at is not None:
        yield from sponsors_people(event)


def no_other_staff(event: OfCheck) -> Missing | None:
    return Missing.in_the_programme(event.subject.challenge.reference) if _needs_another(event) else None


def _needs_another(event: OfCheck) -> bool:
    return event.subject.challenge.needs_another(event.subject.kind)


def _of(event: OfCheck, *, endpoint: str = "challenges.rights") -> Facts:
    challenge = event.subject.challenge
    lines: list[Line] = [(fact.label, fact.value) for fact in event.subject.said()]
    facts = of_challenge(challenge, *lines, link=(endpoint, {"slug": challenge.slug}))
    return facts | {"is_exception": event.subject.kind is RightsCheckKind.EXCEPTION}


@tells(RightsCheckRecorded, to=other_staff, words="rights_check_to_approve", without=no_other_staff)
def to_approve(event: RightsCheckRecorded) -> Facts:
    return _of(event)


@tells(RightsCheckApproved, to=recorder, words="rights_check_answered")
def approved(event: RightsCheckApproved) -> Facts:
    return _of(event) | {"approved": True}


@tells(RightsCheckApproved, to=sponsors_people, words="rights_exception_approved")
def approved_for_the_sponsor(event: RightsCheckApproved) -> Facts:
    return _of(event, endpoint="challenges.show")


@tells(RightsCheckRefused, to=recorder, words="rights_check_answered")
def refused(event: RightsCheckRefused) -> Facts:
    return _of(event) | typed(event.subject.message) | {"approved": False}


@tells(RightsCheckWithdrawn, to=recorder, words="rights_check_withdrawn")
def withdrawn(event: RightsCheckWithdrawn) -> Facts:
    return _of(event)


@tells(RightsCheckWithdrawn, to=sponsors_people_told, words="rights_exception_withdrawn")
def withdrawn_for_the_sponsor(event: RightsCheckWithdrawn) -> Facts:
    return _of(event, endpoint="challenges.show")
