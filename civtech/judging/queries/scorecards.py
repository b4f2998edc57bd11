"""Locked scorecards, which are all that counts, in one statement whatever their number."""

from sqlalchemy import Select, SQLColumnExpression, and_, func, select

from civtech.core.db import Rows
from civtech.core.statements import built_once
from civtech.judging.models import Assignment, AssignmentState, Panel, Score
from civtech.judging.queries.panels import candidates
from civtech.organisations.models import Organisation
from civtech.people.models import User
from civtech.proposals.models import Proposal

APPLICANT = Organisation.name.label("applicant")


def _cards(panel: Panel, *columns: SQLColumnExpression[object]) -> Rows:
    """One row for each locked score. A candidate without any has one empty row."""
    judged = candidates(panel).with_only_columns(Proposal.id).order_by(None)
    return (
        select(*columns)
        .select_from(Proposal)
        .outerjoin(
            Assignment,
            and_(
                Assignment.proposal_id == Proposal.id,
                Assignment.panel_id == panel.id,
                Assignment.state == AssignmentState.LOCKED,
            ),
        )
        .outerjoin(Score, Score.assignment_id == Assignment.id)
        .where(Proposal.id.in_(judged))
        .order_by(Proposal.reference, Assignment.id, Score.criterion_id)
    )


@built_once
def locked_points(panel: Panel) -> Rows:
    """For the ranking: who applied, and the points of every locked scorecard."""
    return _cards(
        panel,
        Proposal.id,
        Proposal.reference,
        Proposal.title,
        APPLICANT,
        Assignment.id.label("card"),
        Score.criterion_id,
        Score.points,
    ).join(Organisation, Organisation.id == Proposal.organisation_id)


@built_once
def locked_reasons(panel: Panel) -> Rows:
    """For the scores of one proposal and for feedback: the same, with each judge's name and reasons."""
    return (
        locked_points(panel)
        .add_columns(Score.reason, User.name.label("judge"))
        .outerjoin(User, User.id == Assignment.judge_id)
    )


@built_once
def unlocked(panel: Panel) -> Select[int]:
    """How many scorecards are still open."""
    return select(func.count(Assignment.id)).where(
        Assignment.panel_id == panel.id,
        Assignment.state.in_((AssignmentState.ASSIGNED, AssignmentState.CLEAR)),
    )
