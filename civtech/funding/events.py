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


class SettledFacts(ReleaseFacts):
    side: str


class ReturnedFacts(AmountFacts):
    milestone: str


class BudgetOpened(Event["Challenge", AmountFacts]):
    label = N_("Challenge budget set aside")
    tells_no_one = N_("Publishing the challenge set it aside, and the email about that says how much.")


class BudgetWithdrawn(Event["Challenge", AmountFacts]):
    label = N_("Budget of a cancelled challenge returned to the sponsor")
    tells_no_one = N_("Cancelling the challenge returned it, and the email about that says so.")


class MoneyCommitted(Event["StageAgreement", AmountFacts]):
    label = N_("Money committed to a stage agreement")
    tells_no_one = N_("The agreement came into force at the same moment, and that email names the amount.")


class MoneyReturned(Event["StageAgreement", ReturnedFacts]):
    label = N_("Unused money returned to the budget")
    tells_no_one = N_("The email about the end of the agreement or the returned evidence says that it is not paid.")


class ReleaseProposed(Event["Release", ReleaseFacts]):
    label = N_("Release proposed")


class ReleaseApproved(Event["Release", SettledFacts]):
    label = N_("Release approved")


class ReleaseRefused(Event["Release", SettledFacts]):
    label = N_("Release refused")


class ReleasePaid(Event["Release", SettledFacts]):
    label = N_("Release marked as paid")
