"""Who may see which rights statements."""

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload, lazyload

from civtech.accounts.models import MemberRole, ProgrammeRole, User
from civtech.challenges.models import Challenge
from civtech.challenges.queries import within
from civtech.programmes.models import Round, Stage
from civtech.proposals.models import Proposal
from civtech.rights.models import RightsStatement

LEAN_STAGE = (lazyload(Stage.criteria),)
LEAN_PROPOSAL = (
    lazyload(Proposal.sections),
    lazyload(Proposal.submissions),
    joinedload(Proposal.challenge).options(
        lazyload(Challenge.budgets), joinedload(Challenge.round).options(lazyload(Round.stages))
    ),
)


def concerns(actor: User) -> ColumnElement[bool]:
    """Whether a proposal is of a company, or answers a public body, that `actor` acts for."""
    mine = actor.organisation_ids()
    return or_(Proposal.organisation_id.in_(mine), Challenge.sponsor_id.in_(mine))


OVERSEE = (ProgrammeRole.STAFF, ProgrammeRole.FINANCE, ProgrammeRole.AUDITOR)


def overseen(actor: User) -> ColumnElement[bool]:
    """Whether `actor` looks after the agreements and the money of a challenge, whoever’s they are."""
    return within(actor.reach(*OVERSEE))


def oversees(actor: User, challenge: Challenge) -> bool:
    """The same of one challenge."""
    return actor.has_for(challenge, *OVERSEE)


def visible_to(actor: User) -> Select[RightsStatement]:
    """Those of one's own company or public body once offered; programme staff, finance and auditors see theirs."""
    mine = or_(overseen(actor), and_(concerns(actor), RightsStatement.offered_at.is_not(None)))
    return (
        select(RightsStatement)
        .join(RightsStatement.proposal)
        .join(Proposal.challenge)
        .where(mine)
        .options(
            contains_eager(RightsStatement.proposal).options(*LEAN_PROPOSAL),
            joinedload(RightsStatement.stage).options(*LEAN_STAGE),
        )
    )


def waiting_for(actor: User) -> Select[RightsStatement]:
    """Offered statements that wait for a side whose officer `actor` is."""
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
        .options(lazyload(RightsStatement.background))
        .order_by(RightsStatement.offered_at, RightsStatement.id)
    )
