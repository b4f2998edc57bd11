"""Whether the database still has the rules that this version declares: guards, consequences and views.

Whoever has the database's own rights can replace a rule, act, and put it back. This finds rules that are missing or
different now.
"""

import re
from collections.abc import Iterator

from sqlalchemy import Connection

from civtech.core.db import Model
from civtech.core.guards import Consequence, declared
from civtech.core.sql_views import selects

SQLITE = "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"
TRIGGERS = (
    "SELECT pg_trigger.tgname, pg_get_triggerdef(pg_trigger.oid), pg_proc.prosrc FROM pg_trigger "
    "JOIN pg_proc ON pg_proc.oid = pg_trigger.tgfoid WHERE NOT pg_trigger.tgisinternal AND pg_trigger.tgenabled = 'O'"
)
VIEWS = "SELECT viewname, definition FROM pg_views WHERE schemaname = current_schema()"
EXPECTED = "expected_view"


def differing(connection: Connection) -> Iterator[str]:
    """Yield the name of each declared rule that the database lacks or has with another text, in a sentence."""
    here = _on_sqlite(connection) if connection.dialect.name == "sqlite" else _on_postgresql(connection)
    for kind, name, stands in here:
        if stands is None:
            yield f"the {kind} {name} is missing"
        elif not stands:
            yield f"the {kind} {name} is not the one of this version"


def _on_sqlite(connection: Connection) -> Iterator[tuple[str, str, bool | None]]:
    found = {row.name: row.sql for row in connection.exec_driver_sql(SQLITE)}
    for rule in declared(Model.metadata):
        for statement in rule.create("sqlite"):
            yield "guard", rule.name, found[rule.name] == statement if rule.name in found else None
    for name, select in selects():
        yield "view", name, found[name] == f"CREATE VIEW {name} AS {select}" if name in found else None


def _on_postgresql(connection: Connection) -> Iterator[tuple[str, str, bool | None]]:
    found = {row[0]: (row[1], row[2]) for row in connection.exec_driver_sql(TRIGGERS)}
    for rule in declared(Model.metadata):
        for statement in rule.create("postgresql")[:1]:
            moment = f" {'AFTER' if isinstance(rule, Consequence) else 'BEFORE'} {rule.on} ON "
            body = re.split(r"\$guard\$", statement)[1]
            made, source = found.get(rule.name, ("", ""))
            stands = moment in made and f".{rule.table} " in made and source == body
            yield "guard", rule.name, stands if made else None
    views = {row[0]: row[1] for row in connection.exec_driver_sql(VIEWS)}
    for name, select in selects():
        yield "view", name, views[name] == _as_postgresql_writes(connection, select) if name in views else None


def _as_postgresql_writes(connection: Connection, select: str) -> str:
    """Return the text that PostgreSQL keeps of a view, which it writes in its own way."""
    connection.exec_driver_sql(f"CREATE TEMPORARY VIEW {EXPECTED} AS {select}")
    kept = str(connection.exec_driver_sql(f"SELECT pg_get_viewdef('pg_temp.{EXPECTED}'::regclass)").scalar())
    connection.exec_driver_sql(f"DROP VIEW pg_temp.{EXPECTED}")
    return kept
