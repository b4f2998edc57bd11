"""Events about proposals."""

from civtech.core.events import Event
from civtech.core.text import N_


class ProposalStarted(Event):
    label = N_("Proposal started")


class SectionWritten(Event):
    label = N_("Proposal section saved")


class ProposalSubmitted(Event):
    label = N_("Proposal submitted")


class ProposalWithdrawn(Event):
    label = N_("Proposal withdrawn")


class LateSubmissionRefused(Event):
    label = N_("Late submission refused")


class OpeningRequested(Event):
    label = N_("Opening of proposals requested")


class ProposalsOpened(Event):
    label = N_("Proposals opened by two people")


class OpeningRefused(Event):
    label = N_("Attempt to open proposals refused")
