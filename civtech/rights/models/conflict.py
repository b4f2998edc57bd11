"""Conflicts of interest that hold beyond judging: nobody acts on the rights or money of a team they have a stake in."""

from sqlalchemy import ColumnElement, exists, or_, select

from civtech.accounts.models import User
from civtech.core.db import db
from civtech.judging.models import Assignment, AssignmentState
from civtech.proposals.models import Proposal


def stake(person: User) -> ColumnElement[bool]:
    """Whether `person` belongs to the company of a proposal, or declared a conflict of interest with its team."""
    declared = exists().where(
        Assignment.judge_id == person.id,
        Assignment.proposal_id == Proposal.id,
        Assignment.state == AssignmentState.RECUSED,
    )
    return or_(Proposal.organisation_id.in_(person.organisation_ids()), declared)


def has_stake(person: User, proposal: Proposal) -> bool:
    """The same, asked of one proposal."""
    return bool(db.session.scalar(select(exists().where(Proposal.id == proposal.id, stake(person)))))
