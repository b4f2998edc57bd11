"""What happens when proposals are judged."""

from civtech.core.events import Event
from civtech.core.text import N_


class PanelConvened(Event):
    label = N_("A panel was convened")


class PanelRescheduled(Event):
    label = N_("The day by which judges score was changed")


class JudgeSeated(Event):
    label = N_("A judge was put on a panel")


class ProposalAssigned(Event):
    label = N_("A proposal was assigned to a judge")


class NoConflictDeclared(Event):
    label = N_("A judge declared no conflict of interest")


class ConflictDeclared(Event):
    label = N_("A judge declared a conflict of interest and is recused")


class ScoresSaved(Event):
    label = N_("A judge saved scores")


class ScorecardLocked(Event):
    label = N_("A judge locked a scorecard")


class DecisionProposed(Event):
    label = N_("A decision was proposed")


class DecisionReturned(Event):
    label = N_("A proposed decision was returned with a reason")


class DecisionApproved(Event):
    label = N_("A decision was approved by a second person")


class OutcomesReleased(Event):
    label = N_("Outcomes were released to all applicants")
