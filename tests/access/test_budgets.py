"""How many SQL statements pages take when there are 1,000 of everything. `test_table` counts those of all pages."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from civtech.core.db import Model, db
from tests.access import budgets
from tests.access.addresses import Address
from tests.access.changes import told
from tests.access.table import got
from tests.access.visitors import Visitors, looking
from tests.access.world import Guide

KNOWN = budgets.PLACE.read_text()
FEW = {
    "address_change",
    "audit_binding",
    "audit_checkpoint",
    "audit_head",
    "decision",
    "erasure",
    "opening",
    "owed_transfer",
    "panel",
    "pathway",
    "rights_check",
    "seat",
    "sent_back",
    "unsent_form",
    "used_key",
    "viewing",
}
"""Tables of which no page lists more than a few rows, or of which each row costs many others."""
AREAS = sorted({budgets.area_of(rule) for rule, _state in budgets.read(KNOWN)})


def test_pages_with_many_statements_have_a_reason_and_no_other_has(app: Flask) -> None:
    assert budgets.without_reason(app, KNOWN) == [], "Change tests/access/reasons.py, then: make access-table"
    assert KNOWN.endswith(budgets.together(budgets.reasons(app))), "make access-table"


def test_the_budgets_are_about_the_routes_there_are(app: Flask) -> None:
    assert KNOWN.startswith(budgets.HEADING), "make access-table"
    assert {rule for rule, _state in budgets.read(KNOWN)} <= {rule.rule for rule in app.url_map.iter_rules()}


def test_there_are_a_thousand_of_everything_that_pages_list(visitors_of_the_crowd: Visitors) -> None:
    app = visitors_of_the_crowd.client.application
    with app.app_context():
        tables = Model.metadata.sorted_tables
        rows = {table.name: db.session.scalar(select(func.count()).select_from(table)) for table in tables}
        db.session.remove()
    assert {name for name, number in rows.items() if number < 1000} == FEW


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
    assert lines == known, "\n".join([budgets.CROWD_COSTS, *known, told(found)])
