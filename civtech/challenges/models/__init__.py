"""The challenge, its budget and its questions."""

from civtech.challenges.models import bound, guards, rights_guards
from civtech.challenges.models.brief import PARTS, Brief, Part
from civtech.challenges.models.budget import StageBudget, carried_over
from civtech.challenges.models.cancellation import Side
from civtech.challenges.models.challenge import Challenge
from civtech.challenges.models.considering import Known, consider, known, still_open
from civtech.challenges.models.hint import ABOUT_JUDGES, ABOUT_STAFF, ConsideredHint, Hint
from civtech.challenges.models.involvement import Tie, has_tie, people_with_tie, tied, tied_to_proposal
from civtech.challenges.models.question import Question, QuestionState
from civtech.challenges.models.rights_check import RightsCheck, RightsCheckKind, RightsCheckState
from civtech.challenges.models.sent_back import SentBack
from civtech.challenges.models.state import ChallengePhase, ChallengeState

__all__ = [
    "ABOUT_JUDGES",
    "ABOUT_STAFF",
    "PARTS",
    "Brief",
    "Challenge",
    "ChallengePhase",
    "ChallengeState",
    "ConsideredHint",
    "Hint",
    "Known",
    "Part",
    "Question",
    "QuestionState",
    "RightsCheck",
    "RightsCheckKind",
    "RightsCheckState",
    "SentBack",
    "Side",
    "StageBudget",
    "Tie",
    "bound",
    "carried_over",
    "consider",
    "guards",
    "has_tie",
    "known",
    "people_with_tie",
    "rights_guards",
    "still_open",
    "tied",
    "tied_to_proposal",
]
