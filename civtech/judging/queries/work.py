"""Queries for the tasks and overviews of the people who run the judging."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, union_all
from sqlalchemy.orm import aliased

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

OPEN = (AssignmentState.ASSIGNED, AssignmentState.CLEAR)
UNSETTLED = (DecisionState.PROPOSED, DecisionState.APPROVED)


def _in_state(*states: AssignmentState) -> ColumnElement[int]:
    return func.sum(case((Assignment.state.in_(states), 1), else_=0))


def _run_by(actor: User) -> Select[int]:
    """The panels that `actor` runs or oversees, in the order of `overview`."""
    return (
        select(Panel.id)
        .join(Panel.challenge)
        .join(Panel.stage)
        .where(organised_by(actor, Panel.challenge_id))
        .order_by(Stage.position, Panel.id)
    )


def _going_on(actor: User) -> Select[int]:
    """Those that have no released decision, and whose challenge is not cancelled."""
    unsettled = select(Decision.panel_id).where(Decision.state.in_(UNSETTLED))
    undecided = union_all(select(Panel.id).where(Panel.closed_at.is_(None)), unsettled)
    return _run_by(actor).where(Panel.id.in_(undecided), Challenge.state == ChallengeState.PUBLISHED)


def _overview(actor: User, panels: Select[int]) -> Rows:
    """These panels, with the progress of the judges and the current decision.

    `sits` and `still_scores` tell what is closed to `actor` because they judge there. `of_staff` and `of_secretary`
    tell in which role they see it. `entered` tells whether any proposal got this far.
    """
    shown = panels.cte("shown")
    cards = (
        select(
            Assignment.panel_id,
            func.count().label("all"),
            _in_state(*OPEN).label("open"),
            _in_state(AssignmentState.LOCKED).label("locked"),
            func.count(case((Assignment.state.in_(OPEN), Assignment.judge_id)).distinct()).label("busy"),
        )
        .where(Assignment.panel_id.in_(select(shown.c.id)))
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
        .join(shown, shown.c.id == Panel.id)
        .outerjoin(cards, cards.c.panel_id == Panel.id)
        .outerjoin(Decision, and_(Decision.panel_id == Panel.id, Decision.state != DecisionState.RETURNED))
        .order_by(Stage.position, Panel.id)
    )


@built_once
def overview_of(actor: User, panel: Panel) -> Rows:
    """The overview of one panel, if `actor` runs or oversees it."""
    return _overview(actor, _run_by(actor).where(Panel.id == panel.id))


@built_once
def overview_at(actor: User, challenge: Challenge) -> Rows:
    """The overview of each panel of one challenge, if `actor` runs or oversees them."""
    return _overview(actor, _run_by(actor).where(Panel.challenge_id == challenge.id))


@built_once
def in_care(actor: User, most: int) -> Rows:
    """The first panels of those going on where `actor` is panel secretary."""
    reach = actor.reach(ProgrammeRole.SECRETARY)
    return _overview(actor, _going_on(actor).where(is_within(reach, Panel.challenge_id)).limit(most))


@built_once
def to_run(actor: User, at: datetime, most: int) -> Rows:
    """The first panels of those going on, without any that only wait for proposals or for judges with time left."""
    given, scoring = aliased(Assignment), aliased(Assignment)
    waits_for_proposals = ~or_(exists().where(given.panel_id == Panel.id), anybody_in(Panel.challenge_id))
    waits_for_judges = and_(
        or_(Panel.due_at.is_(None), Panel.due_at >= at),
        exists().where(scoring.panel_id == Panel.id, scoring.state.in_(OPEN)),
    )
    waiting = and_(
        Panel.closed_at.is_(None),
        exists().where(Seat.panel_id == Panel.id),
        or_(waits_for_proposals, waits_for_judges),
    )
    return _overview(actor, _going_on(actor).where(~waiting).limit(most))


def _without_next_panel() -> ColumnElement[bool]:
    """Whether the challenge is opened, or let a proposal through, and has no panel for the stage that follows.

    Among all challenges there are few of these. The conditions of `to_convene` are then looked at for them only.
    """
    judged, before, after, there = aliased(Panel), aliased(Stage), aliased(Stage), aliased(Panel)
    first = select(Opening.challenge_id).where(
        Opening.state == OpeningState.OPENED,
        ~exists().where(there.challenge_id == Opening.challenge_id, there.stage_id == before.id, before.position == 1),
    )
    later = (
        select(judged.challenge_id)
        .select_from(after)
        .join(before, and_(before.round_id == after.round_id, before.position == after.position - 1))
        .join(judged, judged.stage_id == before.id)
        .where(
            after.kind != StageKind.FUNDED,
            ~exists().where(there.challenge_id == judged.challenge_id, there.stage_id == after.id),
            exists().where(Decision.panel_id == judged.id, Decision.state == DecisionState.RELEASED),
        )
    )
    return Challenge.id.in_(union_all(first, later))


@built_once
def to_convene(actor: User) -> Rows:
    """Stages to set up a panel for: judged, not funded, with proposals, and without a panel."""
    return (
        select(Challenge.slug, Challenge.question, Stage.key.label("stage_key"), Stage.name.label("stage"))
        .join(Stage, Stage.round_id == Challenge.round_id)
        .where(
            _without_next_panel(),
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
