"""Who gets an email, and what is in the outbox."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, not_, or_, select
from sqlalchemy.orm import Bundle, aliased, contains_eager, selectinload

from civtech.challenges.models import Challenge
from civtech.core.db import NamedRow
from civtech.core.statements import built_once
from civtech.judging.models import Seat
from civtech.notifications.models import MessageState, OutboxMessage
from civtech.organisations.models import MemberRole, Membership, Organisation, OrganisationKind
from civtech.people.models import ProgrammeRole, User, people
from civtech.proposals.models import Proposal, ProposalState
from civtech.proposals.queries import HEADING, readable_by
from civtech.roles.models import RoleGrant
from civtech.roles.models.role_grant import in_force
from civtech.stages.models import StageAgreement

SPONSOR = (MemberRole.OWNER, MemberRole.AUTHOR, MemberRole.APPROVER)
TEAM = (MemberRole.OWNER, MemberRole.EDITOR)
OFFICERS = (MemberRole.OWNER, MemberRole.APPROVER)
QUESTION_ANSWERED = "question_answered"
CHALLENGE_CANCELLED = "challenge_cancelled"
UNNAMED = (QUESTION_ANSWERED, CHALLENGE_CANCELLED)
"""Emails whose recipients would reveal who asked, or which teams are sealed."""
A_PROPOSAL = "P-"


@built_once
def members(organisation_id: int, *roles: MemberRole) -> Select[int]:
    """Select the ids of people who act for an organisation in one of `roles`."""
    return (
        select(Membership.user_id)
        .join(Membership.user)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.is_held(),
            Membership.role.in_(roles),
            User.active,
        )
        .distinct()
        .order_by(Membership.user_id)
    )


@built_once
def sponsors_in(round_id: int) -> Select[int]:
    """Select the ids of the people who look after challenges for the public bodies with one in a round."""
    bodies = select(Challenge.sponsor_id).where(Challenge.round_id == round_id)
    return (
        select(Membership.user_id)
        .join(Membership.user)
        .where(Membership.organisation_id.in_(bodies), Membership.is_held(), Membership.role.in_(SPONSOR), User.active)
        .distinct()
        .order_by(Membership.user_id)
    )


@built_once
def officers(organisation_ids: Sequence[int]) -> Select[int, int]:
    """Select (organisation id, person id) of everyone who may bind one: owners, and approvers of a public body."""
    return (
        select(Membership.organisation_id, Membership.user_id)
        .join(Membership.user)
        .join(Membership.organisation)
        .where(
            Membership.organisation_id.in_(organisation_ids),
            Membership.is_held(),
            User.active,
            or_(
                Membership.role == MemberRole.OWNER,
                (Membership.role == MemberRole.APPROVER) & (Organisation.kind == OrganisationKind.PUBLIC_BODY),
            ),
        )
        .distinct()
        .order_by(Membership.organisation_id, Membership.user_id)
    )


@built_once
def people_with(*roles: ProgrammeRole, at: datetime) -> Select[User]:
    """Select the people who hold one of these programme roles at `at`, for any scope."""
    holders = select(RoleGrant.user_id).where(RoleGrant.role.in_(roles), in_force(at))
    return people().where(User.id.in_(holders), User.active).order_by(User.id)


@built_once
def teams(proposal_ids: Sequence[int]) -> Select[int, int]:
    """Select (proposal id, person id) of everyone who works on one of these proposals."""
    return (
        select(Proposal.id, Membership.user_id)
        .join(Membership, Membership.organisation_id == Proposal.organisation_id)
        .join(Membership.user)
        .where(Proposal.id.in_(proposal_ids), Membership.is_held(), Membership.role.in_(TEAM), User.active)
        .distinct()
        .order_by(Proposal.id, Membership.user_id)
    )


@built_once
def submitted(challenge_id: int) -> Select[Proposal]:
    """Select the submitted proposals for a challenge, each with what an email to its team names."""
    return (
        select(Proposal)
        .where(Proposal.challenge_id == challenge_id, Proposal.state == ProposalState.SUBMITTED)
        .options(*HEADING)
        .order_by(Proposal.id)
    )


@built_once
def judges(panel_id: int) -> Select[int]:
    """Select the ids of the judges on a panel."""
    return (
        select(Seat.judge_id)
        .join(Seat.judge)
        .where(Seat.panel_id == panel_id, User.active)
        .distinct()
        .order_by(Seat.judge_id)
    )


@built_once
def ended_agreements(stage_id: int, proposal_ids: Sequence[int]) -> Select[StageAgreement]:
    """Select the agreements of these proposals for a stage that were offered and have ended, with what emails name."""
    return (
        select(StageAgreement)
        .join(StageAgreement.proposal)
        .where(
            StageAgreement.stage_id == stage_id,
            StageAgreement.proposal_id.in_(proposal_ids),
            StageAgreement.first_offered_at.is_not(None),
            StageAgreement.ended_at.is_not(None),
        )
        .options(contains_eager(StageAgreement.proposal).joinedload(Proposal.organisation))
        .options(selectinload(StageAgreement.milestones))
        .order_by(StageAgreement.id)
    )


@built_once
def holders(challenge_id: int) -> Select[int]:
    """Select the ids of people who work on any proposal for a challenge, submitted or not, unless it was withdrawn."""
    return (
        select(Membership.user_id)
        .join(Proposal, Proposal.organisation_id == Membership.organisation_id)
        .join(Membership.user)
        .where(
            Proposal.challenge_id == challenge_id,
            Proposal.state != ProposalState.WITHDRAWN,
            Membership.is_held(),
            Membership.role.in_(TEAM),
            User.active,
        )
        .distinct()
        .order_by(Membership.user_id)
    )


@built_once
def visible_to(actor: User) -> Select[OutboxMessage]:
    """Select the emails `actor` may try again: all for programme staff, none for anyone else."""
    query = select(OutboxMessage)
    return query if actor.is_staff else query.where(false())


def is_unnamed(reader: User) -> ColumnElement[bool]:
    """Whether `reader` must not know who got an email: it could reveal who asked a question, or a sealed team."""
    about = func.coalesce(OutboxMessage.facts["reference"].as_string(), "")
    readable = exists().where(Proposal.reference == about, readable_by(reader))
    return or_(OutboxMessage.template.in_(UNNAMED), and_(about.startswith(A_PROPOSAL), not_(readable)))


@built_once
def shown_to(reader: User) -> Select[NamedRow]:
    """Select the rows of the outbox. If `unnamed`, leave out recipient and failure, which may name them."""
    unnamed = is_unnamed(reader)
    recipient = func.coalesce(func.nullif(User.name, ""), User.reference, OutboxMessage.address)
    query: Select[NamedRow] = select(
        Bundle(
            "row",
            OutboxMessage.id,
            OutboxMessage.reference,
            OutboxMessage.template,
            OutboxMessage.facts["reference"].as_string().label("about"),
            unnamed.label("unnamed"),
            case((not_(unnamed), recipient)).label("recipient"),
            case((not_(unnamed), OutboxMessage.failure)).label("failure"),
            OutboxMessage.state,
            OutboxMessage.queued_at,
            OutboxMessage.attempts,
        )
    ).outerjoin(OutboxMessage.recipient)
    return query if reader.is_staff else query.where(false())


def is_due(at: datetime, longest_wait: timedelta) -> ColumnElement[bool]:
    """Whether an email can be sent at `at`: it has waited long enough, or was never tried.

    No email waits longer than `longest_wait`. If one seems to, the clock has been set back since.
    """
    too_far = OutboxMessage.due_at > at + longest_wait
    waited = or_(OutboxMessage.attempts == 0, OutboxMessage.due_at <= at, too_far)
    return and_(OutboxMessage.state == MessageState.QUEUED, waited)


@built_once
def due(at: datetime, limit: int, longest_wait: timedelta) -> Select[int]:
    """Select the ids of emails due at `at`, longest waiting first."""
    return (
        select(OutboxMessage.id)
        .where(is_due(at, longest_wait))
        .order_by(OutboxMessage.due_at, OutboxMessage.id)
        .limit(limit)
    )


@built_once
def counts() -> Select[MessageState, int, datetime | None]:
    """Select how many emails are in each state, and for those that wait, when the oldest of them was queued."""
    waiting = aliased(OutboxMessage)
    oldest = select(func.min(waiting.queued_at)).where(waiting.state == MessageState.QUEUED).scalar_subquery()
    return select(
        OutboxMessage.state, func.count(), case((OutboxMessage.state == MessageState.QUEUED, oldest))
    ).group_by(OutboxMessage.state)
