"""Rules that the database itself refuses to break, beyond what a CHECK can see: triggers, on SQLite and PostgreSQL.

A guard's condition is SQL that both dialects read; it may look at NEW, OLD and other tables.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, MetaData, event

from civtech.core.db import Model
from civtech.core.text import N_


@dataclass(frozen=True)
class Guard:
    """Refuse `on` (such as `INSERT`, `DELETE` or `UPDATE OF state`) on `table` where `condition` holds."""

    name: str
    table: str
    on: str
    condition: str
    message: str

    def create(self, dialect: str) -> list[str]:
        """The statements that install the guard."""
        message = self.message.replace("'", "''")
        if dialect == "sqlite":
            return [
                f"CREATE TRIGGER {self.name} BEFORE {self.on} ON {self.table} FOR EACH ROW WHEN {self.condition} "
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
        if dialect == "sqlite":
            return [f"DROP TRIGGER {self.name}"]
        return [f"DROP TRIGGER {self.name} ON {self.table}", f"DROP FUNCTION {self.name}()"]


GUARDS: dict[str, Guard] = {}


def guard(name: str, *, table: str, on: str, condition: str, message: str) -> Guard:
    """Declare a guard; it is created with the tables and must stand in a migration too (a test compares)."""
    GUARDS[name] = Guard(name, table, on, condition, message)
    return GUARDS[name]


def append_only(table: str, message: str = N_("This record can be added to, but not changed or deleted.")) -> None:
    """Let rows of `table` be inserted, never changed or deleted."""
    guard(f"{table}_never_changes", table=table, on="UPDATE", condition="1 = 1", message=message)
    guard(f"{table}_never_goes", table=table, on="DELETE", condition="1 = 1", message=message)


def message_in(error: Exception) -> str | None:
    """The message of the guard that raised this database error, if one did."""
    said = str(error)
    return next((known.message for known in GUARDS.values() if known.message in said), None)


@event.listens_for(Model.metadata, "after_create")
def _install(_metadata: MetaData, connection: Connection, **_options: Any) -> None:
    for known in GUARDS.values():
        for statement in known.create(connection.dialect.name):
            connection.exec_driver_sql(statement)
