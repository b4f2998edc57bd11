"""What waits for the people who run the judging."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select

from civtech.accounts.models import User
from civtech.challenges.models import Challenge
from civtech.judging.models import Assignment, AssignmentState, Decision, DecisionState, Panel, Seat
from civtech.judging.queries.panels import overseen_by
from civtech.programmes.models import Stage
from civtech.proposals.models import Opening, OpeningState, Proposal, ProposalState


def _in_state(*states: AssignmentState) -> ColumnElement[int]:
    return func.sum(case((Assignment.state.in_(states), 1), else_=0))


def overview(actor: User) -> Select[*tuple[Any, ...]]:
    """Every panel `actor` oversees, with how far its judges are and the decision that stands, if one does."""
    open_states = (AssignmentState.ASSIGNED, AssignmentState.CLEAR)
    cards = (
        select(
            Assignment.panel_id,
            func.count().label("all"),
            _in_state(*open_states).label("open"),
            _in_state(AssignmentState.LOCKED).label("locked"),
            func.count(case((Assignment.state.in_(open_states), Assignment.judge_id)).distinct()).label("busy"),
        )
        .group_by(Assignment.panel_id)
        .subquery()
    )
    seats = select(func.count(Seat.id)).where(Seat.panel_id == Panel.id).correlate(Panel).scalar_subquery()
    return (
        select(
            Panel.id,
            Panel.due_at,
            Challenge.slug,
            Challenge.question,
            Stage.key.label("stage_key"),
            Stage.name.label("stage"),
            Stage.position,
            seats.label("seats"),
            func.coalesce(cards.c.all, 0).label("cards"),
            func.coalesce(cards.c.open, 0).label("open"),
            func.coalesce(cards.c.locked, 0).label("locked"),
            func.coalesce(cards.c.busy, 0).label("busy"),
            Decision.reference.label("decision"),
            Decision.state.label("decision_state"),
            Decision.proposed_by_id,
            Decision.proposed_at,
        )
        .join(Panel.challenge)
        .join(Panel.stage)
        .outerjoin(cards, cards.c.panel_id == Panel.id)
        .outerjoin(Decision, and_(Decision.panel_id == Panel.id, Decision.state != DecisionState.RETURNED))
        .where(overseen_by(actor, Panel.challenge_id))
        .order_by(Stage.position, Panel.id)
    )


def to_convene(actor: User) -> Select[*tuple[Any, ...]]:
    """Challenges whose proposals are opened and that have no panel yet, with the first stage."""
    submitted = exists().where(Proposal.challenge_id == Challenge.id, Proposal.state == ProposalState.SUBMITTED)
    return (
        select(Challenge.slug, Challenge.question, Stage.key.label("stage_key"), Stage.name.label("stage"))
        .join(Opening, and_(Opening.challenge_id == Challenge.id, Opening.state == OpeningState.OPENED))
        .join(Stage, and_(Stage.round_id == Challenge.round_id, Stage.position == 1))
        .where(submitted, ~exists().where(Panel.challenge_id == Challenge.id), overseen_by(actor, Challenge.id))
        .order_by(Opening.opened_at, Challenge.id)
    )
