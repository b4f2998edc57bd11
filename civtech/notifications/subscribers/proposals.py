"""Emails to the teams that answer a challenge, and to the staff who open the proposals."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from civtech.core.db import db
from civtech.core.events import AnyFacts, Event
from civtech.core.text import N_
from civtech.notifications import queries
from civtech.notifications.naming import Facts, of_challenge, of_proposal
from civtech.notifications.recipients import still_here, team, who_may
from civtech.notifications.telling import tells, tells_each
from civtech.notifications.unasked import Missing
from civtech.people.models import ProgrammeRole
from civtech.proposals import policy
from civtech.proposals.events import (
    LateSubmissionRefused,
    OpeningRequested,
    ProposalsOpened,
    ProposalSubmitted,
    ProposalWithdrawn,
)
from civtech.proposals.models import Proposal

OfProposal: TypeAlias = Event[Proposal, AnyFacts]


def its_team(event: OfProposal) -> Iterator[int]:
    """Owners and editors of the team."""
    return team(event.subject)


def the_person_who_tried(event: OfProposal) -> Iterable[int]:
    """The person who tried to submit it."""
    return [event.by.id] if event.by else []


def openers(event: OpeningRequested) -> Iterator[int]:
    """Programme staff who may open these proposals."""
    return who_may(policy.open_received, event.subject.challenge, ProgrammeRole.STAFF)


def opened_teams(event: ProposalsOpened) -> Iterator[tuple[Proposal, list[int]]]:
    """Owners and editors of each team with a submitted proposal. No team learns of another."""
    proposals = {found.id: found for found in db.session.scalars(queries.submitted(event.subject.challenge_id))}
    people: dict[int, list[int]] = defaultdict(list)
    for proposal_id, person in db.session.execute(queries.teams(list(proposals))):
        people[proposal_id].append(person)
    for proposal_id, proposal in proposals.items():
        yield proposal, people[proposal_id]


def the_person_who_requested_it(event: ProposalsOpened) -> Iterable[int]:
    """The member of staff who requested the opening."""
    return still_here(event.subject.requested_by_id)


def no_opener(event: OpeningRequested) -> Missing:
    return Missing.in_the_programme(event.subject.challenge.reference)


@tells(
    ProposalSubmitted,
    to=its_team,
    words="proposal_received",
    actor_too=N_("It is the receipt."),
)
def received(event: ProposalSubmitted) -> Facts:
    proposal = event.subject
    return of_proposal(
        proposal,
        (N_("Received"), event.at),
        (N_("Checksum"), event.facts["digest"]),
        (N_("Challenge closes"), proposal.challenge.closes_at),
        link=("proposals.receipt", {"reference": proposal.reference}),
    ) | {"received_at": event.at}


@tells(
    ProposalWithdrawn,
    to=its_team,
    words="proposal_withdrawn",
    actor_too=N_("It is the receipt."),
)
def withdrawn(event: ProposalWithdrawn) -> Facts:
    return of_proposal(event.subject, (N_("Withdrawn"), event.at))


@tells(
    LateSubmissionRefused,
    to=the_person_who_tried,
    words="late_submission_refused",
    actor_too=N_("It is the receipt."),
)
def refused(event: LateSubmissionRefused) -> Facts:
    closed = (N_("Challenge closed"), event.subject.challenge.closes_at)
    return of_proposal(event.subject, (N_("Reached us"), event.at), closed) | {"tried_at": event.at}


@tells(OpeningRequested, to=openers, words="opening_to_confirm", without=no_opener)
def to_confirm(event: OpeningRequested) -> Facts:
    challenge = event.subject.challenge
    return of_challenge(challenge, link=("proposals.opening", {"slug": challenge.slug}))


@tells_each(ProposalsOpened, to=opened_teams, words="proposal_opened")
def opened(event: ProposalsOpened, proposal: Proposal) -> Facts:
    return of_proposal(proposal, (N_("Opened"), event.at))


@tells(ProposalsOpened, to=the_person_who_requested_it, words="opening_confirmed")
def confirmed(event: ProposalsOpened) -> Facts:
    challenge = event.subject.challenge
    page = ("proposals.opening", {"slug": challenge.slug})
    return of_challenge(challenge, (N_("Opened"), event.at), link=page)
