"""Emails to the teams that answer a challenge, and to the staff who open the proposals."""

from civtech.core.events import subscribe
from civtech.notifications.outbox import queue
from civtech.notifications.recipients import others, team, who_may
from civtech.people.models import ProgrammeRole
from civtech.proposals import policy
from civtech.proposals.events import LateSubmissionRefused, OpeningRequested, ProposalSubmitted, ProposalWithdrawn
from civtech.proposals.models import Proposal


def of_proposal(proposal: Proposal) -> dict[str, object]:
    return {
        "reference": proposal.reference,
        "question": proposal.challenge.question,
        "organisation": proposal.organisation.name,
        "closes_at": proposal.challenge.closes_at,
        "link": ("proposals.show", {"reference": proposal.reference}),
    }


@subscribe(ProposalSubmitted)
def acknowledge_receipt(event: ProposalSubmitted) -> None:
    """Email the team what we received, when, and until when they can replace it."""
    proposal = event.subject
    facts = of_proposal(proposal) | {
        "received_at": event.at,
        "digest": event.facts["digest"],
        "link": ("proposals.receipt", {"reference": proposal.reference}),
    }
    queue("proposal_received", team(proposal), facts, at=event.at)


@subscribe(ProposalWithdrawn)
def confirm_withdrawal(event: ProposalWithdrawn) -> None:
    """Email the team."""
    queue("proposal_withdrawn", team(event.subject), of_proposal(event.subject), at=event.at)


@subscribe(LateSubmissionRefused)
def say_it_was_late(event: LateSubmissionRefused) -> None:
    """Email the person who tried."""
    if event.by is not None:
        facts = of_proposal(event.subject) | {"tried_at": event.at}
        queue("late_submission_refused", [event.by.id], facts, at=event.at)


@subscribe(OpeningRequested)
def ask_for_the_second_person(event: OpeningRequested) -> None:
    """Email the staff who may open these proposals, but not the person who requested the opening."""
    opening = event.subject
    challenge = opening.challenge
    facts = {
        "reference": challenge.reference,
        "question": challenge.question,
        "link": ("proposals.opening", {"slug": challenge.slug}),
    }
    people = others(who_may(policy.open_received, challenge, ProgrammeRole.STAFF), event)
    queue("opening_to_confirm", people, facts, at=event.at)
