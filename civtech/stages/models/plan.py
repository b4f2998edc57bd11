"""What a milestone says while its agreement is drawn up."""

from datetime import date
from typing import TypedDict

from civtech.core.errors import RuleViolation
from civtech.core.money import vat_on
from civtech.core.text import N_

VAT_RATES = (20, 5, 0)
LARGEST_AMOUNT = 10**12


class Plan(TypedDict):
    """What is due, when, how one knows that it is done, and what it pays in pence without VAT."""

    title: str
    success_criteria: str
    due_on: date
    amount_pence: int
    vat_per_cent: int


def vat_of(plan: Plan) -> int:
    """The VAT in pence on what it pays."""
    return vat_on(plan["amount_pence"], plan["vat_per_cent"])


def refuse_bad(plan: Plan) -> None:
    """Refuse what no agreement can hold."""
    if not 0 < plan["amount_pence"] <= LARGEST_AMOUNT:
        raise RuleViolation(N_("Enter how much the milestone pays. It must be more than zero."), field="amount")
    if plan["vat_per_cent"] not in VAT_RATES:
        raise RuleViolation(N_("Select the rate of VAT."), field="vat")
