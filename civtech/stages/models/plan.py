"""The content of a milestone while its agreement is a draft."""

from datetime import date
from typing import TypedDict

from civtech.core.errors import RuleViolation
from civtech.core.money import vat_on
from civtech.core.signs import refuse_hidden
from civtech.core.text import N_

VAT_RATES = (20, 5, 0)
LARGEST_AMOUNT = 10**12


class Plan(TypedDict):
    """What is due, when, its success criteria, and its amount in pence excluding VAT."""

    title: str
    success_criteria: str
    due_on: date
    amount_pence: int
    vat_per_cent: int


def vat_of(plan: Plan) -> int:
    """Return the VAT on its amount, in pence."""
    return vat_on(plan["amount_pence"], plan["vat_per_cent"])


def refuse_bad(plan: Plan) -> None:
    """Refuse a plan that no agreement may contain."""
    refuse_hidden(plan["title"], field="title")
    if not 0 < plan["amount_pence"] <= LARGEST_AMOUNT:
        raise RuleViolation(N_("Enter how much the milestone pays. It must be more than zero."), field="amount")
    if plan["vat_per_cent"] not in VAT_RATES:
        raise RuleViolation(N_("Select the rate of VAT."), field="vat")
