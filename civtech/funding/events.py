"""Events of money."""

from civtech.core.events import Event
from civtech.core.text import N_


class BudgetOpened(Event):
    label = N_("Challenge budget set aside")


class BudgetWithdrawn(Event):
    label = N_("Budget of a cancelled challenge returned to the sponsor")


class MoneyCommitted(Event):
    label = N_("Money committed to a stage agreement")


class MoneyReturned(Event):
    label = N_("Unused money returned to the budget")


class ReleaseProposed(Event):
    label = N_("Release proposed")


class ReleaseApproved(Event):
    label = N_("Release approved")


class ReleaseRefused(Event):
    label = N_("Release refused")


class ReleasePaid(Event):
    label = N_("Release marked as paid")
