"""The rules that a database has: guards, consequences and views. Are they those that this version declares?

Someone with the database's own rights could replace a rule, do what it forbids, and put it back. We can only name
rules that are missing or different now.
"""

import re
from collections.abc import Iterator

from sqlalchemy import Connection

from civtech.core.db import Model
from civtech.core.guards import Consequence, declared
from civtech.core.sql_views import selects

OF_SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = '{kind}' ORDER BY rowid"
TRIGGERS = (
    "SELECT pg_trigger.tgname, pg_get_triggerdef(pg_trigger.oid), pg_proc.prosrc FROM pg_trigger "
    "JOIN pg_proc ON pg_proc.oid = pg_trigger.tgfoid WHERE NOT pg_trigger.tgisinternal AND pg_trigger.tgenabled = 'O'"
)
VIEWS = "SELECT viewname, definition FROM pg_views WHERE schemaname = current_schema()"
EXPECTED = "expected_view"


def triggers_of(connection: Connection) -> dict[str, str]:
    """The triggers of a SQLite database with their SQL, by name, in the order they were created."""
    return {row.name: row.sql for row in connection.exec_driver_sql(OF_SQLITE.format(kind="trigger"))}


def views_of(connection: Connection) -> dict[str, str]:
    """The views of a SQLite database with their SELECT, by name, in the order they were created."""
    found = connection.exec_driver_sql(OF_SQLITE.format(kind="view"))
    return {row.name: row.sql.removeprefix(f"CREATE VIEW {row.name} AS ") for row in found}


def differing(connection: Connection) -> Iterator[str]:
    """Yield a sentence for each declared rule that the database does not have, or has with another text."""
    compared = _on_sqlite(connection) if connection.dialect.name == "sqlite" else _on_postgresql(connection)
    for kind, name, is_same in compared:
        if is_same is None:
            yield f"the {kind} {name} is missing"
        elif not is_same:
            yield f"the {kind} {name} differs from the one in this version"


def _on_sqlite(connection: Connection) -> Iterator[tuple[str, str, bool | None]]:
    triggers, views = triggers_of(connection), views_of(connection)
    for rule in declared(Model.metadata):
        for statement in rule.create("sqlite"):
            yield "guard", rule.name, triggers[rule.name] == statement if rule.name in triggers else None
    for name, select in selects():
        yield "view", name, views[name] == select if name in views else None


def _on_postgresql(connection: Connection) -> Iterator[tuple[str, str, bool | None]]:
    found = {row[0]: (row[1], row[2]) for row in connection.exec_driver_sql(TRIGGERS)}
    for rule in declared(Model.metadata):
        for statement in rule.create("postgresql")[:1]:
            moment = f" {'AFTER' if isinstance(rule, Consequence) else 'BEFORE'} {rule.on} ON "
            body = re.split(r"\$guard\$", statement)[1]
            made, source = found.get(rule.name, ("", ""))
            is_same = moment in made and f".{rule.table} " in made and source == body
            yield "guard", rule.name, is_same if made else None
    views = {row[0]: row[1] for row in connection.exec_driver_sql(VIEWS)}
    for name, select in selects():
        yield "view", name, views[name] == _as_postgresql_writes(connection, select) if name in views else None


def _as_postgresql_writes(connection: Connection, select: str) -> str:
    """Return the text that PostgreSQL keeps of a view, which it writes in its own way."""
    connection.exec_driver_sql(f"CREATE TEMPORARY VIEW {EXPECTED} AS {select}")
    kept = str(connection.exec_driver_sql(f"SELECT pg_get_viewdef('pg_temp.{EXPECTED}'::regclass)").scalar())
    connection.exec_driver_sql(f"DROP VIEW pg_temp.{EXPECTED}")
    return kept
