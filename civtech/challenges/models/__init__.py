"""The challenge, its budget and its questions."""

from civtech.challenges.models import bound, guards
from civtech.challenges.models.brief import PARTS, Brief, Part
from civtech.challenges.models.budget import StageBudget, carried_over
from civtech.challenges.models.cancellation import Side
from civtech.challenges.models.challenge import Challenge
from civtech.challenges.models.involvement import Tie, has_tie, people_with_tie, tied, tied_to_proposal
from civtech.challenges.models.question import Question, QuestionState
from civtech.challenges.models.state import ChallengePhase, ChallengeState

__all__ = [
    "PARTS",
    "Brief",
    "Challenge",
    "ChallengePhase",
    "ChallengeState",
    "Part",
    "Question",
    "QuestionState",
    "Side",
    "StageBudget",
    "Tie",
    "bound",
    "carried_over",
    "guards",
    "has_tie",
    "people_with_tie",
    "tied",
    "tied_to_proposal",
]
