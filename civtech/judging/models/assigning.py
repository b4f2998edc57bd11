"""Assigning in bulk, with the same rules as for a single assignment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from civtech.challenges.models import ABOUT_JUDGES, Tie, known, people_with_tie, still_open
from civtech.core.db import db
from civtech.judging.models.assignment import Assignment
from civtech.judging.models.panel import Panel
from civtech.people.models import User
from civtech.proposals.models import Proposal


@dataclass(frozen=True)
class Assigned:
    """The result: how many assignments were made, and which judges got none because they belong to a team.

    `to_consider` are the judges who got less because of a possible conflict of interest that no one has decided on.
    `left_to_others` counts those that would have gone to the person who assigns. Someone else must make them.
    """

    made: int
    left_out: tuple[User, ...]
    to_consider: tuple[User, ...]
    left_to_others: int


def assign(panel: Panel, *, judges: Sequence[User], proposals: Sequence[Proposal], by: User, at: datetime) -> Assigned:
    """Give each proposal to each judge who does not have it yet. Judges who were ever in a team get none.

    A judge gets none of a team with which they may have a conflict of interest, until someone decides on that.

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
    about = known([judge.id for judge in judges], panel.challenge_id, ABOUT_JUDGES)
    waiting = {(each.row.person_id, each.row.organisation_id) for each in still_open(about)}
    held_back = {judge for judge, proposal in wanted if (judge.id, proposal.organisation_id) in waiting}
    wanted = [(judge, proposal) for judge, proposal in wanted if (judge.id, proposal.organisation_id) not in waiting]
    possible = [(judge, proposal) for judge, proposal in wanted if judge.id != by.id]
    for judge, proposal in possible:
        Assignment.give(panel=panel, judge=judge, proposal=proposal, by=by, at=at)
    return Assigned(
        len(possible),
        left_out,
        to_consider=tuple(judge for judge in judges if judge in held_back),
        left_to_others=len(wanted) - len(possible),
    )
