"""The panel, its assignments and scorecards, and the decision."""

from civtech.judging.models import assignment_guards, decision_guards
from civtech.judging.models.assigning import Assigned, assign
from civtech.judging.models.assignment import NOT_ONESELF, Assignment, AssignmentState
from civtech.judging.models.conflict import conflicted, has_conflict
from civtech.judging.models.decision import Decision, DecisionState
from civtech.judging.models.intake import anybody_in, chosen_for
from civtech.judging.models.known import known_about, settle
from civtech.judging.models.outcome import Outcome, Verdict, departs_from_the_ranking
from civtech.judging.models.panel import Panel, Seat
from civtech.judging.models.score import Score

__all__ = [
    "NOT_ONESELF",
    "Assigned",
    "Assignment",
    "AssignmentState",
    "Decision",
    "DecisionState",
    "Outcome",
    "Panel",
    "Score",
    "Seat",
    "Verdict",
    "anybody_in",
    "assign",
    "assignment_guards",
    "chosen_for",
    "conflicted",
    "decision_guards",
    "departs_from_the_ranking",
    "has_conflict",
    "known_about",
    "settle",
]
