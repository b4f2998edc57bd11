"""The database layer: one base class, one session, unambiguous column types and strict settings for SQLite."""

import sqlite3
import time
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import Enum as PythonEnum
from functools import partial
from pathlib import Path
from typing import Annotated, TypeAlias, TypeVar, TypeVarTuple, cast

import sqlalchemy
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    Integer,
    MetaData,
    Pool,
    Select,
    event,
    inspect,
)
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, InstanceState, Mapped, declared_attr, mapped_column
from sqlalchemy.orm import relationship as sqlalchemy_relationship
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from civtech.core.errors import NotFound
from civtech.core.turns import Ticket, turns_of

VERSION = "version"
TURN = "turn"  # where a connection keeps its writer's ticket
PATIENCE = 10.0  # total seconds that a request, or one transaction of a job, waits for SQLite

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: must be aware going in, is kept in UTC and comes out as aware UTC, on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant needs its zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Identity = Annotated[int, mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)]
Pence = Annotated[int, mapped_column(BigInteger)]


class Model(DeclarativeBase):
    """The base class of every noun kept in the database."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: UtcDateTime()}  # noqa: RUF012


@event.listens_for(Model, "init", propagate=True)
def _begin_with_none(row: Model, _args: tuple[object, ...], given: dict[str, object]) -> None:
    """Give a new row empty collections: nothing can refer to it yet, so there is nothing to load."""
    for owned in inspect(type(row)).relationships:
        if owned.uselist and owned.key not in given:
            set_committed_value(row, owned.key, [])


class Versioned:
    """An aggregate with an optimistic version: a lost race raises `StaleDataError` instead of overwriting."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, object]:
        return {"version_id_col": cls.version}


relationship = partial(sqlalchemy_relationship, lazy="raise_on_sql")
"""A relationship that loads nothing by itself: a query says what it loads (`joinedload`, `selectinload`)."""

required = partial(relationship, innerjoin=cast(bool, "unnested"))
"""A relationship to a row that always exists.

With `innerjoin=True`, SQLAlchemy would put one join inside another, and SQLite reads the whole table of the inner one.
"""


def stored(kind: type[PythonEnum]) -> Enum:
    """A column type that holds the values of `kind`; pair it with `one_of` in `__table_args__`."""
    return Enum(
        kind,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=False,
        length=40,
    )


def one_of(column: str, kind: type[PythonEnum]) -> CheckConstraint:
    """The database's own list of the values allowed in `column`."""
    values = ", ".join(f"'{member.value}'" for member in kind)
    return CheckConstraint(f"{column} IN ({values})", name=f"{column}_is_known")


db = SQLAlchemy(metadata=Model.metadata)

_writing: ContextVar[bool] = ContextVar("writing", default=False)
_patience: ContextVar[float | None] = ContextVar("patience", default=None)

Row = TypeVar("Row")
Columns = TypeVarTuple("Columns")
Rows: TypeAlias = Select[*tuple[object, ...]]
"""A query whose rows are read by the names of their columns."""
NamedRow: TypeAlias = sqlalchemy.Row[*tuple[object, ...]]
"""One of those rows."""


def first_or_404(query: Select[Row]) -> Row:
    """The first row of `query`; raises `NotFound` if there is none."""
    row = db.session.scalars(query).unique().first()
    if row is None:
        raise NotFound
    return row


@contextmanager
def written_whole(row: object) -> Iterator[None]:
    """Change a row in several steps. What came before is written first, and no query inside writes it half changed."""
    state = inspect(row, raiseerr=False)
    session = state.session if isinstance(state, InstanceState) else None
    if session is None:
        yield
        return
    session.flush()
    with session.no_autoflush:
        yield


def begin_writing() -> None:
    """Make this context's transactions writing ones from now on: on SQLite they take the write lock at the start.

    On SQLite, a transaction that reads first and writes later fails at once if another one wrote in between.
    """
    db.session.rollback()
    _writing.set(True)


def end_writing() -> None:
    """Return to reading only: this context's transactions no longer take SQLite's write lock."""
    _writing.set(False)


def abandon() -> None:
    """Roll back and only read from now on, so that nothing later waits for a turn to write."""
    db.session.rollback()
    end_writing()


def wait_at_most(seconds: float | None) -> None:
    """Limit this context's total wait for SQLite; with None, each transaction has its own `PATIENCE`."""
    _patience.set(seconds)


@contextmanager
def unit_of_work() -> Iterator[None]:
    """The single transaction of a command or job: committed at the end of the block, rolled back on any error."""
    begin_writing()
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        end_writing()


def _patience_left() -> float:
    left = _patience.get()
    return PATIENCE if left is None else left


def _be_patient(connection: object, seconds: float) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute(f"PRAGMA busy_timeout={max(0, int(1000 * seconds))}")


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: object, _record: ConnectionPoolEntry) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None
        _be_patient(connection, _patience_left())
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "recursive_triggers=ON"):
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    """Begin on SQLite. A writer waits for its turn, then for programs that do not use turns."""
    if connection.dialect.name != "sqlite":
        return
    patience, since = _patience_left(), time.monotonic()
    try:
        if _writing.get():
            _take_turn(connection, patience)
        _be_patient(connection.connection.dbapi_connection, patience - (time.monotonic() - since))
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
    except BaseException:
        _give_back(connection.info)
        raise
    finally:
        if _patience.get() is not None:
            wait_at_most(max(0.0, patience - (time.monotonic() - since)))


def _take_turn(connection: Connection, patience: float) -> None:
    database = connection.engine.url.database
    if TURN in connection.info or not database or database == ":memory:" or database.startswith("file:"):
        return
    try:
        connection.info[TURN] = turns_of(Path(database).resolve()).take(patience)
    except OSError as error:
        raise OperationalError("BEGIN IMMEDIATE", None, error) from error


def _give_back(info: MutableMapping[str, Ticket]) -> None:
    if TURN in info:
        info.pop(TURN).give_back()


@event.listens_for(Pool, "checkin")
def _end_turn(_connection: object, record: ConnectionPoolEntry) -> None:
    """End a turn when its connection returns to the pool, which happens after every commit, rollback and error."""
    _give_back(record.info)
