"""SQLite's `OR REPLACE` deletes rows without running DELETE guards. No guarded table lets it delete one."""

import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import PrimaryKeyConstraint, Table, UniqueConstraint, text

from civtech.core.db import Model, db
from civtech.core.guards import GUARDS
from civtech.oversight.verification import End, verify
from tests.architecture.furnished import everything
from tests.world.kept import Worlds

REFUSED = "nothing is replaced"


@pytest.fixture
def attacker(worlds: Worlds, app) -> Iterator[sqlite3.Connection]:
    """A plain connection to a database with rows in every guarded table. Only the triggers hold it back."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has no REPLACE")
    worlds(everything)
    connection = sqlite3.connect(str(db.engine.url.database), isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA ignore_check_constraints=ON")
    assert connection.execute("PRAGMA recursive_triggers").fetchone()[0] == 0
    yield connection
    connection.close()


def guarded() -> list[Table]:
    return [Model.metadata.tables[name] for name in sorted({known.table for known in GUARDS.values()})]


def keys(table: Table) -> list[tuple[tuple[str, ...], str]]:
    """The columns of every key of a table, and the condition for the rows it covers."""
    found = [
        (tuple(constraint.columns.keys()), "1 = 1")
        for constraint in table.constraints
        if isinstance(constraint, PrimaryKeyConstraint | UniqueConstraint)
    ]
    return found + [
        (tuple(index.columns.keys()), str(index.dialect_options["sqlite"]["where"]))
        for index in table.indexes
        if index.unique
    ]


def another(value: object) -> object:
    return f"{value}-forged" if isinstance(value, str) else value and -99


def kept(attacker: sqlite3.Connection, table: Table) -> list[tuple[object, ...]]:
    return [tuple(row) for row in attacker.execute(f"SELECT * FROM {table.name} ORDER BY rowid")]


def test_no_key_of_a_guarded_table_lets_an_insert_replace_its_row(attacker):
    tried = 0
    for table in guarded():
        before = kept(attacker, table)
        own_number = [(("rowid",), "1 = 1")] if table.autoincrement_column is None else []
        for columns, holds in [*keys(table), *own_number]:
            filled = " AND ".join(f"{column} IS NOT NULL" for column in columns)
            row = attacker.execute(f"SELECT rowid AS rowid, * FROM {table.name} WHERE {holds} AND {filled}").fetchone()
            assert row is not None, f"no row of {table.name} proves {columns}"
            others = {column for key, _holds in keys(table) for column in key} - set(columns)
            ours = [column.name for column in table.columns if column.computed is None]
            names = dict.fromkeys([*(column for column in columns if column not in table.columns), *ours])
            forged = {name: another(row[name]) if name in others else row[name] for name in names}
            with pytest.raises(sqlite3.IntegrityError, match=REFUSED):
                attacker.execute(
                    f"INSERT OR REPLACE INTO {table.name} ({', '.join(forged)}) "
                    f"VALUES ({', '.join(f':{name}' for name in forged)})",
                    forged,
                )
            assert kept(attacker, table) == before
            tried += 1
    assert tried > len(guarded())


def test_no_key_of_a_guarded_table_lets_an_update_replace_another_row(attacker):
    tried = set()
    for table in guarded():
        before = kept(attacker, table)
        for columns, holds in [*keys(table), (("rowid",), "1 = 1")]:
            filled = " AND ".join(f"{column} IS NOT NULL" for column in columns)
            found = f"SELECT rowid AS place, {', '.join(columns)} FROM {table.name} WHERE {holds} AND {filled}"
            rows = attacker.execute(f"{found} LIMIT 2").fetchall()
            if len(rows) < 2:
                continue
            victim, robber = rows
            changes = ", ".join(f"{column} = ?" for column in columns)
            with pytest.raises(sqlite3.IntegrityError, match=REFUSED):
                attacker.execute(
                    f"UPDATE OR REPLACE {table.name} SET {changes} WHERE rowid = ?", (*victim[1:], robber["place"])
                )
            assert kept(attacker, table) == before
            tried.add(table.name)
    assert {"seat", "score", "proposal", "milestone", "account"} <= tried


def test_the_end_of_the_audit_chain_cannot_be_swallowed(attacker):
    entries = (
        "SELECT sequence, at, event, subject_kind, subject, actor, facts, request, records, previous, hash "
        "FROM audit_entry"
    )
    last, before = attacker.execute(f"{entries} ORDER BY sequence DESC LIMIT 2").fetchall()
    swallower = [*before[:-1], last["hash"]]
    with pytest.raises(sqlite3.IntegrityError, match=REFUSED):
        attacker.execute(f"INSERT OR REPLACE INTO audit_entry VALUES ({', '.join('?' * len(swallower))})", swallower)
    with pytest.raises(sqlite3.IntegrityError, match=REFUSED):
        attacker.execute(
            "INSERT OR REPLACE INTO audit_head (id, sequence, hash, edition) VALUES (1, ?, ?, 0)",
            (before["sequence"], before["hash"]),
        )
    *_progress, end = verify(db.session)
    assert isinstance(end, End)
    assert end.sequence == last["sequence"]


@pytest.mark.parametrize("spelled", ["sequence", "rowid", "oid", "_rowid_"])
@pytest.mark.parametrize("as_", ["INTEGER", "TEXT", "REAL"])
def test_no_spelling_of_a_key_gets_past(attacker, spelled, as_):
    with pytest.raises(sqlite3.IntegrityError, match=REFUSED):
        attacker.execute(
            f"REPLACE INTO audit_entry ({spelled}, at, event, facts, previous, hash) "
            f"SELECT CAST(2 AS {as_}), at, event, facts, previous, 'forged' FROM audit_entry WHERE sequence = 2"
        )


def test_an_upsert_changes_nothing(attacker):
    with pytest.raises(sqlite3.IntegrityError):
        attacker.execute(
            "INSERT INTO audit_head (id, sequence, hash, edition) VALUES (1, 1, 'x', 0) "
            "ON CONFLICT DO UPDATE SET sequence = 1"
        )


def test_our_own_connections_ask_the_delete_guards_too(app):
    if db.engine.dialect.name == "sqlite":
        assert db.session.scalar(text("PRAGMA recursive_triggers")) == 1
