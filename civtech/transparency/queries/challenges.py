"""Public challenges, their funded teams, and the dates of their decisions."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ScalarSelect, Select, func, select

from civtech.challenges.models import Challenge, RightsCheck
from civtech.challenges.queries import is_exception, is_public
from civtech.core.db import Rows
from civtech.core.statements import built_once
from civtech.funding.models import LedgerAccount
from civtech.judging.models import Decision, DecisionState, Panel
from civtech.programmes.models import Round, Stage
from civtech.proposals.models import Opening, OpeningState, Proposal
from civtech.rights.models import RightsStatement
from civtech.stages.models import Milestone, StageAgreement
from civtech.transparency.queries.money import MOVED
from civtech.transparency.queries.parties import Company, Sponsor, in_force, name_then


def exception_of_challenge() -> ScalarSelect[str]:
    """Select what moves by the exception to the rights rule that the challenge of the query was published with."""
    return (
        select(RightsCheck.what)
        .where(
            RightsCheck.challenge_id == Challenge.id,
            RightsCheck.text_digest == Challenge.text_digest,
            is_exception(),
        )
        .correlate(Challenge)
        .scalar_subquery()
    )


@built_once
def agreements() -> Rows:
    """Select agreements in force or ended as rows: company, challenge, stage, amount and statement."""
    moved = (
        select(func.coalesce(func.sum(LedgerAccount.balance_pence), 0))
        .join(Milestone, Milestone.id == LedgerAccount.milestone_id)
        .where(Milestone.agreement_id == StageAgreement.id, LedgerAccount.kind.in_(MOVED))
        .correlate(StageAgreement)
        .scalar_subquery()
    )
    return (
        select(
            Proposal.challenge_id,
            Challenge.slug,
            Challenge.question,
            StageAgreement.reference,
            StageAgreement.state,
            StageAgreement.amount_pence,
            StageAgreement.currency,
            StageAgreement.activated_at,
            StageAgreement.ended_at,
            StageAgreement.starts_on,
            StageAgreement.ends_on,
            Stage.name.label("stage"),
            Stage.position,
            Proposal.title,
            Proposal.summary,
            *name_then(Company, StageAgreement.activated_at, "company"),
            RightsStatement.reference.label("statement"),
            RightsStatement.digest,
            exception_of_challenge().label("exception"),
            moved.label("released_pence"),
        )
        .join(Proposal, Proposal.id == StageAgreement.proposal_id)
        .join(Challenge, Challenge.id == Proposal.challenge_id)
        .join(Stage, Stage.id == StageAgreement.stage_id)
        .join(Company, Company.id == Proposal.organisation_id)
        .join(RightsStatement, RightsStatement.id == StageAgreement.statement_id)
        .where(in_force(), is_public())
        .order_by(Stage.position, StageAgreement.activated_at, StageAgreement.id)
    )


@built_once
def agreements_of(challenge_ids: Sequence[int]) -> Rows:
    """Select the agreements of these challenges."""
    return agreements().where(Proposal.challenge_id.in_(challenge_ids))


@built_once
def latest_agreements(limit: int) -> Rows:
    """Select the agreements that came into force last."""
    return (
        agreements().order_by(None).order_by(StageAgreement.activated_at.desc(), StageAgreement.id.desc()).limit(limit)
    )


@built_once
def register(round_reference: str | None = None) -> Rows:
    """Select public challenges as rows of the register."""
    query: Rows = (
        select(
            Challenge.id,
            Challenge.slug,
            Challenge.question,
            Challenge.state,
            Challenge.opens_at,
            Challenge.closes_at,
            Challenge.cancelled_at,
            Challenge.cancelled_for,
            Round.name.label("round"),
            *name_then(Sponsor, Challenge.published_at, "sponsor"),
            exception_of_challenge().label("exception"),
        )
        .join(Round, Round.id == Challenge.round_id)
        .join(Sponsor, Sponsor.id == Challenge.sponsor_id)
        .where(is_public())
    )
    return query.where(Round.reference == round_reference) if round_reference else query


@built_once
def released_outcomes(challenge_id: int) -> Select[str, datetime | None]:
    """Select when the outcomes of each stage were released."""
    return (
        select(Stage.name, Decision.released_at)
        .join(Panel, Panel.id == Decision.panel_id)
        .join(Stage, Stage.id == Panel.stage_id)
        .where(Panel.challenge_id == challenge_id, Decision.state == DecisionState.RELEASED)
        .order_by(Decision.released_at)
    )


@built_once
def opened_at(challenge_id: int) -> Select[datetime | None]:
    """Select when two people opened the proposals."""
    return select(Opening.opened_at).where(Opening.challenge_id == challenge_id, Opening.state == OpeningState.OPENED)
