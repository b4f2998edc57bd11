"""Accepted rights statements, with what their certificates show."""

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from civtech.challenges.models import Challenge
from civtech.challenges.queries import WITH_EXCEPTION, is_exception
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
    """Select how many accepted statements have no exception to the rights rule, and how many give away equity."""
    excepted = exists().where(
        Proposal.id == RightsStatement.proposal_id,
        Challenge.id == Proposal.challenge_id,
        Challenge.rights_check.has(is_exception()),
    )
    takes = or_(*(getattr(RightsStatement, name) != "none" for name in EQUITY))
    kept = func.coalesce(func.sum(case((excepted, 0), else_=1)), 0)
    return select(kept, func.coalesce(func.sum(case((takes, 1), else_=0)), 0)).where(is_accepted())


@built_once
def statements() -> Select[RightsStatement]:
    """Select accepted statements with what their certificate shows, without any person."""
    return (
        select(RightsStatement)
        .where(is_accepted())
        .options(
            joinedload(RightsStatement.stage),
            joinedload(RightsStatement.proposal).options(
                *proposals.HEADING, joinedload(Proposal.challenge).options(WITH_EXCEPTION)
            ),
            selectinload(RightsStatement.background),
        )
    )


@built_once
def latest_statement() -> Select[RightsStatement]:
    """Select the latest accepted statement of a company.

    An agreement comes into force at the moment when the second side accepts its statement.
    """
    of_company = exists().where(
        Proposal.id == StageAgreement.proposal_id,
        Company.id == Proposal.organisation_id,
        Company.kind == OrganisationKind.COMPANY,
    )
    latest = (
        select(StageAgreement.statement_id)
        .where(in_force(), of_company)
        .order_by(StageAgreement.activated_at.desc(), StageAgreement.id.desc())
        .limit(1)
    )
    return statements().where(RightsStatement.id == latest.scalar_subquery())
