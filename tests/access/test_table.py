"""Who gets where and reads what: the table says it, the application does it, and both know the same routes."""

import os
from itertools import zip_longest

import pytest
from flask import Flask

from tests.access import table
from tests.access.doors import Door, missing
from tests.access.people import KINDS
from tests.access.visitors import Visitors, looking
from tests.access.world import Town

pytestmark = pytest.mark.slow
WRITE = "WRITE_ACCESS_TABLE"
DIFFERS = "The access table has changed. If it should have: make access-table, and read what changed in it."


@pytest.fixture(scope="session")
def rows(house: Flask, all_doors: list[Door], world: Town) -> list[table.Row]:
    with looking(world):
        return table.rows(all_doors, Visitors(house, world), world.marks)


def test_every_route_has_a_door(house: Flask, all_doors: list[Door]) -> None:
    assert missing(house, all_doors) == []
    assert {door.rule for door in all_doors} == {rule.rule for rule in house.url_map.iter_rules()}


def test_everybody_gets_what_the_table_says(rows: list[table.Row], house: Flask) -> None:
    found = table.written(rows, house)
    if os.environ.get(WRITE):
        table.PLACE.write_text(found)
    known = table.PLACE.read_text()
    differences = [
        f"- {was}\n+ {now}"
        for was, now in zip_longest(known.splitlines(), found.splitlines(), fillvalue="")
        if was != now
    ]
    assert found == known, "\n".join([DIFFERS, *differences[:20]])


def test_there_are_nine_kinds_of_people_and_more() -> None:
    assert len(KINDS) >= 9


def test_a_visitor_changes_nothing_but_at_the_doors_of_sign_in(rows: list[table.Row]) -> None:
    assert {found.door.rule for found in rows if found.letters[0] == "+" and found.door.method != "GET"} == {
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
