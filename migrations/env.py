"""How migrations run: one at a time, in a transaction, with SQLite's foreign keys off while tables are rebuilt."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import context
from click import ClickException
from flask import current_app
from sqlalchemy import Connection, Engine, TypeDecorator, inspect, text

from civtech.core.db import UtcDateTime
from civtech.core.migrations import TriggersStay

database = current_app.extensions["migrate"].db
ONE_AT_A_TIME = 2_016_0707


@contextmanager
def alone(engine: Engine, connection: Connection) -> Iterator[None]:
    """Two starts at once migrate once: the second waits, and finds nothing left to do."""
    if engine.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_lock({ONE_AT_A_TIME})"))
        connection.commit()
        try:
            yield
        finally:
            connection.rollback()
            connection.execute(text(f"SELECT pg_advisory_unlock({ONE_AT_A_TIME})"))
            connection.commit()
    elif engine.url.database and engine.url.database != ":memory:":
        with Path(f"{engine.url.database}.migrating").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    else:
        yield


@contextmanager
def foreign_keys_off(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making another one; its references are checked at the end, and views are left alone."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute("PRAGMA legacy_alter_table=ON")
    yield
    raw.execute("PRAGMA legacy_alter_table=OFF")
    broken = raw.execute("PRAGMA foreign_key_check").fetchall()
    raw.execute("PRAGMA foreign_keys=ON")
    if broken:
        raise RuntimeError(f"The migration left broken references: {broken[:5]}")


def as_plain_sql(kind: str, found: object, _context: object) -> str | bool:
    """A new migration names the types of the database and none of ours, so that it stays as it was written."""
    if kind != "type" or not isinstance(found, TypeDecorator):
        return False
    return "sa.DateTime(timezone=True)" if isinstance(found, UtcDateTime) else f"sa.{found.impl!r}"


def refuse_unknown(connection: Connection) -> None:
    """A development database from before the migrations were put into one cannot be brought up to date."""
    known = {revision.revision for revision in context.script.walk_revisions()}
    if "alembic_version" in inspect(connection).get_table_names():
        here = set(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())
        if unknown := here - known:
            raise ClickException(
                f"This database was made by another version of the application (it is at {', '.join(unknown)}). "
                "On a development machine, run `make demo-reset` to start again with the demonstration data."
            )


def run() -> None:
    """Bring the database to the wanted revision."""
    engine = database.engine
    with engine.connect() as connection, alone(engine, connection), foreign_keys_off(connection):
        refuse_unknown(connection)
        triggers = TriggersStay(connection)
        connection.rollback()
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            transactional_ddl=True,
            render_item=as_plain_sql,
            on_version_apply=triggers,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("Migrations look at the data, so they need a database to talk to.")
run()
