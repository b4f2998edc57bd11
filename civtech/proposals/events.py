"""What happens to proposals."""

from civtech.core.events import Event
from civtech.core.text import N_


class ProposalStarted(Event):
    label = N_("A proposal was started")


class SectionWritten(Event):
    label = N_("A section of a proposal was written")


class ProposalSubmitted(Event):
    label = N_("A proposal was submitted")


class ProposalWithdrawn(Event):
    label = N_("A proposal was withdrawn")


class LateSubmissionRefused(Event):
    label = N_("A submission after the deadline was refused")


class OpeningRequested(Event):
    label = N_("The opening of the proposals was requested")


class ProposalsOpened(Event):
    label = N_("The proposals were opened by two people")


class OpeningRefused(Event):
    label = N_("An attempt to open proposals was refused")
