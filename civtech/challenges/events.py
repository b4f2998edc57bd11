"""Events about challenges and questions."""

from civtech.core.events import Event
from civtech.core.text import N_


class ChallengeDrafted(Event):
    label = N_("Challenge drafted")


class ChallengeRevised(Event):
    label = N_("Challenge draft changed")


class ChallengeMoved(Event):
    label = N_("Challenge draft moved to another round")


class ChallengeProposed(Event):
    label = N_("Challenge sent for approval")


class ChallengeApproved(Event):
    label = N_("Challenge approved by the sponsor")


class ChallengeSentBack(Event):
    label = N_("Challenge sent back with a message")


class ChallengePublished(Event):
    label = N_("Challenge published")


class ChallengeCancelled(Event):
    label = N_("Challenge cancelled")


class QuestionAsked(Event):
    label = N_("Question asked")


class QuestionAnswered(Event):
    label = N_("Question answered")
