"""Events about judging."""

from civtech.core.events import Event
from civtech.core.text import N_


class PanelConvened(Event):
    label = N_("Panel set up")


class PanelRescheduled(Event):
    label = N_("Scorecard due date changed")


class JudgeSeated(Event):
    label = N_("Judge added to panel")


class ProposalAssigned(Event):
    label = N_("Proposal assigned to a judge")


class NoConflictDeclared(Event):
    label = N_("Judge declared no conflict of interest")


class ConflictDeclared(Event):
    label = N_("Judge declared a conflict of interest and was recused")


class ScoresSaved(Event):
    label = N_("Scores saved")


class ScorecardLocked(Event):
    label = N_("Scorecard locked")


class DecisionProposed(Event):
    label = N_("Decision proposed")


class DecisionReturned(Event):
    label = N_("Decision returned with a reason")


class DecisionApproved(Event):
    label = N_("Decision approved by another member of staff")


class OutcomesReleased(Event):
    label = N_("Outcomes released to all applicants")
