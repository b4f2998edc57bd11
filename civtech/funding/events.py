"""What happens to money."""

from civtech.core.events import Event
from civtech.core.text import N_


class BudgetOpened(Event):
    label = N_("The budget of a challenge was opened")


class BudgetWithdrawn(Event):
    label = N_("The budget of a cancelled challenge went back to the sponsor")


class MoneyCommitted(Event):
    label = N_("Money was committed to a stage agreement")


class MoneyReturned(Event):
    label = N_("Money that was not needed went back to the budget")


class ReleaseProposed(Event):
    label = N_("A release of money was proposed")


class ReleaseApproved(Event):
    label = N_("A release of money was approved by a second person")


class ReleaseRefused(Event):
    label = N_("A proposed release was refused with a reason")


class ReleasePaid(Event):
    label = N_("A release was marked as paid")
