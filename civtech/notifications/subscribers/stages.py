"""Emails about evidence and money: to the company, to the public body, and to those in the programme who act next."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from civtech.core.events import AnyFacts, Event
from civtech.core.text import N_
from civtech.funding import policy
from civtech.funding.events import ReleaseApproved, ReleasePaid, ReleaseProposed, ReleaseRefused
from civtech.funding.models import Release
from civtech.notifications.naming import Facts, Line, Link, of_milestone, of_release, typed
from civtech.notifications.recipients import members, still_here, team, who_may
from civtech.notifications.telling import tells
from civtech.notifications.unasked import Missing
from civtech.people.models import ProgrammeRole
from civtech.stages.events import DeliverableAccepted, DeliverableReturned, DeliverableSubmitted
from civtech.stages.models import AgreementState, Milestone
from civtech.stages.models.milestone import ACCEPTS

OfMilestone: TypeAlias = Event[Milestone, AnyFacts]
OfRelease: TypeAlias = Event[Release, AnyFacts]


def acceptors(event: OfMilestone) -> Iterator[int]:
    """Owners, approvers and acceptors of the public body."""
    return members(event.subject.agreement.public_body.id, *ACCEPTS)


def its_team(event: OfMilestone) -> Iterator[int]:
    """Owners and editors of the company."""
    return team(event.subject.agreement.proposal)


def proposers(event: OfMilestone) -> Iterator[int]:
    """Programme staff who may propose the release."""
    return who_may(policy.propose, event.subject, ProgrammeRole.STAFF)


def deciders(event: OfRelease) -> Iterator[int]:
    """Programme staff and finance approvers who may decide on it."""
    return who_may(policy.decide, event.subject, ProgrammeRole.STAFF, ProgrammeRole.FINANCE)


def payers(event: OfRelease) -> Iterator[int]:
    """Finance approvers who may pay it."""
    return who_may(policy.pay, event.subject, ProgrammeRole.FINANCE)


def the_proposer(event: OfRelease) -> Iterable[int]:
    """The member of staff who proposed it."""
    return still_here(event.subject.proposed_by_id)


def paid_team(event: OfRelease) -> Iterator[int]:
    """Owners and editors of the company."""
    return team(event.subject.milestone.agreement.proposal)


def no_acceptor(event: OfMilestone) -> Missing:
    return Missing.people_of(event.subject.agreement.public_body, event.subject.reference)


def no_proposer(event: OfMilestone) -> Missing:
    return Missing.in_the_programme(event.subject.reference)


def no_decider(event: OfRelease) -> Missing:
    return Missing.in_the_programme(event.subject.reference)


@tells(DeliverableSubmitted, to=acceptors, words="deliverable_submitted", without=no_acceptor)
def delivered(event: DeliverableSubmitted) -> Facts:
    return of_milestone(event.subject) | {"organisation": event.subject.agreement.public_body.name}


@tells(DeliverableAccepted, to=proposers, words="release_to_propose", without=no_proposer)
def to_propose(event: DeliverableAccepted) -> Facts:
    return of_milestone(event.subject)


@tells(DeliverableAccepted, to=its_team, words="deliverable_accepted")
def accepted(event: DeliverableAccepted) -> Facts:
    return of_milestone(event.subject) | {"organisation": event.subject.agreement.company.name}


@tells(DeliverableReturned, to=its_team, words="deliverable_returned")
def returned(event: DeliverableReturned) -> Facts:
    milestone = event.subject
    latest = milestone.latest
    return (
        of_milestone(milestone)
        | typed(latest.reason if latest else None)
        | {
            "organisation": milestone.agreement.company.name,
            "again": milestone.agreement.state is AgreementState.ACTIVE,
        }
    )


@tells(ReleaseProposed, to=deciders, words="release_to_approve", without=no_decider)
def to_approve(event: ReleaseProposed) -> Facts:
    return of_release(event.subject)


@tells(ReleaseApproved, to=payers, words="release_to_pay", without=no_decider)
def to_pay(event: ReleaseApproved) -> Facts:
    return of_release(event.subject)


def _for_the_team(release: Release, *lines: Line) -> Facts:
    page: Link = ("stages.milestone", {"reference": release.milestone.reference})
    return of_release(release, *lines, link=page) | {"organisation": release.milestone.agreement.company.name}


@tells(ReleaseApproved, to=paid_team, words="release_approved")
def approved(event: ReleaseApproved) -> Facts:
    return _for_the_team(event.subject)


@tells(ReleaseRefused, to=the_proposer, words="release_refused")
def refused(event: ReleaseRefused) -> Facts:
    return of_release(event.subject) | typed(event.subject.reason)


@tells(ReleasePaid, to=paid_team, words="release_paid")
def paid(event: ReleasePaid) -> Facts:
    return _for_the_team(event.subject, (N_("Bank reference"), event.subject.bank_reference))
