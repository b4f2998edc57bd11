"""A company's size, from its figures, by the UK and EU definitions, each with the rule that decided.

The UK has two laws. The Procurement Act 2023 defines small and medium-sized for public procurement. Within that, the
Companies Act 2006 defines small and micro (limits of SI 2024/1303).
"""

from dataclasses import dataclass
from decimal import Decimal

from civtech.core.state import State
from civtech.core.text import N_, Text
from civtech.organisations.models.kinds import CompanySize

EUROS_PER_POUND = Decimal("1.18")
MILLION = 100_000_000


class Currency(State):
    """The currency of a company's accounts."""

    POUND = "GBP", N_("Pounds (£)")
    EURO = "EUR", N_("Euros (€)")


@dataclass(frozen=True)
class Figures:
    """One year of a company with its partner and linked companies: people, and amounts in pence or cents."""

    headcount: int
    turnover: int
    balance_sheet: int
    currency: Currency = Currency.POUND

    def within(self, currency: Currency) -> tuple[Decimal, Decimal]:
        """Turnover and balance sheet total in `currency`, exact: nothing is rounded before it is compared."""
        rate = Decimal(1)
        if self.currency is not currency:
            rate = EUROS_PER_POUND if currency is Currency.EURO else 1 / EUROS_PER_POUND
        return self.turnover * rate, self.balance_sheet * rate


@dataclass(frozen=True)
class Finding:
    """A size, and the rule that decided it."""

    size: CompanySize
    rule: Text


MANY_PEOPLE_UK = Text(N_("250 people or more (Procurement Act 2023, section 123)."))
MUCH_MONEY_UK = Text(
    N_("Turnover above £44 million and balance sheet total above £38 million (Procurement Act 2023, section 123).")
)
MICRO_UK = Text(
    N_(
        "At least two of these: up to 10 people, turnover up to £1 million, balance sheet total up to "
        "£500,000 (Companies Act 2006, section 384A)."
    )
)
SMALL_UK = Text(
    N_(
        "At least two of these: up to 50 people, turnover up to £15 million, balance sheet total up to £7.5 "
        "million (Companies Act 2006, section 382)."
    )
)
MEDIUM_UK = Text(
    N_(
        "Fewer than 250 people, and either turnover up to £44 million or balance sheet total up to £38 "
        "million (Procurement Act 2023, section 123). Above at least two of the limits for a small company."
    )
)
MANY_PEOPLE_EU = Text(N_("250 people or more (Recommendation 2003/361/EC, Article 2)."))
MUCH_MONEY_EU = Text(
    N_("Turnover above €50 million and balance sheet total above €43 million (Recommendation 2003/361/EC, Article 2).")
)
MICRO_EU = Text(
    N_(
        "Fewer than 10 people, and either turnover or balance sheet total up to €2 million (Recommendation "
        "2003/361/EC, Article 2)."
    )
)
SMALL_EU = Text(
    N_(
        "Fewer than 50 people, and either turnover or balance sheet total up to €10 million (Recommendation "
        "2003/361/EC, Article 2)."
    )
)
MEDIUM_EU = Text(
    N_(
        "Fewer than 250 people, and either turnover up to €50 million or balance sheet total up to €43 "
        "million (Recommendation 2003/361/EC, Article 2)."
    )
)


def uk_size(figures: Figures) -> Finding:
    """The size by the Procurement Act 2023, s. 123, and below it by the Companies Act 2006, ss. 382 and 384A."""
    turnover, balance_sheet = figures.within(Currency.POUND)

    def two_of_three(people: int, most_turnover: int, most_balance_sheet: int) -> bool:
        limits_kept = (figures.headcount <= people, turnover <= most_turnover, balance_sheet <= most_balance_sheet)
        return sum(limits_kept) >= 2

    if figures.headcount >= 250:
        return Finding(CompanySize.LARGE, MANY_PEOPLE_UK)
    if turnover > 44 * MILLION and balance_sheet > 38 * MILLION:
        return Finding(CompanySize.LARGE, MUCH_MONEY_UK)
    if two_of_three(10, 1 * MILLION, MILLION // 2):
        return Finding(CompanySize.MICRO, MICRO_UK)
    if two_of_three(50, 15 * MILLION, 15 * MILLION // 2):
        return Finding(CompanySize.SMALL, SMALL_UK)
    return Finding(CompanySize.MEDIUM, MEDIUM_UK)


def eu_size(figures: Figures) -> Finding:
    """The size by Commission Recommendation 2003/361/EC, Annex, Article 2, for one year."""
    turnover, balance_sheet = figures.within(Currency.EURO)
    if figures.headcount >= 250:
        return Finding(CompanySize.LARGE, MANY_PEOPLE_EU)
    if turnover > 50 * MILLION and balance_sheet > 43 * MILLION:
        return Finding(CompanySize.LARGE, MUCH_MONEY_EU)
    smaller = min(turnover, balance_sheet)
    if figures.headcount < 10 and smaller <= 2 * MILLION:
        return Finding(CompanySize.MICRO, MICRO_EU)
    if figures.headcount < 50 and smaller <= 10 * MILLION:
        return Finding(CompanySize.SMALL, SMALL_EU)
    return Finding(CompanySize.MEDIUM, MEDIUM_EU)
