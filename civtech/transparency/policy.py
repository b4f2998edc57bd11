"""Who may follow a proposal's timeline."""

from civtech.accounts.models import User
from civtech.core.policy import policy
from civtech.proposals.models import Proposal


@policy
def follow(actor: User, proposal: Proposal) -> bool:
    """The team itself; staff and auditors once the proposals are opened."""
    return actor.acts_for(proposal.organisation_id) or actor.is_staff or actor.is_auditor
