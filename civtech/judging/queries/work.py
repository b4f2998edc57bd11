"""Queries for the tasks and overviews of the people who run the judging."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, case, exists, func, select

from civtech.challenges.models import Challenge, ChallengeState
from civtech.challenges.queries import is_within, within
from civtech.core.db import Rows
from civtech.core.statements import built_once
from civtech.judging.models import (
    Assignment,
    AssignmentState,
    Decision,
    DecisionState,
    Outcome,
    Panel,
    Seat,
    anybody_in,
)
from civtech.judging.queries.panels import organised_by, overseen_by, sits_on, still_scores
from civtech.people.models import ProgrammeRole, User
from civtech.programmes.models import Criterion, Stage, StageKind
from civtech.proposals.models import Opening, OpeningState, Proposal, ProposalState


def _in_state(*states: AssignmentState) -> ColumnElement[int]:
    return func.sum(case((Assignment.state.in_(states), 1), else_=0))


@built_once
def overview(actor: User) -> Rows:
    """Every panel `actor` runs or oversees, with the progress of its judges and its current decision.

    `sits` and `still_scores` tell what is closed to `actor` because they judge there. `of_staff` and `of_secretary`
    tell in which role they see it. `entered` tells whether any proposal got this far.
    """
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
            sits_on(actor, Panel.id).label("sits"),
            still_scores(actor, Panel.id).label("still_scores"),
            is_within(actor.reach(ProgrammeRole.STAFF), Panel.challenge_id).label("of_staff"),
            is_within(actor.reach(ProgrammeRole.SECRETARY), Panel.challenge_id).label("of_secretary"),
            anybody_in(Panel.challenge_id).label("entered"),
        )
        .join(Panel.challenge)
        .join(Panel.stage)
        .outerjoin(cards, cards.c.panel_id == Panel.id)
        .outerjoin(Decision, and_(Decision.panel_id == Panel.id, Decision.state != DecisionState.RETURNED))
        .where(organised_by(actor, Panel.challenge_id))
        .order_by(Stage.position, Panel.id)
    )


@built_once
def going_on(actor: User) -> Rows:
    """The panels of `overview` that have no released decision, and whose challenge is not cancelled."""
    return overview(actor).where(
        Decision.state.is_distinct_from(DecisionState.RELEASED), Challenge.state == ChallengeState.PUBLISHED
    )


@built_once
def to_convene(actor: User) -> Rows:
    """Stages to set up a panel for: judged, not funded, with proposals, and without a panel."""
    return (
        select(Challenge.slug, Challenge.question, Stage.key.label("stage_key"), Stage.name.label("stage"))
        .join(Stage, Stage.round_id == Challenge.round_id)
        .where(
            Stage.kind != StageKind.FUNDED,
            exists().where(Criterion.stage_id == Stage.id),
            anybody_in(Challenge.id),
            ~exists().where(Panel.challenge_id == Challenge.id, Panel.stage_id == Stage.id),
            overseen_by(actor, Challenge.id),
            within(actor.reach(ProgrammeRole.STAFF)),
        )
        .order_by(Challenge.closes_at, Challenge.id, Stage.position)
    )


@built_once
def courses_of(challenge_ids: Iterable[int]) -> Rows:
    """How far the judging of each of these challenges has got, as far as the public can know.

    It tells whether any team answered and whether the proposals are opened. It gives the position of the last stage
    with a released decision, and of the last stage to which such a decision let a team through.
    """
    answered = exists().where(Proposal.challenge_id == Challenge.id, Proposal.state == ProposalState.SUBMITTED)
    opened = exists().where(Opening.challenge_id == Challenge.id, Opening.state == OpeningState.OPENED)
    decided = (
        select(func.max(Stage.position))
        .join(Panel, Panel.stage_id == Stage.id)
        .join(Decision, Decision.panel_id == Panel.id)
        .where(Panel.challenge_id == Challenge.id, Decision.state == DecisionState.RELEASED)
        .correlate(Challenge)
    )
    chosen = decided.where(exists().where(Outcome.decision_id == Decision.id, Outcome.goes_on))
    return select(
        Challenge.id,
        answered.label("answered"),
        opened.label("opened"),
        decided.scalar_subquery().label("decided"),
        (chosen.scalar_subquery() + 1).label("reached"),
    ).where(Challenge.id.in_(challenge_ids))
