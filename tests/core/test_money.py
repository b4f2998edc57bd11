from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civtech.core.money import pence, vat_on


@pytest.mark.parametrize(
    ("net", "per_cent", "vat"), [(500_000, 20, 100_000), (1, 20, 0), (3, 20, 1), (33, 5, 2), (10, 5, 1), (99, 0, 0)]
)
def test_vat_is_rounded_half_up_to_the_penny(net, per_cent, vat):
    assert vat_on(net, per_cent) == vat


@given(st.integers(0, 10**12))
def test_vat_is_never_a_penny_off(net):
    assert abs(Decimal(vat_on(net)) - Decimal(net) * 20 / 100) <= Decimal("0.5")


def test_pounds_become_pence_exactly():
    assert pence("5000") == 500_000
    assert pence("0.1") == 10


def test_a_fraction_of_a_penny_is_refused():
    with pytest.raises(ValueError, match="pence"):
        pence("1.005")
