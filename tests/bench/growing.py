"""Many rows in little time: copies of rows that the verbs wrote, made by SQL on a SQLite file.

Every copy has ids, references and other unique texts of its own, and belongs to the copies of what its original
belongs to. The guards are off meanwhile: what they allowed in the first set of rows is in every copy of the set.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import Column, String, Table, UniqueConstraint

from civtech.core.db import Model

NONE: Mapping[str, str] = MappingProxyType({})


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The database without its triggers and foreign keys. The block's changes are one transaction."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in ("foreign_keys=OFF", "synchronous=OFF", "cache_size=-200000"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        yield connection
        for _name, sql in triggers:
            connection.execute(sql)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


class Growing:
    """Copies the rows that are there when it begins. Each set of copies has a number."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._sets = 0
        self._last = {
            table.name: connection.execute(f'SELECT coalesce(max("{_key(table)}"), 0) FROM "{table.name}"').fetchone()[
                0
            ]
            for table in Model.metadata.sorted_tables
        }

    def rows(self, table: str) -> int:
        """How many rows the table has now."""
        found: int = self._connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
        return found

    def copy(self, times: int, *tables: str, only: Mapping[str, str] = NONE, changed: Mapping[str, str] = NONE) -> None:
        """Copy `tables`, `times` times. `only` says which rows of a table, `changed` another value for a column.

        In this SQL, `this` is the row that is copied and `copies.number` the number of the set.
        """
        first = self._sets + 1
        self._sets += max(0, times)
        for table in Model.metadata.sorted_tables:
            if table.name in tables:
                values = {
                    column.name: self._value(column, frozenset(tables))
                    for column in table.columns
                    if column.computed is None
                }
                values |= {name: value for name, value in changed.items() if name in values}
                self._connection.execute(
                    "WITH RECURSIVE copies (number) AS "
                    "(SELECT :first WHERE :first <= :last UNION ALL "
                    "SELECT number + 1 FROM copies WHERE number < :last) "
                    f'INSERT INTO "{table.name}" ({", ".join(map(_quoted, values))}) '
                    f"SELECT {', '.join(values.values())} "
                    f'FROM copies CROSS JOIN "{table.name}" AS this '
                    f'WHERE this."{_key(table)}" <= :known AND ({only.get(table.name, "1")})',
                    {"first": first, "last": self._sets, "known": self._last[table.name]},
                )

    def _value(self, column: Column[object], tables: frozenset[str]) -> str:
        """The SQL of a column's value in a copy."""
        owners = {reference.column.table.name for reference in column.foreign_keys} & tables
        if column.primary_key:
            owners.add(column.table.name)
        if isinstance(column.type, String) and (owners or _is_unique(column)):
            return f"""this."{column.name}" || printf('-%06d', copies.number)"""
        if owners:
            return f'this."{column.name}" + copies.number * {self._last[owners.pop()]}'
        return f'this."{column.name}"'


def _key(table: Table) -> str:
    return next(iter(table.primary_key.columns)).name


def _quoted(name: str) -> str:
    return f'"{name}"'


def _is_unique(column: Column[object]) -> bool:
    """Whether no two rows may have the same value in this column."""
    return bool(column.unique) or any(
        isinstance(constraint, UniqueConstraint) and [*constraint.columns] == [column]
        for constraint in column.table.constraints
    )
