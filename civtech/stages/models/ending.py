"""What the release of a decision does to the agreements of its stage, for the page that releases it."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from civtech.core.db import db
from civtech.core.facts import Fact
from civtech.judging.models import Decision
from civtech.judging.models.bound import ends_with_the_stage
from civtech.proposals.models import Proposal
from civtech.stages.models.agreement import StageAgreement
from civtech.stages.models.bound import with_the_stage
from civtech.stages.models.states import AgreementState

RUNNING = (AgreementState.DRAFT, AgreementState.OFFERED, AgreementState.ACTIVE)


@ends_with_the_stage
def agreements_of_the_stage(decision: Decision, at: datetime) -> Iterator[Fact]:
    """Yield each agreement that lapses, and each milestone that ends or stays due, with its team, sum and date."""
    if not decision.panel.stage.is_funded:
        return
    agreements = (
        select(StageAgreement)
        .where(
            StageAgreement.stage_id == decision.panel.stage_id,
            StageAgreement.proposal_id.in_([outcome.proposal_id for outcome in decision.outcomes]),
            StageAgreement.state.in_(RUNNING),
        )
        .options(
            joinedload(StageAgreement.proposal).joinedload(Proposal.organisation),
            selectinload(StageAgreement.milestones),
        )
        .order_by(StageAgreement.id)
    )
    for agreement in db.session.scalars(agreements).unique():
        yield from with_the_stage(agreement, at)
