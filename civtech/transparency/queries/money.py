"""Totals from the ledger: balances by round, sponsor and stage, in pence excluding VAT."""

from sqlalchemy import Select, and_, case, func, or_, select

from civtech.challenges.models import Challenge
from civtech.challenges.queries import is_public
from civtech.core.db import Rows
from civtech.core.statements import built_once
from civtech.funding.models import AccountKind, LedgerAccount
from civtech.programmes.models import Round, Stage
from civtech.proposals.models import Proposal
from civtech.stages.models import Milestone, StageAgreement
from civtech.transparency.queries.parties import Company, Sponsor, is_small, public_name

MONEY = (AccountKind.BUDGET, AccountKind.COMMITTED, AccountKind.RELEASED, AccountKind.PAID)
MOVED = (AccountKind.RELEASED, AccountKind.PAID)


@built_once
def released() -> Select[str, int, int]:
    """Select (currency, pence released so far in it, how much of it went to small and medium-sized companies)."""
    return (
        select(
            LedgerAccount.currency,
            func.sum(LedgerAccount.balance_pence),
            func.sum(case((is_small(), LedgerAccount.balance_pence), else_=0)),
        )
        .join(Milestone, Milestone.id == LedgerAccount.milestone_id)
        .join(StageAgreement, StageAgreement.id == Milestone.agreement_id)
        .join(Proposal, Proposal.id == StageAgreement.proposal_id)
        .join(Company, Company.id == Proposal.organisation_id)
        .where(LedgerAccount.kind.in_(MOVED), LedgerAccount.balance_pence != 0)
        .group_by(LedgerAccount.currency)
        .order_by(LedgerAccount.currency)
    )


@built_once
def money(round_reference: str | None = None, challenge_id: int | None = None) -> Rows:
    """Select balances by round, sponsor, stage, company size, kind of account and currency, but none of sponsors.

    Every budget is among them, even if it is used up. Other accounts are only if they hold money.
    """
    small = func.coalesce(is_small(), False)
    query: Rows = (
        select(
            Round.name.label("round"),
            public_name(Sponsor).label("sponsor"),
            Stage.name.label("stage"),
            Stage.position,
            LedgerAccount.kind,
            LedgerAccount.currency,
            small.label("small"),
            func.sum(LedgerAccount.balance_pence).label("pence"),
        )
        .join(Challenge, Challenge.id == LedgerAccount.challenge_id)
        .join(Round, Round.id == Challenge.round_id)
        .join(Sponsor, Sponsor.id == Challenge.sponsor_id)
        .join(Stage, Stage.id == LedgerAccount.stage_id)
        .outerjoin(Milestone, Milestone.id == LedgerAccount.milestone_id)
        .outerjoin(StageAgreement, StageAgreement.id == Milestone.agreement_id)
        .outerjoin(Proposal, Proposal.id == StageAgreement.proposal_id)
        .outerjoin(Company, Company.id == Proposal.organisation_id)
        .where(
            or_(
                LedgerAccount.kind == AccountKind.BUDGET,
                and_(LedgerAccount.kind.in_(MONEY), LedgerAccount.balance_pence != 0),
            ),
            is_public(),
        )
        .group_by(Round.id, Sponsor.id, Stage.id, LedgerAccount.kind, LedgerAccount.currency)
        .group_by(Company.size, Company.kind)
        .order_by(Round.id, Stage.position)
    )
    if round_reference:
        query = query.where(Round.reference == round_reference)
    if challenge_id is not None:
        query = query.where(Challenge.id == challenge_id)
    return query
