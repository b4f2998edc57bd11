"""What a judge can read: who applied before the declaration, the submission after it, nothing after a conflict."""

from datetime import UTC, datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    Tuple,
    and_,
    case,
    exists,
    func,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import aliased, contains_eager, defer, joinedload, selectinload

from civtech.challenges.models import Challenge
from civtech.core.db import Rows
from civtech.core.statements import built_once
from civtech.judging.models import Assignment, AssignmentState, Panel, Score, Seat
from civtech.judging.queries.panels import HEADING
from civtech.organisations.models import Organisation
from civtech.people.models import User
from civtech.programmes.models import Stage
from civtech.proposals.models import Proposal, Submission
from civtech.proposals.queries import barred, readable_by, reader

CLEARED = (AssignmentState.CLEAR, AssignmentState.LOCKED)


@reader
def _judges(actor: User) -> ColumnElement[bool]:
    cleared = select(Assignment.proposal_id).where(Assignment.judge_id == actor.id, Assignment.state.in_(CLEARED))
    return Proposal.id.in_(cleared)


@barred
def _undeclared_and_recused(actor: User) -> ColumnElement[bool]:
    """Judges cannot read before the declaration or once recused, even if they also act for sponsor or programme."""
    undeclared = and_(Assignment.state == AssignmentState.ASSIGNED, Panel.closed_at.is_(None))
    return Proposal.id.in_(
        select(Assignment.proposal_id)
        .join(Panel, Panel.id == Assignment.panel_id)
        .where(Assignment.judge_id == actor.id, or_(Assignment.state == AssignmentState.RECUSED, undeclared))
    )


@built_once
def assignments_visible_to(actor: User) -> Select[Assignment]:
    """The judge's own assignments, until recused. They give only the reference of the proposal and who applied."""
    return (
        select(Assignment)
        .join(Assignment.proposal)
        .where(Assignment.judge_id == actor.id, Assignment.state != AssignmentState.RECUSED)
        .options(
            contains_eager(Assignment.proposal).options(
                defer(Proposal.title), defer(Proposal.summary), joinedload(Proposal.organisation)
            ),
            joinedload(Assignment.panel).options(*HEADING, joinedload(Panel.stage).selectinload(Stage.criteria)),
            selectinload(Assignment.scores).joinedload(Score.criterion),
        )
    )


@built_once
def assignment_to_open(actor: User, reference: str) -> Select[Assignment]:
    """The judge's own assignment with this reference."""
    return assignments_visible_to(actor).where(Assignment.reference == reference)


@built_once
def content_for(assignment: Assignment, actor: User) -> Select[Submission]:
    """The submission, if `actor` can read it: judges can once they declared no conflict."""
    return (
        select(Submission)
        .join(Submission.proposal)
        .where(Proposal.id == assignment.proposal_id, readable_by(actor))
        .order_by(Submission.number.desc())
        .limit(1)
    )


@built_once
def is_seated(actor: User) -> Select[bool]:
    """Whether `actor` is on any panel, with or without proposals to judge."""
    return select(exists().where(Seat.judge_id == actor.id))


@built_once
def own_progress(actor: User) -> Rows:
    """One row about `actor` as a judge: `seated` on a panel, and the proposals `given`, `asked` for now, and `done`."""
    given, seat = aliased(Assignment), aliased(Seat)
    open_panels = select(Seat.panel_id).join(Seat.panel).where(Seat.judge_id == actor.id, Panel.closed_at.is_(None))
    return select(
        exists().where(seat.judge_id == actor.id).label("seated"),
        select(func.count()).where(given.judge_id == actor.id).scalar_subquery().label("given"),
        func.count().label("asked"),
        func.count(case((Assignment.state == AssignmentState.LOCKED, 1))).label("done"),
    ).where(
        Assignment.judge_id == actor.id,
        Assignment.panel_id.in_(open_panels),
        Assignment.state != AssignmentState.RECUSED,
    )


WAITING = (AssignmentState.ASSIGNED, AssignmentState.CLEAR)
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
PANEL_ORDER = (case((Panel.closed_at.is_(None), 0), else_=1), func.coalesce(Panel.due_at, FOREVER), Panel.id)
ORDER = (*PANEL_ORDER, Proposal.reference)
"""The order of a judge's queue: open panels first, those that are due first, and then by proposal."""


def _cursor(actor: User, reference: str, *columns: SQLColumnExpression[object]) -> Tuple:
    """These columns for the judge's own assignment with this reference."""
    place = select(Assignment.id).where(Assignment.judge_id == actor.id, Assignment.reference == reference)
    joined = place.join(Assignment.panel).join(Assignment.proposal).correlate(None)
    return tuple_(*(joined.with_only_columns(column).scalar_subquery() for column in columns))


