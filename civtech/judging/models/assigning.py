"""Assigning in bulk, with the same rules as for a single assignment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from civtech.challenges.models import Tie, people_with_tie
from civtech.core.db import db
from civtech.judging.models.assignment import Assignment
from civtech.judging.models.panel import Panel
from civtech.people.models import User
from civtech.proposals.models import Proposal


@dataclass(frozen=True)
class Assigned:
    """The result: how many assignments were made, and which judges got none because they belong to a team.

    `left_to_others` counts those that would have gone to the person who assigns. Someone else must make them.
    """

    made: int
    left_out: tuple[User, ...]
    left_to_others: int


def assign(panel: Panel, *, judges: Sequence[User], proposals: Sequence[Proposal], by: User, at: datetime) -> Assigned:
    """Give each proposal to each judge who does not have it yet. Judges who were ever in a team get none.

    No one can assign proposals to themselves.
    """
    panel.refuse_while_closed()
    of_a_team = people_with_tie(panel.challenge_id, [judge.id for judge in judges], Tie.TEAM)
    left_out = tuple(judge for judge in judges if judge.id in of_a_team)
    given = {
        (judge_id, proposal_id)
        for judge_id, proposal_id in db.session.execute(
            select(Assignment.judge_id, Assignment.proposal_id).where(Assignment.panel_id == panel.id)
        )
    }
    wanted = [
        (judge, proposal)
        for judge in judges
        for proposal in proposals
        if judge not in left_out and (judge.id, proposal.id) not in given
    ]
    possible = [(judge, proposal) for judge, proposal in wanted if judge.id != by.id]
    for judge, proposal in possible:
        Assignment.give(panel=panel, judge=judge, proposal=proposal, by=by, at=at)
    return Assigned(len(possible), left_out, left_to_others=len(wanted) - len(possible))
