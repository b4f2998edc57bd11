"""Who gets a mail, and what stands in the outbox."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import joinedload

from civtech.accounts.models import MemberRole, Membership, Organisation, OrganisationKind, User
from civtech.notifications.models import MessageState, OutboxMessage
from civtech.proposals.models import Proposal, ProposalState

TEAM = (MemberRole.OWNER, MemberRole.EDITOR)
OFFICERS = (MemberRole.OWNER, MemberRole.APPROVER)


def members(organisation_id: int, *roles: MemberRole) -> Select[int]:
    """Ids of the people who act for an organisation in one of `roles`."""
    return (
        select(Membership.user_id)
        .join(Membership.user)
        .where(Membership.organisation_id == organisation_id, Membership.role.in_(roles), User.active)
        .distinct()
        .order_by(Membership.user_id)
    )


def officers(organisation_ids: Sequence[int]) -> Select[int, int]:
    """Ids of organisation and person for everybody who may bind one: owners, and approvers of a public body."""
    return (
        select(Membership.organisation_id, Membership.user_id)
        .join(Membership.user)
        .join(Membership.organisation)
        .where(
            Membership.organisation_id.in_(organisation_ids),
            User.active,
            or_(
                Membership.role == MemberRole.OWNER,
                (Membership.role == MemberRole.APPROVER) & (Organisation.kind == OrganisationKind.PUBLIC_BODY),
            ),
        )
        .distinct()
        .order_by(Membership.organisation_id, Membership.user_id)
    )


def teams(proposal_ids: Sequence[int]) -> Select[int, int]:
    """Ids of proposal and person for everybody who works on one of these proposals."""
    return (
        select(Proposal.id, Membership.user_id)
        .join(Membership, Membership.organisation_id == Proposal.organisation_id)
        .join(Membership.user)
        .where(Proposal.id.in_(proposal_ids), Membership.role.in_(TEAM), User.active)
        .distinct()
        .order_by(Proposal.id, Membership.user_id)
    )


def holders(challenge_id: int) -> Select[int]:
    """Ids of the people who work on any proposal for a challenge, submitted or not, unless it was withdrawn."""
    return (
        select(Membership.user_id)
        .join(Proposal, Proposal.organisation_id == Membership.organisation_id)
        .join(Membership.user)
        .where(
            Proposal.challenge_id == challenge_id,
            Proposal.state != ProposalState.WITHDRAWN,
            Membership.role.in_(TEAM),
            User.active,
        )
        .distinct()
        .order_by(Membership.user_id)
    )


def visible_to(actor: User) -> Select[OutboxMessage]:
    """The mails `actor` may see in the outbox: all for programme staff, none for anybody else."""
    query = select(OutboxMessage).options(joinedload(OutboxMessage.recipient).raiseload("*"))
    return query if actor.is_staff else query.where(false())


def due(at: datetime, limit: int) -> Select[int]:
    """Ids of the mails to be tried at `at`, the longest waiting first."""
    return (
        select(OutboxMessage.id)
        .where(OutboxMessage.state == MessageState.QUEUED, OutboxMessage.due_at <= at)
        .order_by(OutboxMessage.due_at, OutboxMessage.id)
        .limit(limit)
    )


def counts() -> Select[MessageState, int, datetime]:
    """How many mails are in each state, and since when the oldest of them."""
    return select(OutboxMessage.state, func.count(), func.min(OutboxMessage.queued_at)).group_by(OutboxMessage.state)
