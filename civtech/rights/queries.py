"""Which rights statements a person may see."""

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from civtech.challenges.models import Challenge, Tie, tied
from civtech.challenges.queries import WITH_EXCEPTION, within
from civtech.core.statements import built_once
from civtech.organisations.models import MemberRole
from civtech.people.models import ProgrammeRole, User
from civtech.proposals import queries as proposals
from civtech.proposals.models import Proposal
from civtech.rights.models import BackgroundItem, RightsStatement

IN_FULL = (
    selectinload(RightsStatement.background).immediateload(BackgroundItem.statement),
    joinedload(RightsStatement.company_accepted_by),
    joinedload(RightsStatement.body_accepted_by),
)
"""What the page of one statement also reads: the background IP, and who accepted the statement."""

OVERSEE_MONEY = (ProgrammeRole.STAFF, ProgrammeRole.FINANCE, ProgrammeRole.AUDITOR)


def overseen(actor: User) -> ColumnElement[bool]:
    """Whether `actor` oversees the agreements and money of a challenge, for every team."""
    return within(actor.reach(*OVERSEE_MONEY))


def readable_by(actor: User, once: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether `actor` may read what was agreed with a team.

    Its company and the public body may if `once` holds. Programme staff, finance and auditors always may. No one who
    was ever in a team of the challenge may read about its rivals.
    """
    organisations = actor.organisation_ids()
    own = and_(Proposal.organisation_id.in_(organisations), once)
    of_others = or_(overseen(actor), and_(Challenge.sponsor_id.in_(organisations), once))
    return or_(own, and_(of_others, ~tied(actor.id, Proposal.challenge_id, Tie.TEAM)))


def oversees(actor: User, challenge: Challenge) -> bool:
    """Whether `actor` oversees the agreements and money of this one challenge."""
    return actor.has_for(challenge, *OVERSEE_MONEY)


@built_once
def visible_to(actor: User) -> Select[RightsStatement]:
    """Select statements of the actor's organisations once offered, and those the actor oversees for the programme."""
    return (
        select(RightsStatement)
        .join(RightsStatement.proposal)
        .join(Proposal.challenge)
        .where(readable_by(actor, RightsStatement.offered_at.is_not(None)))
        .options(
            contains_eager(RightsStatement.proposal).options(
                *proposals.HEADING, joinedload(Proposal.challenge).options(WITH_EXCEPTION)
            ),
            joinedload(RightsStatement.stage),
        )
    )


@built_once
def to_open(actor: User, reference: str) -> Select[RightsStatement]:
    """Select the statement with this reference, if `actor` may see it, with what its page shows."""
    return visible_to(actor).where(RightsStatement.reference == reference).options(*IN_FULL)


@built_once
def to_accept(actor: User) -> Select[RightsStatement]:
    """Select the statements of the organisations `actor` acts for, including those whose offer is withdrawn."""
    organisations = actor.organisation_ids()
    of_a_side = or_(Proposal.organisation_id.in_(organisations), Challenge.sponsor_id.in_(organisations))
    return select(RightsStatement).join(RightsStatement.proposal).join(Proposal.challenge).where(of_a_side)


@built_once
def waiting_for(actor: User) -> Select[RightsStatement]:
    """Select offered statements that still need acceptance by a side of which `actor` is an officer."""
    companies = actor.organisation_ids(MemberRole.OWNER)
    bodies = actor.organisation_ids(MemberRole.OWNER, MemberRole.APPROVER)
    return (
        visible_to(actor)
        .where(
            RightsStatement.offered_at.is_not(None),
            or_(
                and_(RightsStatement.company_accepted_at.is_(None), Proposal.organisation_id.in_(companies)),
                and_(RightsStatement.body_accepted_at.is_(None), Challenge.sponsor_id.in_(bodies)),
            ),
        )
        .order_by(RightsStatement.offered_at, RightsStatement.id)
    )
