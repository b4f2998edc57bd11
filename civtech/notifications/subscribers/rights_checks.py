"""Emails about exceptions to the rights rule: to the staff who can answer one, and to people the answer concerns."""

from collections.abc import Iterator

from civtech.challenges import policy
from civtech.challenges.events import (
    RightsCheckFacts,
    RightsCheckRecorded,
    RightsCheckWithdrawn,
    RightsExceptionApproved,
    RightsExceptionRefused,
)
from civtech.challenges.models import RightsCheck, RightsCheckKind
from civtech.core.events import Event, subscribe
from civtech.notifications.concerned import SPONSOR
from civtech.notifications.outbox import queue
from civtech.notifications.recipients import members, others, who_may
from civtech.people.models import ProgrammeRole


def _about(
    template: str, people: Iterator[int], event: Event[RightsCheck, RightsCheckFacts], page: str, **facts: object
) -> None:
    challenge = event.subject.challenge
    about = {
        "reference": challenge.reference,
        "organisation": challenge.sponsor.name,
        "link": (page, {"slug": challenge.slug}),
    }
    queue(template, people, about | facts, at=event.at)


@subscribe(RightsCheckRecorded)
def ask_for_an_answer(event: RightsCheckRecorded) -> None:
    """Email the staff who can approve or refuse an exception. A check that moves nothing needs no answer."""
    if event.subject.kind is RightsCheckKind.EXCEPTION:
        staff = others(who_may(policy.answer_exception, event.subject, ProgrammeRole.STAFF), event)
        _about("rights_exception_to_approve", staff, event, "challenges.rights")


@subscribe(RightsExceptionApproved)
def say_it_was_approved(event: RightsExceptionApproved) -> None:
    """Email the person who recorded the exception, and the sponsor, whose challenge is published with it."""
    recorder = others(iter([event.subject.recorded_by_id]), event)
    _about("rights_exception_answered", recorder, event, "challenges.rights", approved=True)
    sponsor = members(event.subject.challenge.sponsor_id, *SPONSOR)
    _about("rights_exception_approved", sponsor, event, "challenges.show")


@subscribe(RightsExceptionRefused)
def say_it_was_refused(event: RightsExceptionRefused) -> None:
    """Email the person who recorded the exception."""
    recorder = others(iter([event.subject.recorded_by_id]), event)
    _about("rights_exception_answered", recorder, event, "challenges.rights", approved=False)


@subscribe(RightsCheckWithdrawn)
def say_it_was_withdrawn(event: RightsCheckWithdrawn) -> None:
    """Email the person who made the record, if someone else withdrew it."""
    recorder = others(iter([event.subject.recorded_by_id]), event)
    _about("rights_check_withdrawn", recorder, event, "challenges.rights")
