"""Conflicts of interest of the people who run the judging: a rule about persons, whatever their roles."""

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from civtech.accounts.models import Membership, User
from civtech.core.db import db
from civtech.judging.models.assignment import Assignment, AssignmentState
from civtech.judging.models.panel import Panel
from civtech.proposals.models import Proposal, ProposalState


def conflicted(person: User, challenge_id: InstrumentedAttribute[int] | int) -> ColumnElement[bool]:
    """Whether `person` belongs to a team that answered the challenge, or was recused from judging one of those."""
    answer, membership = aliased(Proposal), aliased(Membership)
    recusal, judged = aliased(Assignment), aliased(Panel)
    belongs = exists().where(
        answer.challenge_id == challenge_id,
        answer.state == ProposalState.SUBMITTED,
        membership.organisation_id == answer.organisation_id,
        membership.user_id == person.id,
    )
    recused = exists().where(
        judged.challenge_id == challenge_id,
        recusal.panel_id == judged.id,
        recusal.judge_id == person.id,
        recusal.state == AssignmentState.RECUSED,
    )
    return or_(belongs, recused)


def has_conflict(person: User, challenge_id: int) -> bool:
    """The same, asked of the database."""
    return bool(db.session.scalar(select(conflicted(person, challenge_id))))
