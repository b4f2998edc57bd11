"""Numbers of registers have one spelling."""

import pytest

from civtech.accounts.models import IdentifierScheme, identifiers
from civtech.core.errors import RuleViolation

HOUSE = IdentifierScheme.COMPANIES_HOUSE
SCOTTISH = IdentifierScheme.SCOTTISH_CHARITY
CHARITY = IdentifierScheme.CHARITY_COMMISSION
PPON = IdentifierScheme.PROCUREMENT


@pytest.mark.parametrize(
    ("scheme", "typed", "stored"),
    [
        (HOUSE, "01234567", "01234567"),
        (HOUSE, " 1234567 ", "01234567"),
        (HOUSE, "sc123456", "SC123456"),
        (HOUSE, "SC 12345", "SC012345"),
        (HOUSE, "r1234567", "R1234567"),
        (HOUSE, "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17", "01234567"),
        (HOUSE, "\uff33\uff23123456", "SC123456"),
        (SCOTTISH, "SC012345", "SC012345"),
        (SCOTTISH, "sc12345", "SC012345"),
        (CHARITY, "1 234 567", "1234567"),
        (PPON, "pbln 4967 wrxm", "PBLN-4967-WRXM"),
    ],
)
def test_a_number_is_put_into_its_one_spelling(scheme: IdentifierScheme, typed: str, stored: str) -> None:
    assert identifiers.spelled(scheme, typed) == stored


@pytest.mark.parametrize(
    ("scheme", "typed"),
    [
        (HOUSE, "123456789"),
        (HOUSE, "ABC12345"),
        (HOUSE, "hello"),
        (HOUSE, "\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668"),
        (HOUSE, "--"),
        (HOUSE, "R" * 40),
        (SCOTTISH, "012345"),
        (CHARITY, "12345"),
        (PPON, "XBLN-4967-WRXM"),
    ],
)
def test_what_is_no_such_number_is_refused_beside_its_field(scheme: IdentifierScheme, typed: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        identifiers.spelled(scheme, typed)
    assert refused.value.field == "identifier_number"


def test_a_number_needs_its_register_and_a_register_its_number() -> None:
    assert identifiers.checked(None, None) is None
    with pytest.raises(RuleViolation):
        identifiers.checked(None, "1234567")
    with pytest.raises(RuleViolation):
        identifiers.checked(HOUSE, None)
