"""Judging that keeps its round open."""

from datetime import datetime

from sqlalchemy import exists, func, or_, select

from civtech.challenges.models import Challenge, ChallengeState
from civtech.core.db import Rows
from civtech.core.text import N_
from civtech.judging.models import Decision, DecisionState, Outcome, Panel
from civtech.programmes.models import Criterion, Stage, keeps_open
from civtech.proposals.models import Opening, OpeningState, Proposal, ProposalState


@keeps_open(N_("Stages without a released decision: judge them and release the decision"), page="judging.panel")
def undecided(_at: datetime) -> Rows:
    """The stage after the last released one, if it is judged and any team got that far."""
    judged = Stage.__table__.alias("judged")
    released = (
        select(func.max(judged.c.position))
        .join(Panel, Panel.stage_id == judged.c.id)
        .join(Decision, Decision.panel_id == Panel.id)
        .where(Panel.challenge_id == Challenge.id, Decision.state == DecisionState.RELEASED)
        .correlate(Challenge)
    )
    last = released.scalar_subquery()
    reached = released.where(exists().where(Outcome.decision_id == Decision.id, Outcome.goes_on)).scalar_subquery()
    return (
        select(Challenge.round_id, Challenge.question, Challenge.slug, Stage.key.label("stage_key"))
        .join(Stage, Stage.round_id == Challenge.round_id)
        .where(
            Challenge.state == ChallengeState.PUBLISHED,
            exists().where(Opening.challenge_id == Challenge.id, Opening.state == OpeningState.OPENED),
            exists().where(Proposal.challenge_id == Challenge.id, Proposal.state == ProposalState.SUBMITTED),
            Stage.position == func.coalesce(last, 0) + 1,
            or_(last.is_(None), reached == last),
            exists().where(Criterion.stage_id == Stage.id),
        )
    )
