"""The progress of the judges on a panel."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from civtech.challenges.models import Tie, people_with_tie
from civtech.core.db import db
from civtech.judging import queries
from civtech.judging.models import AssignmentState, Panel
from civtech.people.models import User


@dataclass(frozen=True)
class Workload:
    """One judge: assignments by state, whether they are late, act for the sponsor, or belong to a team."""

    judge: User
    of_sponsor: bool
    of_a_team: bool
    undeclared: int
    clear: int
    locked: int
    recused: int
    late: bool

    @property
    def asked(self) -> int:
        """How many scorecards we expect from them."""
        return self.undeclared + self.clear + self.locked


def workloads(panel: Panel, at: datetime) -> list[Workload]:
    """Every judge on the panel, in the order they were added."""
    counts: dict[int, Counter[AssignmentState]] = {}
    for judge_id, state, number in db.session.execute(queries.progress(panel)):
        counts.setdefault(judge_id, Counter())[state] = number
    of_a_team = people_with_tie(panel.challenge_id, [seat.judge_id for seat in panel.seats], Tie.TEAM)
    overdue = panel.closed_at is None and panel.due_at is not None and panel.due_at < at
    judges = []
    for seat in panel.seats:
        has = counts.get(seat.judge_id, Counter())
        undeclared, clear = has[AssignmentState.ASSIGNED], has[AssignmentState.CLEAR]
        judges.append(
            Workload(
                judge=seat.judge,
                of_sponsor=seat.judge.acts_for(panel.challenge.sponsor_id),
                of_a_team=seat.judge_id in of_a_team,
                undeclared=undeclared,
                clear=clear,
                locked=has[AssignmentState.LOCKED],
                recused=has[AssignmentState.RECUSED],
                late=overdue and undeclared + clear > 0,
            )
        )
    return judges
