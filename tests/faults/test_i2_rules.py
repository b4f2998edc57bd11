"""Fault I2: a rule of the database that was dropped or replaced is named by the check."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from civtech.core.db import db
from civtech.core.guards import CONSEQUENCES, GUARDS
from civtech.core.installed import differing
from civtech.core.sql_views import selects
from civtech.oversight import whole
from tests.world.ages import Age
from tests.world.world import World

pytestmark = pytest.mark.both_databases("guards")


@pytest.fixture
def wrong(worlds: Callable[[Age], World]) -> Callable[..., list[str]]:
    """What the check says after these statements, which are undone."""
    worlds(Age.PREPARED)

    def after(*statements: str) -> list[str]:
        connection = db.session.connection()
        for statement in statements:
            connection.exec_driver_sql(statement)
        found = list(differing(connection))
        db.session.rollback()
        return found

    return after


def test_a_database_as_it_was_made_has_every_rule(app: Flask, wrong: Callable[..., list[str]]) -> None:
    assert wrong() == []
    assert whole.check().rules == []


def test_a_dropped_guard_is_named(app: Flask, wrong: Callable[..., list[str]]) -> None:
    guard = GUARDS["release_is_decided_without_conflict"]
    assert wrong(*guard.drop(db.engine.dialect.name)) == [f"the guard {guard.name} is missing"]


@pytest.mark.parametrize("how", [{"condition": "1 = 0"}, {"on": "INSERT"}], ids=["never", "at another moment"])
def test_a_replaced_guard_is_named(app: Flask, wrong: Callable[..., list[str]], how: dict[str, str]) -> None:
    guard, dialect = GUARDS["transfer_never_goes"], db.engine.dialect.name
    other = replace(guard, **how)
    assert wrong(*guard.drop(dialect), *other.create(dialect)) == [
        f"the guard {guard.name} differs from the one in this version"
    ]


def test_a_replaced_consequence_is_named(app: Flask, wrong: Callable[..., list[str]]) -> None:
    rule, dialect = CONSEQUENCES["transfer_moves_its_debit"], db.engine.dialect.name
    other = replace(rule, then=rule.then.replace("- NEW", "+ NEW"))
    assert wrong(*rule.drop(dialect), *other.create(dialect)) == [
        f"the guard {rule.name} differs from the one in this version"
    ]


def test_an_emptied_view_is_named(app: Flask, wrong: Callable[..., list[str]]) -> None:
    select = dict(selects())["hint"]
    emptied = f"CREATE VIEW hint AS SELECT * FROM ({select}) AS everything WHERE 1 = 0"
    assert wrong("DROP VIEW hint", emptied) == ["the view hint differs from the one in this version"]