def _own(actor: User) -> Select[int]:
    """The judge's assignments in the order of their queue."""
    return (
        select(Assignment.id)
        .join(Assignment.panel)
        .join(Assignment.proposal)
        .where(Assignment.judge_id == actor.id)
        .order_by(*ORDER)
    )


def _panels(actor: User, *conditions: ColumnElement[bool]) -> Select[int]:
    """The panels on which the judge has such assignments, in the order of their queue."""
    there = exists().where(Assignment.panel_id == Panel.id, Assignment.judge_id == actor.id, *conditions)
    return (
        select(Panel.id)
        .join(Seat, Seat.panel_id == Panel.id)
        .where(Seat.judge_id == actor.id, there)
        .order_by(*PANEL_ORDER)
    )


def _waiting(actor: User) -> Select[int]:
    return _own(actor).where(Assignment.state.in_(WAITING), Panel.closed_at.is_(None))


def _first_waiting(actor: User) -> Select[int]:
    first = _panels(actor, Assignment.state.in_(WAITING)).where(Panel.closed_at.is_(None)).limit(1)
    return _waiting(actor).where(Panel.id == first.scalar_subquery()).limit(1)


@built_once
def queue(actor: User, after: str | None, most: int) -> Rows:
    """The next of what `actor` was asked to judge, with titles only for proposals they can read.

    `after` is the reference of the assignment where the page before ended. The row that `follows` is the first that
    needs the judge's attention, and can be on another page: then it is not `shown`. Each row has the numbers of all.
    """
    panels, own = _panels(actor), _own(actor)
    if after is not None:
        panels = panels.where(tuple_(*PANEL_ORDER) >= _cursor(actor, after, *PANEL_ORDER))
        own = own.where(tuple_(*ORDER) > _cursor(actor, after, *ORDER))
    enough = panels.limit(most).subquery()
    shown = own.where(Panel.id.in_(select(enough.c.id))).limit(most).cte("shown")
    follows = _first_waiting(actor).cte("follows")
    every, applicant = aliased(Assignment), aliased(Organisation)
    total = select(func.count()).where(every.judge_id == actor.id)
    return (
        select(
            Assignment.reference,
            Assignment.state,
            Assignment.locked_at,
            Panel.id.label("panel_id"),
            Panel.due_at,
            Panel.closed_at,
            Challenge.question,
            Challenge.slug,
            Stage.name.label("stage"),
            Proposal.reference.label("proposal"),
            applicant.name.label("applicant"),
            case((Assignment.state.in_(CLEARED), Proposal.title)).label("title"),
            Assignment.id.in_(select(follows.c.id)).label("follows"),
            Assignment.id.in_(select(shown.c.id)).label("shown"),
            total.where(every.state == AssignmentState.LOCKED).scalar_subquery().label("done"),
            total.where(every.state != AssignmentState.RECUSED).scalar_subquery().label("total"),
        )
        .join(Assignment.panel)
        .join(Panel.challenge)
        .join(Panel.stage)
        .join(Assignment.proposal)
        .join(applicant, applicant.id == Proposal.organisation_id)
        .where(Assignment.id.in_(union_all(select(shown.c.id), select(follows.c.id))))
        .order_by(*ORDER)
    )


@built_once
def following(actor: User, assignment: Assignment) -> Select[str]:
    """The next assignment that needs the judge's attention after this one, starting again after the last."""
    before = tuple_(*ORDER) <= _cursor(actor, assignment.reference, *ORDER)
    return (
        _waiting(actor)
        .with_only_columns(Assignment.reference)
        .where(Assignment.id != assignment.id)
        .order_by(None)
        .order_by(case((before, 1), else_=0), *ORDER)
        .limit(1)
    )


@built_once
def work_of(actor: User) -> Rows:
    """What a judge has left to declare and to score, on each panel that has not decided."""
    return (
        select(
            Panel.due_at,
            Challenge.question,
            Stage.name.label("stage"),
            Assignment.state,
            func.count().label("proposals"),
        )
        .select_from(Assignment)
        .join(Assignment.panel)
        .join(Panel.challenge)
        .join(Panel.stage)
        .where(
            Assignment.judge_id == actor.id,
            Assignment.state.in_((AssignmentState.ASSIGNED, AssignmentState.CLEAR)),
            Panel.closed_at.is_(None),
        )
        .group_by(Panel.id, Panel.due_at, Challenge.question, Stage.name, Assignment.state)
        .order_by(Panel.due_at, Panel.id)
    )
