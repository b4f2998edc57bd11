"""Outcomes as a team reads them: released ones, of its own proposal."""

from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import aliased

from civtech.judging.models import Decision, DecisionState, Outcome, Panel
from civtech.programmes.models import Stage
from civtech.proposals.models import Proposal


def outcomes_of(proposal: Proposal) -> Select[*tuple[Any, ...]]:
    """What was released about `proposal`, stage by stage; neither rank nor total, which say something about others."""
    following = aliased(Stage)
    return (
        select(
            Stage.name.label("stage"),
            Outcome.goes_on,
            Outcome.feedback,
            Decision.released_at,
            following.name.label("next_stage"),
            following.kind.label("next_kind"),
        )
        .select_from(Outcome)
        .join(Outcome.decision)
        .join(Panel, Panel.id == Decision.panel_id)
        .join(Panel.stage)
        .outerjoin(following, and_(following.round_id == Stage.round_id, following.position == Stage.position + 1))
        .where(Outcome.proposal_id == proposal.id, Decision.state == DecisionState.RELEASED)
        .order_by(Stage.position)
    )
