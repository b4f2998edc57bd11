"""A form that binds someone, as a person finds it, and how each fact that it binds can change meanwhile."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, Executable, NullPool, create_engine, delete, text, update

from civtech.core.db import Model, db
from civtech.people.models import User
from tests.world import Age, World


@dataclass(frozen=True)
class Change:
    """A statement on one table, made while its guards are off: what counts is that the fact differs now."""

    table: str
    statement: Executable
    also: "Change | None" = None

    def make(self) -> None:
        """Make it, with the triggers of its table out of the way."""
        if self.also is not None:
            self.also.make()
        db.session.commit()
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text("SET LOCAL session_replication_role = replica"))
            db.session.execute(self.statement)
            db.session.commit()
        else:
            self._without_triggers(create_engine(db.engine.url, poolclass=NullPool))
            db.session.expire_all()

    def _without_triggers(self, engine: Engine) -> None:
        """Make it over a connection that alone knows of no triggers: nobody else has to read the schema again."""
        with engine.begin() as connection:
            (number,) = connection.exec_driver_sql("PRAGMA schema_version").one()
            found = "SELECT * FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
            triggers = connection.exec_driver_sql(found, (self.table,)).all()
            for trigger in triggers:
                connection.exec_driver_sql(f'DROP TRIGGER "{trigger.name}"')
            connection.execute(self.statement)
            connection.exec_driver_sql("PRAGMA writable_schema = ON")
            for trigger in triggers:
                connection.exec_driver_sql("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", tuple(trigger))
            connection.exec_driver_sql(f"PRAGMA schema_version = {number}")


def to(row: Model, *, also: Change | None = None, **columns: Any) -> Change:
    """These columns of a row have other values, after another change if there is one."""
    table = type(row).__table__
    return Change(row.__tablename__, update(table).where(table.c.id == row.id).values(**columns), also)


def gone(row: Model) -> Change:
    """The row is gone."""
    table = type(row).__table__
    return Change(row.__tablename__, delete(table).where(table.c.id == row.id))


Changes = Mapping[str, Change]


@dataclass(frozen=True)
class Scene:
    """Who acts on which page. `action` ends the address of its form; without it, the form is the page's own.

    `typed` is what the person types. With `preview`, they type it first, and act on the page that follows. `changes`
    gives a change for each fact, by key; `fixed` says why one cannot change.
    """

    who: User
    page: str
    changes: Changes
    action: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    preview: bool = False
    fixed: Mapping[str, str] = field(default_factory=dict)
    unrecorded: bool = False
    """Whether the act leaves nothing in the audit log."""
    sends: str = ""
    """The address that a button names instead of its form."""
    kept: Sequence[str] = ()
    """What of `typed` must still be in the form after a refusal; by default all of it."""


Set = Callable[[World], Scene]
ACTS: dict[str, tuple[Age, Mapping[str, Any], Set]] = {}


def act(endpoint: str, age: Age, **how: Any) -> Callable[[Set], Set]:
    """Declare how the form of a route is found in a world of this age."""

    def register(scene: Set) -> Set:
        ACTS[endpoint] = age, how, scene
        return scene

    return register
