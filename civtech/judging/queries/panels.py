"""Panels and decisions for the people who run the judging. People with a conflict in a challenge find nothing of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, immediateload, joinedload, selectinload

from civtech.challenges import queries as challenges
from civtech.challenges.models import Challenge, Tie, tied
from civtech.challenges.queries import is_within
from civtech.core.statements import built_once
from civtech.judging.models import (
    Assignment,
    AssignmentState,
    Decision,
    DecisionState,
    Outcome,
    Panel,
    Seat,
    chosen_for,
    conflicted,
)
from civtech.people.models import ProgrammeRole, ScopeKind, User, rights
from civtech.programmes import queries as programmes
from civtech.programmes.models import Round, Stage
from civtech.proposals import queries as proposals
from civtech.proposals.models import Proposal
from civtech.roles.models import RoleGrant
from civtech.roles.models.role_grant import in_force

HEADING = (joinedload(Panel.challenge).options(*challenges.HEADING), joinedload(Panel.stage))
"""What rules and headings read of a panel: its challenge and its stage."""

IN_FULL = (
    joinedload(Panel.challenge).joinedload(Challenge.round).selectinload(Round.stages),
    joinedload(Panel.stage).selectinload(Stage.criteria),
    selectinload(Panel.seats).options(immediateload(Seat.panel), joinedload(Seat.judge).options(*rights())),
)
"""What the page and the verbs of one panel also read: the stages of its round, its criteria and its judges."""

ORGANISE = (ProgrammeRole.STAFF, ProgrammeRole.AUDITOR, ProgrammeRole.SECRETARY)


def overseen_by(actor: User, challenge_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Whether `actor` oversees the challenge: staff and auditors without a conflict of interest in it."""
    return _without_conflict(actor, challenge_id, ProgrammeRole.STAFF, ProgrammeRole.AUDITOR)


