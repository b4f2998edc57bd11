"""Events of money."""

from typing import TYPE_CHECKING

from civtech.core.events import Event
from civtech.core.text import N_
from civtech.stages.events import AmountFacts

if TYPE_CHECKING:
    from civtech.challenges.models import Challenge
    from civtech.funding.models import Release
    from civtech.stages.models import StageAgreement


class ReleaseFacts(AmountFacts):
    milestone: str
    agreement: str
    vat_pence: int


class ReturnedFacts(AmountFacts):
    milestone: str


class BudgetOpened(Event["Challenge", AmountFacts]):
    label = N_("Challenge budget set aside")


class BudgetWithdrawn(Event["Challenge", AmountFacts]):
    label = N_("Budget of a cancelled challenge returned to the sponsor")


class MoneyCommitted(Event["StageAgreement", AmountFacts]):
    label = N_("Money committed to a stage agreement")


class MoneyReturned(Event["StageAgreement", ReturnedFacts]):
    label = N_("Unused money returned to the budget")


class ReleaseProposed(Event["Release", ReleaseFacts]):
    label = N_("Release proposed")


class ReleaseApproved(Event["Release", ReleaseFacts]):
    label = N_("Release approved")


class ReleaseRefused(Event["Release", ReleaseFacts]):
    label = N_("Release refused")


class ReleasePaid(Event["Release", ReleaseFacts]):
    label = N_("Release marked as paid")
