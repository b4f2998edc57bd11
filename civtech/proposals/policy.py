"""Who may do what with proposals."""

from civtech.challenges.models import Challenge, Tie, has_tie
from civtech.core.policy import asks, explained, policy
from civtech.organisations.models import MemberRole
from civtech.people.models import ProgrammeRole, User
from civtech.proposals.models import Proposal, Section, own_interest

WRITERS = (MemberRole.OWNER, MemberRole.EDITOR)


@policy
def follow(_actor: User) -> bool:
    """Anyone who is signed in, for their own proposals."""
    return True


@explained(own_interest)
@policy
def start(actor: User, challenge: Challenge) -> bool:
    """Anyone who never worked on the challenge for the sponsor, programme or panel, as owner or editor of a company."""
    return own_interest(actor, challenge) is None


@policy
def read(_actor: User, _proposal: Proposal) -> bool:
    """The team. After the opening, programme staff, auditors, the sponsor and judges who were never in a rival team."""
    return True


@policy
def read_draft(actor: User, proposal: Proposal) -> bool:
    """Members of the team and no one else, ever."""
    return actor.acts_for(proposal.organisation_id)


@policy
def write(actor: User, proposal: Proposal) -> bool:
    """Owners and editors of the team."""
    return actor.acts_for(proposal.organisation_id, *WRITERS)


@explained(lambda actor, proposal: own_interest(actor, proposal.challenge))
@policy
def submit(actor: User, proposal: Proposal) -> bool:
    """Owners and editors of the team who never worked on the challenge for the sponsor, programme or panel."""
    return actor.acts_for(proposal.organisation_id, *WRITERS) and own_interest(actor, proposal.challenge) is None


@policy
def withdraw(actor: User, proposal: Proposal) -> bool:
    """Owners and editors of the team."""
    return actor.acts_for(proposal.organisation_id, *WRITERS)


@policy
def read_section(actor: User, section: Section) -> bool:
    """Members of the team and no one else, ever."""
    return read_draft(actor, section.proposal)


@policy
def write_section(actor: User, section: Section) -> bool:
    """Owners and editors of the team."""
    return write(actor, section.proposal)


@policy
def see_received(actor: User, challenge: Challenge) -> bool:
    """Programme staff, auditors and the sponsor. Until the opening, they see only that proposals exist."""
    return actor.has_for(challenge, ProgrammeRole.STAFF, ProgrammeRole.AUDITOR) or actor.acts_for(challenge.sponsor_id)


@asks(fresh=True)
@policy
def open_received(actor: User, challenge: Challenge) -> bool:
    """Programme staff who were never in a team with a proposal for this challenge."""
    return actor.is_staff_of(challenge) and not has_tie(actor, challenge.id, Tie.TEAM)
