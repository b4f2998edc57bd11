"""Whom a challenge concerns so nearly that they may not look over anybody's shoulder there."""

from sqlalchemy import Select, exists, or_, select

from civtech.accounts.models import User
from civtech.challenges.models import Challenge
from civtech.judging.models import Assignment, Panel, Seat
from civtech.proposals.models import Proposal


def takes_part(person: User, challenge: Challenge) -> Select[bool]:
    """Whether `person` belongs to a team of `challenge`, sits on a panel of it, or was asked to judge there."""
    answers = exists().where(
        Proposal.challenge_id == challenge.id, Proposal.organisation_id.in_(person.organisation_ids())
    )
    sits = exists().where(Seat.panel_id == Panel.id, Panel.challenge_id == challenge.id, Seat.judge_id == person.id)
    judges = exists().where(
        Assignment.panel_id == Panel.id, Panel.challenge_id == challenge.id, Assignment.judge_id == person.id
    )
    return select(or_(answers, sits, judges))
