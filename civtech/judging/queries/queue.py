"""What a judge can read: who applied before the declaration, the submission after it, nothing after a conflict."""

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, defer, joinedload, selectinload

from civtech.challenges.models import Challenge
from civtech.core.db import NamedRow, Rows
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
    asked = and_(Assignment.state != AssignmentState.RECUSED, Panel.closed_at.is_(None))
    done = and_(asked, Assignment.state == AssignmentState.LOCKED)
    return (
        select(
            exists().where(Seat.judge_id == actor.id).label("seated"),
            func.count(Assignment.id).label("given"),
            func.count(case((asked, 1))).label("asked"),
            func.count(case((done, 1))).label("done"),
        )
        .select_from(Assignment)
        .join(Assignment.panel)
        .where(Assignment.judge_id == actor.id)
    )


def waits(row: NamedRow) -> bool:
    """Whether a row of the queue needs the judge's attention."""
    return row.closed_at is None and row.state in {AssignmentState.ASSIGNED, AssignmentState.CLEAR}


@built_once
def queue(actor: User) -> Rows:
    """Everything `actor` was asked to judge, with titles only for proposals they can read."""
    applicant = aliased(Organisation)
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
        )
        .join(Assignment.panel)
        .join(Panel.challenge)
        .join(Panel.stage)
        .join(Assignment.proposal)
        .join(applicant, applicant.id == Proposal.organisation_id)
        .where(Assignment.judge_id == actor.id)
        .order_by(Panel.closed_at.is_not(None), Panel.due_at, Panel.id, Proposal.reference)
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
