"""Which proposals went into a stage: first every opened one, later those that the last decision let through."""

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from civtech.challenges.models import Challenge
from civtech.judging.models.decision import Decision, DecisionState
from civtech.judging.models.outcome import Outcome
from civtech.judging.models.panel import Panel
from civtech.programmes.models import Stage
from civtech.proposals.models import Opening, OpeningState, Proposal, ProposalState


def chosen_for(stage: Stage, challenge: Challenge) -> Select[Proposal]:
    """The proposals of `challenge` that went into `stage`. None before the opening, or before that is released."""
    return (
        select(Proposal)
        .where(
            Proposal.challenge_id == challenge.id,
            Proposal.state == ProposalState.SUBMITTED,
            _opened(challenge) if stage.position == 1 else _went_on_to(stage, challenge),
        )
        .order_by(Proposal.reference)
    )


def _opened(challenge: Challenge) -> ColumnElement[bool]:
    return exists().where(Opening.challenge_id == challenge.id, Opening.state == OpeningState.OPENED)


def _went_on_to(stage: Stage, challenge: Challenge) -> ColumnElement[bool]:
    previous = aliased(Stage)
    return Proposal.id.in_(
        select(Outcome.proposal_id)
        .join(Outcome.decision)
        .join(Panel, Panel.id == Decision.panel_id)
        .join(previous, previous.id == Panel.stage_id)
        .where(
            Panel.challenge_id == challenge.id,
            previous.round_id == stage.round_id,
            previous.position == stage.position - 1,
            Decision.state == DecisionState.RELEASED,
            Outcome.goes_on,
        )
    )


def anybody_in(challenge_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Whether any answer to this challenge went into `Stage`, the stage of the surrounding query."""
    previous, panel, decision, outcome = aliased(Stage), aliased(Panel), aliased(Decision), aliased(Outcome)
    opened = exists().where(Opening.challenge_id == challenge_id, Opening.state == OpeningState.OPENED)
    answered = exists().where(Proposal.challenge_id == challenge_id, Proposal.state == ProposalState.SUBMITTED)
    chosen = exists().where(
        panel.challenge_id == challenge_id,
        previous.id == panel.stage_id,
        previous.round_id == Stage.round_id,
        previous.position == Stage.position - 1,
        decision.panel_id == panel.id,
        decision.state == DecisionState.RELEASED,
        outcome.decision_id == decision.id,
        outcome.goes_on,
    )
    return or_(and_(Stage.position == 1, opened, answered), chosen)
