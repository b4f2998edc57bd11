"""The databases for tests: made once for each worker, and put back to a saved state before each test.

Every test really commits. For SQLite we copy the file, in a millisecond. For PostgreSQL we copy the rows, which
takes some 10; a database made from a template would take 150. On both, connections live on: what the database made of
the schema and of the application's statements serves the next test too.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

from flask import Flask
from sqlalchemy import Connection, Engine, create_engine, event, text

from civtech.core.db import Model, db

EMPTY = "empty"
FAR = 2**14
"""More commits than a test makes."""


class Database(Protocol):
    """A database that can be put back. Both methods need the application's context, and end its session."""

    def keep(self, name: str) -> None:
        """Save everything as it is now."""

    def put_back(self, name: str) -> None:
        """Restore the state saved under `name`."""


class Sqlite:
    """A file, and copies of it.

    A copy is written over the file, and its connection remains: each new one would first read some 500 triggers. If the
    copy has a schema of its own, or there are other connections, a new file replaces the old one.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.place = Path(str(engine.url.database))
        self.schemas: dict[str, int] = {}
        self.first = ""
        self.written = 0

    def keep(self, name: str) -> None:
        db.session.remove()
        with closing(sqlite3.connect(self.place)) as source, closing(sqlite3.connect(self._kept(name))) as copy:
            source.backup(copy)
            self.schemas[name] = _schema(source)
            self.first = self.first or name
            copy.execute(f"PRAGMA schema_version = {self.schemas[name]}")

    def put_back(self, name: str) -> None:
        db.session.remove()
        if self.schemas[name] != self.schemas[self.first] or not self._write(name):
            self.replace(name)

    def _write(self, name: str) -> bool:
        """Write a copy over the file, if SQLite leaves the file to one connection.

        If that has another schema in mind than the file now has, the number of the schema tells it so.
        """
        borrowed = self.engine.raw_connection()
        link = borrowed.driver_connection
        try:
            link.execute("PRAGMA busy_timeout = 0")
            link.execute("PRAGMA journal_mode = DELETE")
            self.written += 1
            self.place.write_bytes(_as_changed(self._kept(name).read_bytes(), self.written))
        except sqlite3.OperationalError:  # another connection has the file open
            return False
        else:
            return True
        finally:
            borrowed.close()

    def replace(self, name: str) -> None:
        """Put a state back as a new file, so that connections to the old file cannot disturb anyone."""
        db.session.remove()
        self.engine.dispose()
        fresh = self.place.with_suffix(".fresh")
        shutil.copy(self._kept(name), fresh)
        for ending in ("-wal", "-shm"):
            self.place.with_name(self.place.name + ending).unlink(missing_ok=True)
        fresh.replace(self.place)

    def _kept(self, name: str) -> Path:
        return self.place.with_suffix(f".{name}")


def _as_changed(content: bytes, times: int) -> bytes:
    """The content of a database file in WAL mode, with the counter by which connections know that a file was changed.

    SQLite adds one for every commit, so we add more than a test can.
    """
    page = bytearray(content)
    page[18:20] = b"\2\2"
    page[24:28] = page[92:96] = (FAR * times).to_bytes(4, "big")
    return bytes(page)


def _schema(link: sqlite3.Connection) -> int:
    """A number that is another one after every change of the schema."""
    (number,) = link.execute("PRAGMA schema_version").fetchone()
    return number


class Postgres:
    """Tables, and copies of those that had rows, in a schema for each name.

    A connection of its own puts them back, without guards and foreign keys. Where a connection turns these off and on,
    the server forgets every plan it has made for it, and plans each statement of each guard again in the next test.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.unguarded = create_engine(
            engine.url, connect_args={"options": "-c session_replication_role=replica"}, pool_size=1
        )
        event.listen(engine, "engine_disposed", lambda _engine: self.unguarded.dispose())

    def keep(self, name: str) -> None:
        db.session.remove()
        tables = [f'"{table.name}"' for table in Model.metadata.sorted_tables]
        with self.engine.begin() as connection:
            filled = [table for table in tables if connection.scalar(text(f"SELECT EXISTS (SELECT 1 FROM {table})"))]
            connection.execute(text(f'CREATE SCHEMA "{name}"'))
            for table in filled:
                connection.execute(text(f'CREATE TABLE "{name}".{table} AS TABLE public.{table}'))
            statements = [
                *(f"DELETE FROM public.{table}" for table in tables),
                *(_filling(table, name, connection) for table in filled),
                *_sequences(connection),
            ]
            body = "".join(f"{statement};\n" for statement in statements)
            connection.exec_driver_sql(
                f'CREATE FUNCTION "{name}".put_back() RETURNS void LANGUAGE plpgsql AS $$ BEGIN\n{body}END $$'
            )

    def put_back(self, name: str) -> None:
        db.session.remove()
        with self.unguarded.begin() as connection:
            connection.exec_driver_sql(f'SELECT "{name}".put_back()')


def _filling(table: str, kept: str, connection: Connection) -> str:
    written = connection.scalars(
        text(
            "SELECT quote_ident(column_name) FROM information_schema.columns WHERE table_schema = 'public' "
            "AND table_name = :table AND is_generated = 'NEVER' ORDER BY ordinal_position"
        ),
        {"table": table.strip('"')},
    )
    names = ", ".join(written)
    return f'INSERT INTO public.{table} ({names}) SELECT {names} FROM "{kept}".{table}'


def _sequences(connection: Connection) -> Iterator[str]:
    found = connection.execute(
        text("SELECT sequencename, start_value, last_value FROM pg_sequences WHERE schemaname = 'public'")
    )
    for name, start, last in found:
        yield f"PERFORM setval('public.\"{name}\"', {last or start}, {'false' if last is None else 'true'})"


class States:
    """The saved states of one application's database."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context():
            db.create_all()
            engine = db.engine
            kind = Postgres if engine.dialect.name == "postgresql" else Sqlite
            self.database: Database = kind(engine)
            self.names: set[str] = set()
            self.keep(EMPTY)
        self.changed = False
        event.listen(engine, "commit", self._note)

    def _note(self, _connection: Connection) -> None:
        self.changed = True

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def keep(self, name: str) -> None:
        self.database.keep(name)
        self.names.add(name)

    def put_back(self, name: str = EMPTY) -> None:
        """Restore a state and note that nothing has changed since. Pages kept from another state are gone."""
        self.database.put_back(name)
        self.app.extensions["kept"].store.clear()
        self.changed = False

    def leave(self) -> None:
        """Keep what the last test left, for a test that is about to restore a world."""
        db.session.remove()
        self.changed = False


@contextmanager
def left_at_the_end(app: Flask) -> Iterator[None]:
    """Close every connection to the application's database."""
    try:
        yield
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
