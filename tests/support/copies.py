"""Many rows in a few statements: copies of what a database has, with everything that belongs to it.

For pages that only read. Guards, triggers and checks are not asked, and the copies have no events.
"""

import sqlite3
from collections.abc import Iterator

from sqlalchemy import Column, Enum, Integer, LargeBinary, Table, UniqueConstraint

from civtech.core.db import Model

APART = 100_000
"""The ids of one copy are so much larger than those of the copy before."""
KINDS = 100
"""So many kinds of rows can be copied. The newest copies of each kind are the newest rows, to be on one page."""
MOST = 1000
"""So many copies can be made of each kind."""
SHARED = frozenset({"person", "browser_session", "pathway"})
"""Rows that belong to these are not copied with them, unless `also` names their table."""


class Copies:
    """Makes copies in the SQLite database of a connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection, self.kinds = connection, 0
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("CREATE TEMP TABLE copy (nth INTEGER PRIMARY KEY)")
        connection.executemany("INSERT INTO copy VALUES (?)", ((nth,) for nth in range(1, MOST + 1)))

    def make(
        self,
        times: int,
        table: str,
        where: str = "true",
        *values: object,
        also: tuple[str, ...] = (),
        without: tuple[str, ...] = (),
    ) -> None:
        """Copy some original rows of a table `times`, and with each of them what belongs to it."""
        self.kinds, self.times = self.kinds + 1, times
        chosen = {table: self._originals(table, where, values)}
        assert chosen[table], f"There is nothing to copy: {table} where {where} {values}"
        for found in Model.metadata.sorted_tables:
            if len(found.primary_key) > 1 or found.name in (table, *without):
                continue
            if rows := self._belonging(found, chosen, also):
                chosen[found.name] = rows
        for found in Model.metadata.sorted_tables:
            if found.name in chosen:
                self._copy(found, chosen)

    def _originals(self, table: str, where: str, values: tuple[object, ...] = ()) -> list[int]:
        (key,) = Model.metadata.tables[table].primary_key
        found = f"SELECT {key.name} FROM {table} WHERE ({where}) AND {key.name} < {APART}"
        return [row[0] for row in self.connection.execute(found, values)]

    def _belonging(self, table: Table, chosen: dict[str, list[int]], also: tuple[str, ...]) -> list[int]:
        to = [
            f"{key.parent.name} IN ({_listed(chosen[key.column.table.name])})"
            for key in table.foreign_keys
            if key.column.primary_key
            and key.column.table.name in chosen
            and (key.column.table.name not in SHARED or table.name in also)
        ]
        return self._originals(table.name, " OR ".join(to)) if to else []

    def _copy(self, table: Table, chosen: dict[str, list[int]]) -> None:
        changed = {column.name: self._another(column) for column in table.primary_key}
        changed |= self._references(table, chosen)
        for columns in _unique(table):
            if not any(column.name in changed for column in columns):
                free = [column for column in columns if not column.foreign_keys and not isinstance(column.type, Enum)]
                changed |= {column.name: self._another(column) for column in free[:1]}
        names = [column.name for column in table.columns if column.computed is None]
        (key,) = table.primary_key
        self.connection.execute(
            f"INSERT INTO {table.name} ({', '.join(names)}) "
            f"SELECT {', '.join(changed.get(name, name) for name in names)} FROM {table.name}, copy "
            f"WHERE {key.name} IN ({_listed(chosen[table.name])}) AND nth > {MOST - self.times}"
        )

    def _references(self, table: Table, chosen: dict[str, list[int]]) -> Iterator[tuple[str, str]]:
        """References to rows that are copied too become references to their copies."""
        for key in table.foreign_keys:
            column, rows = key.parent, chosen.get(key.column.table.name)
            if rows is None:
                continue
            another = self._another(column)
            if key.column.primary_key:
                another = f"CASE WHEN {column.name} IN ({_listed(rows)}) THEN {another} ELSE {column.name} END"
            yield column.name, another

    def _another(self, column: Column[object]) -> str:
        """SQL for the value of this column in a copy."""
        number = f"(nth * {KINDS} + {self.kinds})"
        if isinstance(column.type, Integer):
            return f"{column.name} + {number} * {APART}"
        text = f"{column.name} || '-' || {number}"
        return f"CAST({text} AS BLOB)" if isinstance(column.type, LargeBinary) else text


def _unique(table: Table) -> Iterator[list[Column[object]]]:
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield list(constraint.columns)
    for index in table.indexes:
        if index.unique:
            yield list(index.columns)


def _listed(ids: list[int]) -> str:
    return ", ".join(map(str, ids))
