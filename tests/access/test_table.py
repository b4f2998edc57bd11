"""Who gets where and reads what: the table and the application agree, and both know the same routes."""

from itertools import zip_longest

import pytest
from flask import Flask

from tests.access import budgets, table
from tests.access.addresses import Address, missing
from tests.access.changes import told
from tests.access.people import KINDS
from tests.access.visitors import Visitors, looking
from tests.access.world import Guide

pytestmark = pytest.mark.takes(8, "People of every kind try each address of a route.")

KNOWN = table.PLACE.read_text()
ROUTES = sorted(set().union(*table.routes(KNOWN)))
BUDGETS = budgets.PLACE.read_text()
DIFFERS = "The access table has changed. If it should have: make access-table, and read what changed in it."


def test_every_route_has_an_address(house: Flask, all_addresses: list[Address]) -> None:
    assert missing(house, all_addresses) == []
    assert {address.rule for address in all_addresses} == {rule.rule for rule in house.url_map.iter_rules()}


def test_the_table_is_about_these_people_and_these_routes(house: Flask) -> None:
    assert table.about_no_route(KNOWN) == table.about_no_route(table.written([], house)), DIFFERS
    assert set(ROUTES) == {rule.rule for rule in house.url_map.iter_rules()}, DIFFERS
    assert [part for part in table.routes(KNOWN) if part != sorted(part)] == [], DIFFERS


@pytest.mark.parametrize("route", ROUTES)
def test_everybody_gets_what_the_table_says(
    route: str, house: Flask, world: Guide, all_addresses: list[Address], visitors: Visitors
) -> None:
    behind = [address for address in all_addresses if address.rule == route]
    with looking(world):
        rows = table.rows(behind, visitors, world.marks)
    known, found = table.about(route, KNOWN), table.about(route, table.written(rows, house))
    assert found == known, "\n".join([DIFFERS, *_differences(known, found)])
    known, found = budgets.about(route, BUDGETS), list(budgets.lines(rows))
    taken = told(budgets.changes(rows, BUDGETS))
    assert found == known, "\n".join([budgets.COSTS, taken, *_differences(known, found)])


def _differences(known: list[str], found: list[str]) -> list[str]:
    return [f"- {was}\n+ {now}" for was, now in zip_longest(known, found, fillvalue="") if was != now][:20]


def test_there_are_nine_kinds_of_people_and_more() -> None:
    assert len(KINDS) >= 9


def test_a_visitor_changes_nothing_but_at_the_doors_of_sign_in() -> None:
    assert table.opened(KNOWN, "visitor", {"POST", "PUT", "PATCH", "DELETE"}) == {
        "/accessibility/problems/new",
        "/confirmation",
        "/confirmation/<token>",
        "/new-password",
        "/new-password/<token>",
        "/rights-statements/<reference>/public",
        "/sign-in",
        "/sign-in/passkey",
        "/sign-in/without-code",
        "/sign-out",
        "/sign-up",
    }
