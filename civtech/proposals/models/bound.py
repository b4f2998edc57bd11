"""What acts on proposals bind, fact by fact."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from civtech.challenges.models import Challenge
from civtech.challenges.models.bound import ends_with_it
from civtech.core.db import db
from civtech.core.facts import Fact
from civtech.core.text import N_, Text
from civtech.proposals.models.opening import Opening
from civtech.proposals.models.proposal import DECLARATION, Proposal
from civtech.proposals.models.window import ProposalState

if TYPE_CHECKING:
    from civtech.proposals.models.parts import Written


def submitted(proposal: Proposal) -> Iterator[Fact]:
    """Yield what submitting binds: who answers what by when, the declaration, and every part as it is saved."""
    yield Fact("organisation", Text(N_("Proposal from")), proposal.organisation.name)
    yield Fact("challenge", Text(N_("Challenge")), proposal.challenge.question)
    yield Fact("closes_at", Text(N_("Deadline")), proposal.challenge.closes_at)
    yield Fact("declaration", Text(N_("Declaration")), Text(DECLARATION))
    yield from map(_part, proposal.written())


def _part(written: "Written") -> Fact:
    return Fact(f"part_{written.key}", Text(written.label), written.body)


def withdrawn(proposal: Proposal) -> Iterator[Fact]:
    """Yield what withdrawing takes back: the version that counts now, and until when it can be submitted again."""
    received = proposal.received
    yield Fact("title", Text(N_("Title")), proposal.title)
    if received is not None:
        yield Fact("number", Text(N_("Submission")), received.number)
        yield Fact("received_at", Text(N_("Received")), received.received_at)
    yield Fact("closes_at", Text(N_("Deadline")), proposal.challenge.closes_at)


def unsealed(challenge: Challenge, opening: Opening | None, count: int | None = None) -> Iterator[Fact]:
    """Yield what an opening binds: the challenge, how many proposals it unseals, and who asked for it and when.

    It counts the proposals unless it is given their number.
    """
    if count is None:
        submitted = Proposal.state == ProposalState.SUBMITTED
        found = select(func.count(Proposal.id)).where(Proposal.challenge_id == challenge.id, submitted)
        count = db.session.scalar(found) or 0
    yield Fact("challenge", Text(N_("Challenge")), challenge.question)
    yield Fact("closes_at", Text(N_("Deadline")), challenge.closes_at)
    yield Fact("count", Text(N_("Proposals submitted")), count)
    if opening is not None:
        yield Fact("requested_by", Text(N_("Requested by")), opening.requested_by.name)
        yield Fact("requested_at", Text(N_("Requested")), opening.requested_at)


@ends_with_it
def answers_to(challenge: Challenge) -> Iterator[Fact]:
    """Yield how many submitted proposals and drafts end with the challenge, without their content."""
    if challenge.published_at is None:
        return
    submitted = Proposal.state == ProposalState.SUBMITTED
    counts = select(func.count().filter(submitted), func.count().filter(~submitted))
    received, drafts = db.session.execute(counts.where(Proposal.challenge_id == challenge.id)).one()
    yield Fact("submitted", Text(N_("Proposals submitted")), received)
    yield Fact("drafts", Text(N_("Drafts and withdrawn proposals")), drafts)
