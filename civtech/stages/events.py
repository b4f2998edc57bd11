"""Events of funded stages."""

from typing import TYPE_CHECKING, TypedDict

from civtech.core.events import Event, PlainEvent
from civtech.core.facts import Json
from civtech.core.text import N_
from civtech.rights.events import DraftFacts

if TYPE_CHECKING:
    from civtech.stages.models import Milestone, StageAgreement


class AmountFacts(TypedDict):
    amount_pence: int
    currency: str


class DiscardedFacts(DraftFacts):
    statement: str
    was_offered: bool
    draft: dict[str, Json]


class NumberFacts(TypedDict):
    number: int


class OfferFacts(AmountFacts):
    vat_pence: int


class PlanFacts(NumberFacts):
    amount_pence: int
    currency: str
    vat_per_cent: int


class RescheduledFacts(TypedDict):
    starts_on_before: str
    ends_on_before: str
    starts_on: str
    ends_on: str


class AgreementDrafted(Event["StageAgreement", DraftFacts]):
    label = N_("Stage agreement drafted")
    tells_no_one = N_("It is unfinished work of staff. Both sides are told when it is offered.")


class AgreementRescheduled(Event["StageAgreement", RescheduledFacts]):
    label = N_("Draft agreement dates changed")
    tells_no_one = N_("Only a draft can be changed. Both sides are told the dates when it is offered.")


class AgreementDiscarded(Event["StageAgreement", DiscardedFacts]):
    label = N_("Draft agreement discarded")


class MilestonePlanned(Event["StageAgreement", PlanFacts]):
    label = N_("Milestone added")
    tells_no_one = N_("Only a draft can be changed. Both sides are told the milestones when it is offered.")


class MilestoneReplanned(Event["StageAgreement", PlanFacts]):
    label = N_("Milestone changed")
    tells_no_one = N_("Only a draft can be changed. Both sides are told the milestones when it is offered.")


class MilestoneDropped(Event["StageAgreement", NumberFacts]):
    label = N_("Milestone removed from the draft")
    tells_no_one = N_("Only a draft can be changed. Both sides are told the milestones when it is offered.")


class AgreementOffered(Event["StageAgreement", OfferFacts]):
    label = N_("Stage agreement offered")


class AgreementTakenBack(PlainEvent["StageAgreement"]):
    label = N_("Stage agreement offer withdrawn")


class AgreementActivated(PlainEvent["StageAgreement"]):
    label = N_("Stage agreement came into force")


class AgreementCompleted(PlainEvent["StageAgreement"]):
    label = N_("Stage agreement completed")


class AgreementStopped(PlainEvent["StageAgreement"]):
    label = N_("Team stopped at the end-of-stage review")
    tells_no_one = N_("The outcome is released at the same moment. Those emails name the agreement to both sides.")


class AgreementLapsed(PlainEvent["StageAgreement"]):
    label = N_("Stage agreement lapsed before it came into force")
    tells_no_one = N_("The outcome is released at the same moment. Those emails name the agreement to both sides.")


class DeliverableSubmitted(Event["Milestone", NumberFacts]):
    label = N_("Evidence sent")


class DeliverableAccepted(Event["Milestone", NumberFacts]):
    label = N_("Evidence accepted")


class DeliverableReturned(Event["Milestone", NumberFacts]):
    label = N_("Evidence returned")


class MilestoneEnded(Event["Milestone", AmountFacts]):
    label = N_("Milestone not delivered before the stage ended")
    tells_no_one = N_(
        "The email about what ended it says so: the outcome, the end of the agreement or the returned evidence."
    )
