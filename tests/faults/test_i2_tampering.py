"""Fault I2: with the triggers dropped, no change to a row that decides something goes unnoticed."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import String, bindparam

from civtech.core.db import Model
from civtech.core.deciding import DECIDING, DECIDING_NOTHING
from civtech.oversight import whole
from tests.faults.tampering import CHANGES, DOCUMENT, Change, past_the_guards, renewed, spelled
from tests.world.ages import Age
from tests.world.world import World

pytestmark = pytest.mark.both_databases("guards", "types")


def faults() -> list[str]:
    result = whole.check()
    assert result.broken is None
    return list(result.faults())


def tamper(sql: str) -> None:
    with past_the_guards() as connection:
        done = connection.exec_driver_sql(spelled(sql, connection))
        assert done.rowcount == 1, "nothing was changed: the test proves nothing"


def test_every_table_says_whether_its_rows_decide_something(app: Flask) -> None:
    assert {*DECIDING, *DECIDING_NOTHING} == set(Model.metadata.tables)
    assert not DECIDING.keys() & DECIDING_NOTHING.keys()


@pytest.mark.parametrize("age", Age)
def test_a_world_is_as_its_log_says(worlds: Callable[[Age], World], age: Age) -> None:
    worlds(age)
    assert faults() == []


@pytest.mark.parametrize("change", CHANGES, ids=[change.title for change in CHANGES])
def test_a_change_past_the_guards_is_named(worlds: Callable[[Age], World], change: Change) -> None:
    worlds(Age.FINISHED)
    tamper(change.sql)
    found = faults()
    assert len(found) == 1, found
    assert re.fullmatch(change.pattern, found[0]), found


def test_the_document_lists_these_changes() -> None:
    assert DOCUMENT.read_text() == renewed(DOCUMENT.read_text()), "Run: .venv/bin/python -m tests.faults.tampering"


@pytest.mark.parametrize("kind", ["submission", "score", "membership"])
def test_a_binding_that_hides_in_the_columns_of_its_neighbour_is_noticed(
    worlds: Callable[[Age], World], kind: str
) -> None:
    worlds(Age.FINISHED)
    with past_the_guards() as connection:
        read = connection.exec_driver_sql
        shared = "SELECT sequence FROM audit_binding GROUP BY sequence HAVING COUNT(*) > 1"
        hidden = read(
            f"SELECT sequence, number, digest, CAST(columns AS TEXT) FROM audit_binding WHERE kind = '{kind}' "
            f"AND sequence IN ({shared}) ORDER BY sequence DESC, number DESC"
        ).first()
        assert hidden is not None
        sequence, number, digest, columns = hidden
        lines = read(f"SELECT kind, number, CAST(columns AS TEXT) FROM audit_binding WHERE sequence = {sequence}").all()
        place = sorted((line[0], line[1]) for line in lines).index((kind, number))
        neighbour = sorted(lines)[place - 1 if place else 1]
        spelled_out = {"words": f"{neighbour[2]}\n{kind} {number} {digest} {columns}"}
        table = Model.metadata.tables["audit_binding"]
        connection.execute(
            table.update()
            .where(table.c.sequence == sequence, table.c.kind == neighbour[0], table.c.number == neighbour[1])
            .values(columns=bindparam("words", type_=String)),
            spelled_out,
        )
        read(f"DELETE FROM audit_binding WHERE sequence = {sequence} AND kind = '{kind}' AND number = {number}")
    assert whole.check().broken is not None
