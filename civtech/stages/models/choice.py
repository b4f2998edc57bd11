"""Which teams may have an agreement for a stage: those that the released decision of the previous stage chose."""

from datetime import datetime

from sqlalchemy import func, select

from civtech.core.db import db
from civtech.judging.models import Decision, DecisionState, Outcome, Panel, chosen_for
from civtech.programmes.models import Stage
from civtech.proposals.models import Proposal


def is_chosen(proposal: Proposal, stage: Stage) -> bool:
    """Whether `proposal` may have an agreement for `stage`."""
    if proposal.challenge.round_id != stage.round_id:
        return False
    chosen = chosen_for(stage, proposal.challenge).where(Proposal.id == proposal.id).order_by(None)
    return bool(db.session.scalar(select(chosen.exists())))


def chosen_at(proposal: Proposal, stage: Stage) -> datetime | None:
    """Return when the decision that chose `proposal` for `stage` was released."""
    released_at: datetime | None = db.session.scalar(
        select(func.max(Decision.released_at))
        .join(Outcome, Outcome.decision_id == Decision.id)
        .join(Panel, Panel.id == Decision.panel_id)
        .join(Stage, Stage.id == Panel.stage_id)
        .where(
            Outcome.proposal_id == proposal.id,
            Outcome.goes_on,
            Decision.state == DecisionState.RELEASED,
            Stage.round_id == stage.round_id,
            Stage.position == stage.position - 1,
        )
    )
    return released_at
