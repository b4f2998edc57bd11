"""Emails about personal data and reported problems. They contain a reference and a link, never what was written."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from flask import current_app

from civtech.core.events import AnyFacts, Event
from civtech.core.text import N_, Text
from civtech.notifications.naming import Facts, Link, named
from civtech.notifications.recipients import still_here, the_person, who_may
from civtech.notifications.telling import tells
from civtech.people.models import ProgrammeRole
from civtech.privacy import policy
from civtech.privacy.events import (
    DataExported,
    ErasureRequested,
    ErasureTakenBack,
    HoldLifted,
    HoldPlaced,
    ProblemDealtWith,
    ProblemReported,
)
from civtech.privacy.models import ErasureRequest, Hold

OfErasure: TypeAlias = Event[ErasureRequest, AnyFacts]
OfHold: TypeAlias = Event[Hold, AnyFacts]

OWN_DATA: Link = ("privacy.own_data", {})
PROTECTS = N_("Someone else may have used their account.")


def the_person_who_asked(event: OfErasure) -> Iterable[int]:
    """The person whose data it is."""
    return [event.subject.person.id]


def other_stewards(event: OfHold) -> Iterator[int]:
    """Programme staff and administrators who look after data. The person it is on is not told."""
    stewards = who_may(policy.look_after_data, event.subject, ProgrammeRole.STAFF, ProgrammeRole.ADMINISTRATOR)
    return (person for person in stewards if person != event.subject.person_id)


def the_help_address(_event: ProblemReported) -> Iterable[str]:
    """The contact address that every page shows."""
    return [current_app.config["PROGRAMME_CONTACT"]]


def the_reporter(event: ProblemDealtWith) -> Iterable[int | str]:
    """The address for the answer, if they gave one. Otherwise the person who reported it, if they were signed in."""
    report = event.subject
    return [report.email] if report.email else still_here(report.reporter_id)


@tells(ErasureRequested, to=the_person_who_asked, words="erasure_requested", actor_too=PROTECTS)
def requested(event: ErasureRequested) -> Facts:
    request = event.subject
    lines = ((N_("Request"), request.reference), (N_("Erased after"), request.due_at))
    return named(Text(N_("Your data")), request.reference, OWN_DATA, *lines) | {"due_at": request.due_at}


@tells(ErasureTakenBack, to=the_person_who_asked, words="erasure_withdrawn", actor_too=PROTECTS)
def withdrawn(event: ErasureTakenBack) -> Facts:
    request = event.subject
    return named(Text(N_("Your data")), request.reference, OWN_DATA, (N_("Request"), request.reference))


@tells(DataExported, to=the_person, words="data_exported", actor_too=PROTECTS)
def exported(event: DataExported) -> Facts:
    return named(Text(N_("Your data")), event.subject.reference, ("people.sessions", {}), (N_("When"), event.at))


@tells(HoldPlaced, to=other_stewards, words="hold_placed")
def placed(event: HoldPlaced) -> Facts:
    return _of_hold(event.subject)


@tells(HoldLifted, to=other_stewards, words="hold_lifted")
def lifted(event: HoldLifted) -> Facts:
    return _of_hold(event.subject)


def _of_hold(hold: Hold) -> Facts:
    lines = ((N_("Hold"), hold.reference), (N_("Data of"), hold.on.reference), (N_("Until"), hold.ends_at))
    return named(Text(N_("Hold")), hold.reference, ("privacy.stewardship", {}), *lines)


@tells(ProblemReported, to=the_help_address, words="problem_reported")
def reported(event: ProblemReported) -> Facts:
    report = event.subject
    line = (N_("Report"), report.reference)
    return named(Text(N_("Accessibility problem")), report.reference, ("privacy.problems", {}), line)


@tells(ProblemDealtWith, to=the_reporter, words="problem_dealt_with")
def dealt_with(event: ProblemDealtWith) -> Facts:
    report = event.subject
    line = (N_("Report"), report.reference)
    return named(Text(N_("Accessibility problem")), report.reference, ("privacy.accessibility", {}), line)