def organised_by(actor: User, challenge_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """The same, plus panel secretaries: they see judges, assignments and progress, but never scores or decisions."""
    return _without_conflict(actor, challenge_id, *ORGANISE)


def _without_conflict(
    actor: User, challenge_id: InstrumentedAttribute[int], *roles: ProgrammeRole
) -> ColumnElement[bool]:
    reach = actor.reach(*roles)
    return and_(is_within(reach, challenge_id), ~conflicted(actor, challenge_id)) if reach else false()


@built_once
def challenges_visible_to(actor: User) -> Select[Challenge]:
    """The published challenges whose judging `actor` can see."""
    seen = select(Challenge).where(Challenge.published_at.is_not(None), overseen_by(actor, Challenge.id))
    return seen.options(*challenges.HEADING)


@built_once
def judged_visible_to(actor: User) -> Select[Challenge]:
    """The published challenges whose panels `actor` runs or oversees."""
    return (
        select(Challenge)
        .where(Challenge.published_at.is_not(None), organised_by(actor, Challenge.id))
        .options(*challenges.HEADING, joinedload(Challenge.round).options(programmes.STAGES))
    )


def sits_on(actor: User, panel_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Whether `actor` is a judge on the panel."""
    seat = aliased(Seat)
    return exists().where(seat.panel_id == panel_id, seat.judge_id == actor.id)


def still_scores(actor: User, panel_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Whether `actor` is a judge on the panel with open scorecards or without any assignment yet.

    Until they finish they score alone and see no one else's scores. Once the outcomes are released no one can score.
    """
    given, unlocked, decided = aliased(Assignment), aliased(Assignment), aliased(Decision)
    return and_(
        or_(
            and_(sits_on(actor, panel_id), ~exists().where(given.panel_id == panel_id, given.judge_id == actor.id)),
            exists().where(
                unlocked.panel_id == panel_id,
                unlocked.judge_id == actor.id,
                unlocked.state.in_((AssignmentState.ASSIGNED, AssignmentState.CLEAR)),
            ),
        ),
        ~exists().where(decided.panel_id == panel_id, decided.state == DecisionState.RELEASED),
    )


@built_once
def visible_to(actor: User) -> Select[Panel]:
    """The panels whose scores and decision `actor` can see, without those on which they still score."""
    return (
        select(Panel)
        .join(Panel.challenge)
        .join(Panel.stage)
        .where(overseen_by(actor, Panel.challenge_id), ~still_scores(actor, Panel.id))
        .options(*HEADING)
    )


@built_once
def to_open(actor: User, slug: str, stage_key: str) -> Select[Panel]:
    """The panel of a challenge at the end of a stage, if `actor` can see it, with what its pages read."""
    return visible_to(actor).where(Challenge.slug == slug, Stage.key == stage_key).options(*IN_FULL)


@built_once
def judged_to_open(actor: User, slug: str) -> Select[Challenge]:
    """The challenge at this address, if `actor` can see its judging."""
    return judged_visible_to(actor).where(Challenge.slug == slug)


@built_once
def panel_for_ranking(actor: User) -> Select[Panel, str, DecisionState, int, str, bool]:
    """Panels with all that a ranking needs, in one statement: criteria, the current decision, the places and name
    of the next stage, and whether `actor` is on the panel.
    """
    following = aliased(Stage)
    return (
        visible_to(actor)
        .outerjoin(Decision, and_(Decision.panel_id == Panel.id, Decision.state != DecisionState.RETURNED))
        .outerjoin(following, and_(following.round_id == Stage.round_id, following.position == Stage.position + 1))
        .add_columns(Decision.reference, Decision.state, following.teams, following.name, sits_on(actor, Panel.id))
        .options(joinedload(Panel.stage).joinedload(Stage.criteria))
    )


@built_once
def panel_at(challenge: Challenge, stage: Stage) -> Select[Panel]:
    """The panel of `challenge` at the end of `stage`."""
    there = select(Panel).where(Panel.challenge_id == challenge.id, Panel.stage_id == stage.id)
    return there.options(*HEADING, *IN_FULL)


@built_once
def candidates(panel: Panel) -> Select[Proposal]:
    """The proposals this panel judges: the opened ones, later those that went through from the stage before."""
    return chosen_for(panel.stage, panel.challenge).options(*proposals.HEADING)


@built_once
def candidate_count(panel: Panel) -> Select[int]:
    """How many proposals this panel judges."""
    proposals = chosen_for(panel.stage, panel.challenge).with_only_columns(Proposal.id).order_by(None).subquery()
    return select(func.count()).select_from(proposals)


@built_once
def assignment_count(panel: Panel) -> Select[int]:
    """How many assignments were made, including those of recused judges."""
    return select(func.count(Assignment.id)).where(Assignment.panel_id == panel.id)


def could_judge(panel: Panel, actor: User, at: datetime) -> Select[str, str]:
    """Name and email address of people whom `actor` can add to this panel, from the pool of judges or other panels.

    Panel secretaries can only choose from the pool.
    """
    seat, other = aliased(Seat), aliased(Seat)
    pool = User.id.in_(pool_of(panel.challenge, at))
    staff = actor.is_staff_of(panel.challenge)
    return (
        select(User.name, User.email)
        .where(
            User.active,
            User.confirmed_at.is_not(None),
            User.id != actor.id,
            or_(pool, exists().where(other.judge_id == User.id)) if staff else pool,
            ~exists().where(seat.judge_id == User.id, seat.panel_id == panel.id),
            ~tied(User.id, panel.challenge_id, Tie.TEAM),
        )
        .order_by(User.sort_key, User.id)
    )


def pool_of(challenge: Challenge, at: datetime) -> Select[int]:
    """Ids of people who can be added to a panel of `challenge` because they have the role of judge there."""
    there = [RoleGrant.scope_kind == ScopeKind.PROGRAMME]
    there += [
        and_(RoleGrant.scope_kind == scope.kind, RoleGrant.scope_reference == scope.reference)
        for scope in challenge.scopes
    ]
    return select(RoleGrant.user_id).where(RoleGrant.role == ProgrammeRole.JUDGE, in_force(at), or_(*there))


@built_once
def progress(panel: Panel) -> Select[int, AssignmentState, int]:
    """How many assignments each judge has in each state."""
    return (
        select(Assignment.judge_id, Assignment.state, func.count())
        .where(Assignment.panel_id == panel.id)
        .group_by(Assignment.judge_id, Assignment.state)
    )


@built_once
def given(panel: Panel, proposal_ids: Sequence[int]) -> Select[int, int, AssignmentState]:
    """Which judge has which of these proposals, and in which state."""
    return select(Assignment.proposal_id, Assignment.judge_id, Assignment.state).where(
        Assignment.panel_id == panel.id, Assignment.proposal_id.in_(proposal_ids)
    )


@built_once
def decisions_visible_to(actor: User) -> Select[Decision]:
    """The decisions `actor` can see."""
    return (
        select(Decision)
        .join(Panel, Panel.id == Decision.panel_id)
        .where(overseen_by(actor, Panel.challenge_id), ~still_scores(actor, Panel.id))
        .options(
            joinedload(Decision.panel).options(*HEADING, *IN_FULL),
            joinedload(Decision.proposed_by),
            joinedload(Decision.approved_by),
            selectinload(Decision.outcomes).joinedload(Outcome.proposal).joinedload(Proposal.organisation),
        )
    )


@built_once
def decision_to_open(actor: User, reference: str) -> Select[Decision]:
    """The decision with this reference, if `actor` can see it."""
    return decisions_visible_to(actor).where(Decision.reference == reference)


@built_once
def last_decision(panel: Panel) -> Select[Decision]:
    """The newest decision of the panel, even if it was sent back."""
    return (
        select(Decision)
        .where(Decision.panel_id == panel.id)
        .order_by(Decision.id.desc())
        .limit(1)
        .options(selectinload(Decision.outcomes), joinedload(Decision.approved_by), joinedload(Decision.proposed_by))
    )
