"""Who may follow a proposal's timeline."""

from civtech.core.policy import policy
from civtech.people.models import ProgrammeRole, User
from civtech.proposals.models import Proposal


@policy
def follow(actor: User, proposal: Proposal) -> bool:
    """The team. Programme staff and auditors, once the proposals are opened."""
    overseen = actor.has_for(proposal.challenge, ProgrammeRole.STAFF, ProgrammeRole.AUDITOR)
    return actor.acts_for(proposal.organisation_id) or overseen
