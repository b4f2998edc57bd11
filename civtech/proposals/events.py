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
    public = False
    tells_no_one = N_("It is unfinished work of one team. The team is told when it is submitted.")


class SectionWritten(Event["Proposal", SectionFacts]):
    label = N_("Proposal section saved")
    public = False
    tells_no_one = N_("It is unfinished work of one team. The team is told when it is submitted.")


class ProposalSubmitted(Event["Proposal", SubmissionFacts]):
    label = N_("Proposal submitted")
    public = False


class ProposalWithdrawn(Event["Proposal", ChallengeFacts]):
    label = N_("Proposal withdrawn")
    public = False


class LateSubmissionRefused(PlainEvent["Proposal"]):
    label = N_("Late submission refused")
    public = False


class OpeningRequested(Event["Opening", ChallengeFacts]):
    label = N_("Opening of proposals requested")
    public = False


class ProposalsOpened(Event["Opening", ChallengeFacts]):
    label = N_("Proposals opened by two people")


class OpeningRefused(PlainEvent["Challenge | Opening"]):
    label = N_("Attempt to open proposals refused")
    public = False
    tells_no_one = N_("Nothing was opened. The person who tried sees why, and the audit log keeps the attempt.")
