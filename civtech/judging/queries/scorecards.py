"""Locked scorecards, which are all that counts, in one statement whatever their number."""

from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    SQLColumnExpression,
    and_,
    func,
    literal,
    select,
    type_coerce,
)
from sqlalchemy.orm import outerjoin

from civtech.core.db import Rows
from civtech.core.statements import built_once
from civtech.judging.models import Assignment, AssignmentState, Panel, Score
from civtech.judging.queries.panels import candidates
from civtech.organisations.models import Organisation
from civtech.people.models import User
from civtech.proposals.models import Proposal


def _locked(panel: Panel) -> FromClause:
    """One row for each locked score. A proposal without any has one empty row."""
    locked = and_(
        Assignment.proposal_id == Proposal.id,
        Assignment.panel_id == panel.id,
        Assignment.state == AssignmentState.LOCKED,
    )
    return outerjoin(outerjoin(Proposal, Assignment, locked), Score, Score.assignment_id == Assignment.id)


def _cards(panel: Panel, judge: SQLColumnExpression[str], reason: SQLColumnExpression[str]) -> Rows:
    return (
        select(
            Proposal.id,
            Proposal.reference,
            Proposal.title,
            Organisation.name.label("applicant"),
            Assignment.id.label("card"),
            Score.criterion_id,
            Score.points,
            judge.label("judge"),
            reason.label("reason"),
        )
        .select_from(_locked(panel))
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .order_by(Proposal.reference, Assignment.id, Score.criterion_id)
    )


def _cards_with_reasons(panel: Panel) -> Rows:
    return _cards(panel, User.name, Score.reason).outerjoin(User, User.id == Assignment.judge_id)


def _judged(panel: Panel) -> ColumnElement[bool]:
    return Proposal.id.in_(candidates(panel).with_only_columns(Proposal.id).order_by(None))


@built_once
def locked_sums(panel: Panel, *criterion_ids: int) -> Select[str, int, *tuple[int, ...]]:
    """For the order of all candidates: how many judges locked, and the sum of their points for each criterion."""
    of = [Score.criterion_id == criterion_id for criterion_id in criterion_ids]
    return (
        select(
            Proposal.reference,
            func.count(Score.points).filter(of[0]),
            *(type_coerce(func.coalesce(func.sum(Score.points).filter(each), 0), Integer) for each in of),
        )
        .select_from(_locked(panel))
        .where(_judged(panel))
        .group_by(Proposal.id)
        .order_by(Proposal.reference)
    )


@built_once
def locked_points(panel: Panel, references: Sequence[str]) -> Rows:
    """For a page of the ranking: who applied with these proposals, and the points of every locked scorecard."""
    return _cards(panel, literal(""), literal("")).where(Proposal.reference.in_(references))


@built_once
def locked_reasons(panel: Panel, references: Sequence[str]) -> Rows:
    """For the scores of one proposal: the same, with each judge's name and reasons."""
    return _cards_with_reasons(panel).where(Proposal.reference.in_(references))


@built_once
def all_locked_reasons(panel: Panel) -> Rows:
    """For feedback: the same for every candidate."""
    return _cards_with_reasons(panel).where(_judged(panel))


@built_once
def recused(panel: Panel) -> Select[str, str]:
    """The judges who declared a conflict of interest, each with the reference of the proposal."""
    return (
        select(User.name, Proposal.reference)
        .select_from(Assignment)
        .join(Assignment.judge)
        .join(Assignment.proposal)
        .where(Assignment.panel_id == panel.id, Assignment.state == AssignmentState.RECUSED)
        .order_by(Proposal.reference, User.name, User.id)
    )


@built_once
def unlocked(panel: Panel) -> Select[int]:
    """How many scorecards are still open."""
    return select(func.count(Assignment.id)).where(
        Assignment.panel_id == panel.id,
        Assignment.state.in_((AssignmentState.ASSIGNED, AssignmentState.CLEAR)),
    )
