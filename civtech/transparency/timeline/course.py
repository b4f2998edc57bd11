"""The progress of a proposal: what was decided, agreed, delivered and paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from civtech.core.db import NamedRow, db
from civtech.proposals.models import Proposal
from civtech.transparency.queries import course, opened_at


@dataclass(frozen=True)
class Course:
    """What was decided, agreed, delivered and paid for one proposal."""

    proposal: Proposal
    at: datetime
    opened_at: datetime | None
    outcomes: Sequence[NamedRow]
    agreements: Sequence[NamedRow]
    milestones: Sequence[NamedRow]
    releases: Sequence[NamedRow]


def course_of(proposal: Proposal, at: datetime) -> Course:
    """Read the progress of the proposal, always in five statements."""
    return Course(
        proposal=proposal,
        at=at,
        opened_at=db.session.scalar(opened_at(proposal.challenge_id)),
        outcomes=list(db.session.execute(course.outcomes_of(proposal))),
        agreements=list(db.session.execute(course.agreements_of(proposal))),
        milestones=list(db.session.execute(course.milestones_of(proposal))),
        releases=list(db.session.execute(course.releases_of(proposal))),
    )
