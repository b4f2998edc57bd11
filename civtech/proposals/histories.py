"""What the history of a proposal shows, and to whom. Those outside the team reach its page only after the opening."""

from civtech.core.histories import Audience, shown
from civtech.proposals.events import (
    LateSubmissionRefused,
    OpeningRequested,
    ProposalsOpened,
    ProposalStarted,
    ProposalSubmitted,
    ProposalWithdrawn,
    SectionWritten,
)

OPENERS = (Audience.SPONSOR, Audience.PROGRAMME)

shown(SectionWritten, by=Audience.TEAM, to=[Audience.TEAM], named_to=())
shown(
    ProposalStarted,
    ProposalWithdrawn,
    LateSubmissionRefused,
    by=Audience.TEAM,
    to=[Audience.TEAM, Audience.PROGRAMME],
)
shown(ProposalSubmitted, by=Audience.TEAM, to=[Audience.TEAM, *OPENERS])
shown(OpeningRequested, by=Audience.PROGRAMME, to=OPENERS, named_to=OPENERS)
shown(ProposalsOpened, by=Audience.PROGRAMME, to=[Audience.ANYONE], named_to=OPENERS)
