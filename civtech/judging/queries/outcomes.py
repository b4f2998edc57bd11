"""Outcomes as a team reads them: released ones, about its own proposal."""

from collections.abc import Iterable

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from civtech.core.db import Rows
from civtech.core.statements import built_once
from civtech.judging.models import Decision, DecisionState, Outcome, Panel
from civtech.programmes.models import Stage
from civtech.proposals.models import Proposal


def outcomes_of(proposal: Proposal) -> Rows:
    """The released outcomes of `proposal`, by stage. Without rank or total, which would say something of others."""
    return released_about([proposal.id]).add_columns(Outcome.feedback, Decision.released_at)


@built_once
def released_about(proposal_ids: Iterable[int]) -> Rows:
    """The released outcomes of these proposals, the latest stage last: whether each goes through, and to what."""
    following = aliased(Stage)
    return (
        select(
            Outcome.proposal_id,
            Stage.name.label("stage"),
            Outcome.goes_on,
            following.name.label("next_stage"),
            following.kind.label("next_kind"),
        )
        .select_from(Outcome)
        .join(Outcome.decision)
        .join(Panel, Panel.id == Decision.panel_id)
        .join(Panel.stage)
        .outerjoin(following, and_(following.round_id == Stage.round_id, following.position == Stage.position + 1))
        .where(Outcome.proposal_id.in_(proposal_ids), Decision.state == DecisionState.RELEASED)
        .order_by(Stage.position)
    )
