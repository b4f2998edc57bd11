"""Who gets a mail, read at the moment it is written."""

from civtech.accounts.models import MemberRole
from civtech.core.db import db
from civtech.notifications import queries
from civtech.proposals.models import Proposal


def members(organisation_id: int, *roles: MemberRole) -> list[int]:
    """Ids of the people who act for an organisation in one of `roles`."""
    return list(db.session.scalars(queries.members(organisation_id, *roles)))


def team(proposal: Proposal) -> list[int]:
    """Ids of the people who work on a proposal: owners and editors."""
    return members(proposal.organisation_id, *queries.TEAM)
