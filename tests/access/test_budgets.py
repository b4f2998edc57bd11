"""How many SQL statements pages take when there are 1,000 of everything. `test_table` counts those of all pages."""

import pytest
from flask import Flask

from tests.access import budgets
from tests.access.addresses import Address
from tests.access.table import got
from tests.access.visitors import Visitors, looking
from tests.access.world import Guide

KNOWN = budgets.PLACE.read_text()
AREAS = sorted({budgets.area_of(rule) for rule, _state in budgets.read(KNOWN)})


def test_pages_with_many_statements_have_a_reason_and_no_other_has(app: Flask) -> None:
    assert budgets.without_reason(app, KNOWN) == [], "Change tests/access/reasons.py, then: make access-table"
    assert KNOWN.endswith(budgets.together(budgets.reasons(app))), "make access-table"


@pytest.mark.takes(8, "The pages of an area are as long as they can be.")
@pytest.mark.parametrize("area", AREAS)
def test_pages_take_as_many_statements_for_a_thousand_rows_as_for_ten(
    area: str, all_addresses: list[Address], visitors_of_the_crowd: Visitors, world: Guide
) -> None:
    behind = [address for address in all_addresses if budgets.area_of(address.rule) == area]
    with looking(world):
        found = list(
            budgets.in_the_crowd(behind, lambda address, kind: got(address, kind, visitors_of_the_crowd, {}), KNOWN)
        )
    known, lines = budgets.crowded_about(area, KNOWN), list(budgets.crowded_lines(found))
    assert lines == known, "\n".join([budgets.CROWD_COSTS, *known, budgets.told(found)])
