"""The widest-reaching people open every address on PostgreSQL too, which refuses statements that SQLite allows.

The table says who gets where, which is the same on both databases. Only the queries behind it can differ.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.access import budgets
from tests.access.addresses import addresses_of
from tests.access.changes import told
from tests.access.house import furnished
from tests.access.table import Row, got
from tests.access.visitors import Visitors, looking
from tests.access.world import Guide
from tests.support.postgres import new_database

WHO = ("owner", "head", "staff", "administrator")


@pytest.fixture(scope="module")
def second_house(folder: Path, postgres_url: str) -> Iterator[tuple[Flask, Guide]]:
    name = f"{postgres_url.rpartition('/')[2]}_access"
    with furnished(folder, new_database(postgres_url, name)) as made:
        yield made


@pytest.mark.takes(40, "Four people open every page.")
def test_every_page_answers_on_postgresql(second_house: tuple[Flask, Guide]) -> None:
    app, guide = second_house
    visitors = Visitors(app, guide)
    with looking(guide):
        rows = [
            Row(address, {who: got(address, who, visitors, {}) for who in WHO})
            for address in addresses_of(app, guide)
            if address.method == "GET"
        ]
    entered = [row for row in rows if "+" in {found.sign for found in row.got.values()}]
    assert len(entered) > 200
    assert len(entered) / len(rows) > 0.75
    assert told(budgets.changes(rows, budgets.PLACE.read_text())) == ""
