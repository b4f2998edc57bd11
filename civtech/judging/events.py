"""Events about judging."""

from typing import TYPE_CHECKING, TypedDict

from civtech.core.events import Event, PlainEvent
from civtech.core.text import N_

if TYPE_CHECKING:
    from civtech.judging.models import Assignment, Decision, Panel


class PanelFacts(TypedDict):
    panel: str


class AssignmentFacts(PanelFacts):
    judge: str
    proposal: str


class ConvenedFacts(TypedDict):
    challenge: str
    stage: str


class DueFacts(TypedDict):
    due_at: str


class OutcomeFacts(ConvenedFacts):
    goes_on: list[str]
    declined: list[str]
    follows_the_ranking: bool


class SeatFacts(TypedDict):
    judge: str


class PanelConvened(Event["Panel", ConvenedFacts]):
    label = N_("Panel set up")
    public = False
    tells_no_one = N_("It has no judges yet. Each judge is told when they are added.")


class PanelRescheduled(Event["Panel", DueFacts]):
    label = N_("Scorecard due date changed")
    public = False


class JudgeSeated(Event["Panel", SeatFacts]):
    label = N_("Judge added to panel")
    public = False


class ProposalAssigned(Event["Assignment", AssignmentFacts]):
    label = N_("Proposal assigned to a judge")
    public = False


class NoConflictDeclared(PlainEvent["Assignment"]):
    label = N_("Judge declared no conflict of interest")
    public = False
    tells_no_one = N_("The judge can now read the proposal. No one else has to do anything.")


class ConflictDeclared(PlainEvent["Assignment"]):
    label = N_("Judge declared a conflict of interest and was recused")
    public = False


class ScoresSaved(PlainEvent["Assignment"]):
    label = N_("Scores saved")
    public = False
    tells_no_one = N_("Scores are unfinished until the scorecard is locked.")


class ScorecardLocked(PlainEvent["Assignment"]):
    label = N_("Scorecard locked")
    public = False
    tells_no_one = N_("The panel’s page counts scorecards, and Home tells staff when they can propose a decision.")


class DecisionProposed(Event["Decision", PanelFacts]):
    label = N_("Decision proposed")
    public = False


class DecisionReturned(PlainEvent["Decision"]):
    label = N_("Decision returned with a reason")
    public = False


class DecisionApproved(PlainEvent["Decision"]):
    label = N_("Decision approved by another member of staff")
    public = False


class OutcomesReleased(Event["Decision", OutcomeFacts]):
    label = N_("Outcomes released to all applicants")
