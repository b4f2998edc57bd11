"""Events about proposals."""

from typing import TYPE_CHECKING, TypedDict

from civtech.challenges.events import ChallengeFacts
from civtech.core.events import Event, PlainEvent
from civtech.core.text import N_

if TYPE_CHECKING:
    from civtech.challenges.models import Challenge
    from civtech.proposals.models import Opening, Proposal


class SectionFacts(TypedDict):
    section: str


class SubmissionFacts(ChallengeFacts):
    number: int
    digest: str


class ProposalStarted(Event["Proposal", ChallengeFacts]):
    label = N_("Proposal started")


class SectionWritten(Event["Proposal", SectionFacts]):
    label = N_("Proposal section saved")


class ProposalSubmitted(Event["Proposal", SubmissionFacts]):
    label = N_("Proposal submitted")


class ProposalWithdrawn(Event["Proposal", ChallengeFacts]):
    label = N_("Proposal withdrawn")


class LateSubmissionRefused(PlainEvent["Proposal"]):
    label = N_("Late submission refused")


class OpeningRequested(Event["Opening", ChallengeFacts]):
    label = N_("Opening of proposals requested")


class ProposalsOpened(Event["Opening", ChallengeFacts]):
    label = N_("Proposals opened by two people")


class OpeningRefused(PlainEvent["Challenge | Opening"]):
    label = N_("Attempt to open proposals refused")
