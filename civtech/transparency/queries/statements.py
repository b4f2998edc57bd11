"""Accepted rights statements, with what their certificates show."""

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from civtech.core.statements import built_once
from civtech.organisations.models import OrganisationKind
from civtech.proposals import queries as proposals
from civtech.proposals.models import Proposal
from civtech.rights.models import EQUITY, RightsStatement
from civtech.stages.models import StageAgreement
from civtech.transparency.queries.parties import Company, in_force


def is_accepted() -> ColumnElement[bool]:
    """Whether both sides accepted a rights statement and it belongs to an agreement that came into force."""
    both = and_(RightsStatement.company_accepted_at.is_not(None), RightsStatement.body_accepted_at.is_not(None))
    return and_(
        both, select(StageAgreement.id).where(StageAgreement.statement_id == RightsStatement.id, in_force()).exists()
    )


@built_once
def equity() -> Select[int, int]:
    """Select how many statements were accepted, and in how many of them the public side takes any equity."""
    takes = or_(*(getattr(RightsStatement, name) != "none" for name in EQUITY))
    return select(func.count(), func.coalesce(func.sum(case((takes, 1), else_=0)), 0)).where(is_accepted())


@built_once
def statements() -> Select[RightsStatement]:
    """Select accepted statements with what their certificate shows, without any person."""
    return (
        select(RightsStatement)
        .where(is_accepted())
        .options(
            joinedload(RightsStatement.stage),
            joinedload(RightsStatement.proposal).options(*proposals.HEADING),
            selectinload(RightsStatement.background),
        )
    )


@built_once
def latest_statement() -> Select[RightsStatement]:
    """Select the latest accepted statement of a company."""
    later = case(
        (RightsStatement.company_accepted_at > RightsStatement.body_accepted_at, RightsStatement.company_accepted_at),
        else_=RightsStatement.body_accepted_at,
    )
    return (
        statements()
        .join(Proposal, Proposal.id == RightsStatement.proposal_id)
        .join(Company, Company.id == Proposal.organisation_id)
        .where(Company.kind == OrganisationKind.COMPANY)
        .order_by(later.desc(), RightsStatement.id.desc())
        .limit(1)
    )
