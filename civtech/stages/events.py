"""Events of funded stages."""

from civtech.core.events import Event
from civtech.core.text import N_


class AgreementDrafted(Event):
    label = N_("Stage agreement drafted")


class AgreementRescheduled(Event):
    label = N_("Draft agreement dates changed")


class AgreementDiscarded(Event):
    label = N_("Draft agreement discarded")


class MilestonePlanned(Event):
    label = N_("Milestone added")


class MilestoneReplanned(Event):
    label = N_("Milestone changed")


class MilestoneDropped(Event):
    label = N_("Milestone removed from the draft")


class AgreementOffered(Event):
    label = N_("Stage agreement offered")


class AgreementTakenBack(Event):
    label = N_("Stage agreement offer withdrawn")


class AgreementActivated(Event):
    label = N_("Stage agreement came into force")


class AgreementCompleted(Event):
    label = N_("Stage agreement completed")


class AgreementStopped(Event):
    label = N_("Team stopped at the end-of-stage review")


class AgreementLapsed(Event):
    label = N_("Stage agreement lapsed before it came into force")


class DeliverableSubmitted(Event):
    label = N_("Evidence sent")


class DeliverableAccepted(Event):
    label = N_("Evidence accepted")


class DeliverableReturned(Event):
    label = N_("Evidence returned")


class MilestoneEnded(Event):
    label = N_("Milestone not delivered before the stage ended")
