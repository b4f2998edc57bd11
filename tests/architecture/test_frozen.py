"""Guards name what may change, so a column that is added later cannot change in any guarded table."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Column, Connection, MetaData, String, Table, text
from sqlalchemy.exc import DBAPIError

from civtech.core.db import Model, db
from civtech.core.frozen import FROZEN, Frozen, moves_of, table_of
from civtech.core.guards import GUARDS, Guard
from tests.architecture.furnished import everything
from tests.world.kept import Worlds

LATER = "added_later"


def from_the_beginning() -> dict[str, Frozen]:
    """The rules that apply to a row from its first day."""
    return {name: rule for name, rule in FROZEN.items() if not rule.after}


def guarded() -> set[str]:
    return {guard.table for guard in GUARDS.values()}


def test_every_guarded_table_fixes_what_it_does_not_name() -> None:
    fixed = {rule.noun.__tablename__ for rule in from_the_beginning().values()}
    added_to_only = {name.removesuffix("_never_changes") for name in GUARDS if name.endswith("_never_changes")}
    assert guarded() - fixed - added_to_only == set()
    assert len(fixed) > 25


def with_one_more_column(table: Table) -> Table:
    """The table with another column."""
    longer = table.to_metadata(MetaData())
    longer.append_column(Column(LATER, String))
    return longer


def refused(statement: str) -> str:
    with pytest.raises(DBAPIError) as caught, db.session.begin_nested():
        assert db.session.execute(text(statement)).rowcount, "nothing was touched: the test proves nothing"
    return str(caught.value.orig)


def only(connection: Connection, guard: Guard) -> None:
    """Add a column to the table of `guard`, and remove every other guard on updates from it."""
    dialect = connection.dialect.name
    for other in GUARDS.values():
        if other.table == guard.table and other.on.startswith("UPDATE"):
            for statement in other.drop(dialect):
                connection.exec_driver_sql(statement)
    for statement in (f"ALTER TABLE {guard.table} ADD COLUMN {LATER} TEXT", *guard.create(dialect)):
        connection.exec_driver_sql(statement)


@pytest.fixture
def connection(worlds: Worlds) -> Iterator[Connection]:
    worlds(everything)
    yield db.session.connection()
    db.session.rollback()


@pytest.mark.takes(10, "It adds a column to every guarded table.")
@pytest.mark.both_databases("guards")
def test_a_column_that_is_added_to_a_guarded_table_is_fixed(connection: Connection) -> None:
    for name, rule in from_the_beginning().items():
        table = table_of(rule.noun)
        again = replace(GUARDS[name], condition=rule.condition(with_one_more_column(table)))
        only(connection, again)
        assert again.message in refused(f"UPDATE {table.name} SET {LATER} = 'forged'"), name


@pytest.mark.both_databases("guards")
def test_a_column_that_is_added_to_a_list_is_fixed(connection: Connection) -> None:
    for name in ("seat_never_changes", "submission_never_changes", "audit_entry_never_changes"):
        only(connection, GUARDS[name])
        assert GUARDS[name].message in refused(f"UPDATE {GUARDS[name].table} SET {LATER} = 'forged'")


def test_a_name_that_is_no_column_is_refused_at_the_start() -> None:
    rule = next(iter(FROZEN.values()))
    wrong = type(rule)(rule.noun, but=("no_such_column",))
    with pytest.raises(LookupError, match="no_such_column"):
        wrong.condition(table_of(rule.noun))


def test_every_noun_with_states_moves_only_as_its_verbs_declare() -> None:
    free = {"outbox_message"}
    moving = {
        mapper.class_.__tablename__
        for mapper in Model.registry.mappers
        if any(move.to is not None for move in moves_of(mapper.class_))
    }
    assert {table for table in moving if f"{table}_moves_as_declared" not in GUARDS} == free
