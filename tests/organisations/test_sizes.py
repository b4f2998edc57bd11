"""How big a company is: the limits of the laws, and what holds for every figure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civtech.organisations.models import CompanySize, Currency, Figures
from civtech.organisations.models.sizes import EUROS_PER_POUND, eu_size, uk_size
from tests.support.messages import fragment

POUNDS = 100
SIZES = list(CompanySize)
MICRO, SMALL, MEDIUM, LARGE = SIZES


def of(headcount: int, turnover: int, balance_sheet: int, currency: Currency) -> Figures:
    return Figures(headcount, turnover * POUNDS, balance_sheet * POUNDS, currency)


@pytest.mark.parametrize(
    ("headcount", "turnover", "balance_sheet", "size", "law"),
    [
        (0, 0, 0, MICRO, "section 384A"),
        (10, 1_000_000, 99_000_000, MICRO, "section 384A"),
        (11, 1_000_000, 500_000, MICRO, "section 384A"),
        (11, 1_000_001, 500_000, SMALL, "section 382"),
        (10, 1_000_001, 500_001, SMALL, "section 382"),
        (50, 15_000_000, 38_000_000, SMALL, "section 382"),
        (51, 15_000_000, 7_500_001, MEDIUM, "section 123"),
        (249, 1_000_001, 500_000, SMALL, "section 382"),
        (249, 44_000_000, 99_000_000, MEDIUM, "section 123"),
        (249, 99_000_000, 38_000_000, MEDIUM, "section 123"),
        (249, 44_000_001, 38_000_001, LARGE, fragment("Turnover above £44 million")),
        (9, 44_000_001, 38_000_001, LARGE, fragment("Turnover above £44 million")),
        (250, 0, 0, LARGE, "250 people or more"),
    ],
)
def test_the_uk_definition_is_the_procurement_act_and_below_it_the_companies_act(
    headcount: int, turnover: int, balance_sheet: int, size: CompanySize, law: str
) -> None:
    found = uk_size(of(headcount, turnover, balance_sheet, Currency.POUND))
    assert found.size is size
    assert law in str(found.rule)


@pytest.mark.parametrize(
    ("headcount", "turnover", "balance_sheet", "size"),
    [
        (9, 2_000_000, 99_000_000, MICRO),
        (9, 99_000_000, 2_000_000, MICRO),
        (10, 0, 0, SMALL),
        (9, 2_000_001, 2_000_001, SMALL),
        (49, 10_000_000, 42_000_000, SMALL),
        (50, 0, 0, MEDIUM),
        (49, 10_000_001, 10_000_001, MEDIUM),
        (249, 50_000_000, 99_000_000, MEDIUM),
        (249, 99_000_000, 43_000_000, MEDIUM),
        (249, 50_000_001, 43_000_001, LARGE),
        (250, 0, 0, LARGE),
    ],
)
def test_the_european_definition_is_the_recommendation_of_2003(
    headcount: int, turnover: int, balance_sheet: int, size: CompanySize
) -> None:
    found = eu_size(of(headcount, turnover, balance_sheet, Currency.EURO))
    assert found.size is size
    assert fragment("Recommendation 2003/361/EC") in str(found.rule)


amounts = st.integers(0, 10**12)
figures = st.builds(Figures, st.integers(0, 2_000), amounts, amounts, st.sampled_from(Currency))


@given(figures, st.integers(0, 500), amounts, amounts)
def test_a_company_that_grows_is_never_smaller(before: Figures, people: int, turnover: int, balance_sheet: int) -> None:
    after = Figures(
        before.headcount + people,
        before.turnover + turnover,
        before.balance_sheet + balance_sheet,
        before.currency,
    )
    for definition in (uk_size, eu_size):
        assert SIZES.index(definition(before).size) <= SIZES.index(definition(after).size)


@given(figures)
def test_who_is_large_by_the_uk_definition_is_who_the_procurement_act_calls_so(of_a_year: Figures) -> None:
    turnover, balance_sheet = of_a_year.within(Currency.POUND)
    small_or_medium = of_a_year.headcount < 250 and (
        turnover <= 44_000_000 * POUNDS or balance_sheet <= 38_000_000 * POUNDS
    )
    assert uk_size(of_a_year).size.is_sme == small_or_medium


@given(st.integers(0, 2_000), amounts, amounts)
def test_the_same_money_in_the_other_currency_gives_the_same_size(
    headcount: int, turnover: int, balance_sheet: int
) -> None:
    in_pounds = Figures(headcount, turnover * 50, balance_sheet * 50, Currency.POUND)
    euros = int(50 * EUROS_PER_POUND)
    in_euros = Figures(headcount, turnover * euros, balance_sheet * euros, Currency.EURO)
    assert eu_size(in_pounds) == eu_size(in_euros)


@given(figures)
def test_only_the_definitions_currency_counts_and_nothing_is_rounded(of_a_year: Figures) -> None:
    assert of_a_year.within(of_a_year.currency) == (of_a_year.turnover, of_a_year.balance_sheet)
