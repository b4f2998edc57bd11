"""What happens in a funded stage."""

from civtech.core.events import Event
from civtech.core.text import N_


class AgreementDrafted(Event):
    label = N_("A stage agreement was drafted")


class AgreementRescheduled(Event):
    label = N_("The dates of a draft agreement were changed")


class AgreementDiscarded(Event):
    label = N_("A draft agreement was discarded")


class MilestonePlanned(Event):
    label = N_("A milestone was planned")


class MilestoneReplanned(Event):
    label = N_("A planned milestone was changed")


class MilestoneDropped(Event):
    label = N_("A milestone was dropped from the draft")


class AgreementOffered(Event):
    label = N_("A stage agreement was offered")


class AgreementTakenBack(Event):
    label = N_("An offered stage agreement was taken back to be changed")


class AgreementActivated(Event):
    label = N_("A stage agreement came into force")


class AgreementCompleted(Event):
    label = N_("A stage agreement was completed")


class AgreementStopped(Event):
    label = N_("A team was stopped at the gate")


class AgreementLapsed(Event):
    label = N_("A stage agreement lapsed before it came into force")


class DeliverableSubmitted(Event):
    label = N_("The company delivered evidence for a milestone")


class DeliverableAccepted(Event):
    label = N_("The sponsor accepted a deliverable")


class DeliverableReturned(Event):
    label = N_("The sponsor returned a deliverable with a reason")


class MilestoneEnded(Event):
    label = N_("A milestone ended undelivered, with its stage")
