"""Events about challenges and questions."""

from typing import TYPE_CHECKING, TypedDict

from civtech.core.events import Event, PlainEvent
from civtech.core.text import N_

if TYPE_CHECKING:
    from civtech.challenges.models import Challenge, Question, RightsCheck


class ChallengeFacts(TypedDict):
    challenge: str


class AnswerFacts(ChallengeFacts):
    late: bool


class DatesFacts(TypedDict):
    opens_at: str
    closes_at: str


class RoundFacts(TypedDict):
    round: str


class SideFacts(TypedDict):
    """The side that the person acted for."""

    side: str


class MovedFacts(SideFacts):
    from_round: str
    to: str
    currency: str
    kept_pence: dict[str, int]
    dropped_pence: dict[str, int]


class SentBackFacts(SideFacts):
    was: str


class RightsCheckFacts(ChallengeFacts):
    """The digests show which text was checked and what was recorded, without repeating what people wrote."""

    kind: str
    text_sha256: str
    record_sha256: str


class HintFacts(TypedDict):
    """References of people and the kinds of hints, but nothing that the hints say."""

    people: list[str]
    hints: list[str]


class ChallengeDrafted(Event["Challenge", RoundFacts]):
    label = N_("Challenge drafted")
    public = False
    tells_no_one = N_(
        "It is unfinished work of the sponsor’s authors. Approvers are told when it is sent for approval."
    )


class ChallengeRevised(PlainEvent["Challenge"]):
    label = N_("Challenge draft changed")
    public = False
    tells_no_one = N_(
        "It is unfinished work of the sponsor’s authors. Approvers are told when it is sent for approval."
    )


class ChallengeMoved(Event["Challenge", MovedFacts]):
    label = N_("Challenge draft moved to another round")
    public = False


class ChallengeProposed(PlainEvent["Challenge"]):
    label = N_("Challenge sent for approval")
    public = False


class ChallengeApproved(PlainEvent["Challenge"]):
    label = N_("Challenge approved by the sponsor")
    public = False


class ChallengeSentBack(Event["Challenge", SentBackFacts]):
    label = N_("Challenge sent back with a message")
    public = False


class ChallengePublished(Event["Challenge", DatesFacts]):
    label = N_("Challenge published")


class ChallengeCancelled(Event["Challenge", SideFacts]):
    label = N_("Challenge cancelled")


class QuestionAsked(Event["Question", ChallengeFacts]):
    label = N_("Question asked")
    public = False


class QuestionAnswered(Event["Question", AnswerFacts]):
    label = N_("Question answered")


class RightsCheckRecorded(Event["RightsCheck", RightsCheckFacts]):
    label = N_("Check of the rights in a challenge recorded")
    public = False


class RightsCheckApproved(Event["RightsCheck", RightsCheckFacts]):
    label = N_("Check of the rights in a challenge approved")
    public = False


class RightsCheckRefused(Event["RightsCheck", RightsCheckFacts]):
    label = N_("Check of the rights in a challenge refused")
    public = False


class RightsCheckWithdrawn(Event["RightsCheck", RightsCheckFacts]):
    label = N_("Check of the rights in a challenge withdrawn")
    public = False


class HintsConsidered(Event["Challenge", HintFacts]):
    label = N_("Possible conflict of interest considered, with a reason")
    public = False
    tells_no_one = N_("It comes with another action, such as a seat on a panel, which has its own email.")
