"""What happens to challenges and questions."""

from civtech.core.events import Event
from civtech.core.text import N_


class ChallengeDrafted(Event):
    label = N_("A challenge was drafted")


class ChallengeRevised(Event):
    label = N_("A challenge’s draft was revised")


class ChallengeMoved(Event):
    label = N_("A challenge’s draft was moved to another round")


class ChallengeProposed(Event):
    label = N_("A challenge was put forward for the sponsor’s approval")


class ChallengeApproved(Event):
    label = N_("The sponsor approved a challenge")


class ChallengeSentBack(Event):
    label = N_("A challenge was sent back with a message")


class ChallengePublished(Event):
    label = N_("A challenge was published")


class ChallengeCancelled(Event):
    label = N_("A challenge was cancelled")


class QuestionAsked(Event):
    label = N_("A question was asked")


class QuestionAnswered(Event):
    label = N_("A question was answered for everybody")
