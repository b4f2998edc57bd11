"""The database layer: one base class, one session, types that cannot be misread, and SQLite told to be strict."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import Enum as PythonEnum
from typing import Annotated, Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, CheckConstraint, DateTime, Dialect, Engine, Enum, Integer, MetaData, Select, event
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

from civtech.core.errors import NotFound

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware on the way in, UTC in the database, aware UTC on the way out, on every database."""

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
    """The base of every noun that is stored."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: UtcDateTime()}  # noqa: RUF012


class Versioned:
    """An aggregate with an optimistic version: a lost race raises `StaleDataError` instead of overwriting."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


def stored(kind: type[PythonEnum]) -> Enum:
    """A column type that stores the values of `kind`; pair it with `one_of` in `__table_args__`."""
    return Enum(
        kind,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=False,
        length=40,
    )


def one_of(column: str, kind: type[PythonEnum]) -> CheckConstraint:
    """The database's own list of the values `column` may hold."""
    values = ", ".join(f"'{member.value}'" for member in kind)
    return CheckConstraint(f"{column} IN ({values})", name=f"{column}_is_known")


db = SQLAlchemy(metadata=Model.metadata)

_writing: ContextVar[bool] = ContextVar("writing", default=False)

Row = TypeVar("Row")


def first_or_404(query: Select[Row]) -> Row:
    """The one row of `query`, or `NotFound`."""
    row = db.session.scalars(query).unique().first()
    if row is None:
        raise NotFound
    return row


def begin_writing() -> None:
    """From here on this context's transactions are for writing: SQLite takes its write lock at the start.

    A transaction that reads first and writes later fails at once on SQLite when somebody wrote in between.
    """
    db.session.rollback()
    _writing.set(True)


def end_writing() -> None:
    """Back to reading only: transactions of this context no longer take SQLite's write lock."""
    _writing.set(False)


@contextmanager
def unit_of_work() -> Iterator[None]:
    """The one transaction of a command or a job: committed at the end of the block, rolled back on any error."""
    begin_writing()
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        end_writing()


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if type(connection).__module__.startswith("sqlite3"):
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "foreign_keys=ON",
            "busy_timeout=10000",
            "synchronous=FULL",
            "recursive_triggers=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Any) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
