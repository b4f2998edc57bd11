"""Rules that the database enforces with triggers, on SQLite and PostgreSQL, where a CHECK is not enough.

A guard's condition is standard SQL that can read NEW, OLD and other tables. `flask db migrate` writes the changes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, MetaData, PrimaryKeyConstraint, Table, UniqueConstraint, event

from civtech.core.blank import NOTHING_TO_SEE, nothing_to_see, tables_with_text, texts
from civtech.core.db import Model
from civtech.core.text import N_


@dataclass(frozen=True)
class Guard:
    """Refuse `on` (such as `INSERT`, `DELETE` or `UPDATE OF state`) on `table` where `condition` holds.

    `only` is the dialect that needs the guard, if the other one does not.
    """

    name: str
    table: str
    on: str
    condition: str
    message: str
    only: str = ""

    def create(self, dialect: str) -> list[str]:
        """The statements that install the guard."""
        if self.only not in {"", dialect}:
            return []
        message = self.message.replace("'", "''")
        if dialect == "sqlite":
            condition = for_sqlite(self.condition)
            return [
                f"CREATE TRIGGER {self.name} BEFORE {self.on} ON {self.table} FOR EACH ROW WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            ]
        answer = "OLD" if self.on.startswith("DELETE") else "NEW"
        return [
            f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN "
            f"IF {self.condition} THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = '{message}'; "
            f"END IF; RETURN {answer}; END $guard$",
            f"CREATE TRIGGER {self.name} BEFORE {self.on} ON {self.table} FOR EACH ROW EXECUTE FUNCTION {self.name}()",
        ]

    def drop(self, dialect: str) -> list[str]:
        """The statements that remove the guard."""
        if self.only not in {"", dialect}:
            return []
        if dialect == "sqlite":
            return [f"DROP TRIGGER {self.name}"]
        return [f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}", f"DROP FUNCTION IF EXISTS {self.name}()"]


@dataclass(frozen=True)
class Consequence:
    """Make the database run `then`, one SQL statement, after `on` on `table` where `condition` holds."""

    name: str
    table: str
    on: str
    condition: str
    then: str

    def create(self, dialect: str) -> list[str]:
        """The statements that install it."""
        if dialect == "sqlite":
            condition = for_sqlite(self.condition)
            return [
                f"CREATE TRIGGER {self.name} AFTER {self.on} ON {self.table} FOR EACH ROW WHEN {condition} "
                f"BEGIN {self.then}; END"
            ]
        return [
            f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN "
            f"IF {self.condition} THEN {self.then}; END IF; RETURN NULL; END $guard$",
            f"CREATE TRIGGER {self.name} AFTER {self.on} ON {self.table} FOR EACH ROW EXECUTE FUNCTION {self.name}()",
        ]

    def drop(self, dialect: str) -> list[str]:
        """The statements that remove it."""
        if dialect == "sqlite":
            return [f"DROP TRIGGER {self.name}"]
        return [f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}", f"DROP FUNCTION IF EXISTS {self.name}()"]


def for_sqlite(sql: str) -> str:
    """The same SQL for SQLite: `IS NOT` is shorter, and older versions know no other form."""
    return sql.replace(" IS DISTINCT FROM ", " IS NOT ")


MADE = re.compile(
    r"CREATE TRIGGER (?P<name>\w+) (BEFORE|AFTER) (?P<on>.+?) ON (?P<table>\w+) FOR EACH ROW WHEN (?P<condition>.+) "
    r"BEGIN (SELECT RAISE\(ABORT, '(?P<message>.+)'\)|(?P<then>.+)); END",
    re.DOTALL,
)


def from_sqlite(sql: str) -> "Guard | Consequence":
    """The guard or consequence that a SQLite trigger was made from."""
    made = MADE.fullmatch(sql)
    if made is None:
        raise ValueError(f"This trigger is none of ours: {sql}")
    name, table, on = made["name"], made["table"], made["on"]
    condition = re.sub(r" IS NOT (?!NULL\b)", " IS DISTINCT FROM ", made["condition"])
    if made["then"]:
        return Consequence(name, table, on, condition, made["then"])
    return Guard(name, table, on, condition, made["message"].replace("''", "'"), "sqlite" if REPLACED in name else "")


REPLACED = "_is_not_replaced_on_"
GUARDS: dict[str, Guard] = {}
CONSEQUENCES: dict[str, Consequence] = {}


def guard(name: str, *, table: str, on: str, condition: str, message: str) -> Guard:
    """Declare a guard, to be created with the tables."""
    if name in GUARDS:
        raise ValueError(f"There is another guard called {name}.")
    GUARDS[name] = Guard(name, table, on, condition, message)
    return GUARDS[name]


def consequence(name: str, *, table: str, on: str, condition: str, then: str) -> Consequence:
    """Declare a consequence, to be created with the tables."""
    CONSEQUENCES[name] = Consequence(name, table, on, condition, then)
    return CONSEQUENCES[name]


def append_only(
    table: str, message: str = N_("You can add to this record, but you cannot change or delete it.")
) -> None:
    """Allow inserts into `table`, but no changes and no deletions."""
    guard(f"{table}_never_changes", table=table, on="UPDATE", condition="1 = 1", message=message)
    kept(table, message)


def kept(table: str, message: str, *, once: str = "1 = 1") -> None:
    """Forbid deleting rows of `table`, or only those for which `once` (SQL about OLD) holds."""
    guard(f"{table}_never_goes", table=table, on="DELETE", condition=once, message=message)


def written(column: str) -> str:
    """SQL: whether an UPDATE sets `column` to a new value that is not NULL."""
    return f"(NEW.{column} IS NOT NULL AND NEW.{column} IS DISTINCT FROM OLD.{column})"


def against_replacing(metadata: MetaData) -> Iterator[Guard]:
    """Guards against `OR REPLACE` on SQLite, which can delete a row without firing its DELETE guards.

    They refuse only what the table's keys refuse anyway, but do so before the existing row is deleted.
    """
    for name in sorted({each.table for each in GUARDS.values()}):
        keys = list(_keys(metadata.tables[name]))
        named = "; ".join(columns for columns, _same in keys)
        for on, other in (("INSERT", ""), ("UPDATE", f"{name}.rowid <> OLD.rowid AND ")):
            yield Guard(
                name=f"{name}{REPLACED}{on.lower()}",
                table=name,
                on=on,
                condition=" OR ".join(
                    f"EXISTS (SELECT 1 FROM {name} WHERE {other}{same})"  # noqa: S608
                    for _columns, same in keys
                ),
                message=f"UNIQUE constraint failed, nothing is replaced: {named}",
                only="sqlite",
            )


def against_blanks(metadata: MetaData) -> Iterator[Guard]:
    """Guards against text that no one can see, on every table with text."""
    for table in tables_with_text(metadata):
        columns = ", ".join(column.name for column in texts(table))
        for on, moment in (("INSERT", "INSERT"), ("UPDATE", f"UPDATE OF {columns}")):
            yield Guard(
                name=f"{table.name}_says_something_on_{on.lower()}",
                table=table.name,
                on=moment,
                condition=nothing_to_see(table, on),
                message=NOTHING_TO_SEE,
            )


def _keys(table: Table) -> Iterator[tuple[str, str]]:
    """For each key of `table`: its columns, and SQL that finds the row with the same key as NEW.

    SQLite's own number of a row is a key too: a row that takes the number of another replaces it.
    """
    keys = [
        (tuple(constraint.columns.keys()), "")
        for constraint in table.constraints
        if isinstance(constraint, PrimaryKeyConstraint | UniqueConstraint)
    ]
    keys += [
        (tuple(index.columns.keys()), str(index.dialect_options["sqlite"]["where"]))
        for index in table.indexes
        if index.unique
    ]
    for columns, where in sorted(keys):
        same = [f"{table.name}.{column} = NEW.{column}" for column in columns]
        if where:
            same += [where, re.sub(rf"(?<!')\b({'|'.join(table.columns.keys())})\b(?!')", r"NEW.\1", where)]
        yield ", ".join(f"{table.name}.{column}" for column in columns), " AND ".join(same)
    if table.autoincrement_column is None:  # otherwise the row id is the primary key
        yield f"{table.name}.rowid", f"{table.name}.rowid = NEW.rowid"


def message_in(error: Exception) -> str | None:
    """The message of the guard that raised this database error, if a guard did."""
    words = str(error)
    messages = (*(each.message for each in GUARDS.values()), NOTHING_TO_SEE)
    return next((message for message in messages if message in words), None)


def declared(metadata: MetaData) -> Iterator[Guard | Consequence]:
    """Every guard and consequence the database must have."""
    yield from GUARDS.values()
    yield from CONSEQUENCES.values()
    yield from against_blanks(metadata)
    yield from against_replacing(metadata)


@event.listens_for(Model.metadata, "after_create")
def _install(metadata: MetaData, connection: Connection, **_options: object) -> None:
    for rule in declared(metadata):
        for statement in rule.create(connection.dialect.name):
            connection.exec_driver_sql(statement)
