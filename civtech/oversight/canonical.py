"""One spelling for everything that is hashed: the same text on every database, in every process, permanently."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import cast as typing_cast

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Date,
    Dialect,
    Integer,
    LargeBinary,
    String,
    Text,
    cast,
    func,
    type_coerce,
)
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeDecorator

from civtech.core.db import UtcDateTime

_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False).encode


def json_text(value: object) -> str:
    """Return canonical JSON: keys sorted, no spaces, ASCII. Anything JSON cannot express (NaN, a date) raises."""
    return _encode(value)


class CanonicalJson(TypeDecorator[dict[str, object]]):
    """Keeps a JSON object as its canonical text, so that the database holds exactly the text that was hashed."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, object] | None, dialect: Dialect) -> str | None:
        return None if value is None else json_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, object] | None:
        return None if value is None else json.loads(value)


def instant_text(at: datetime) -> str:
    """Return an instant as `2027-03-12 12:00:00.000000`, in UTC, the way SQLite keeps it."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")


def instant_as_stored(column: InstrumentedAttribute[datetime] | Column[datetime], dialect: str) -> ColumnElement[str]:
    """Write SQL for `instant_text` of a column, without reading it into a date that may not exist."""
    if dialect == "postgresql":
        written = func.to_char(func.timezone("UTC", column), "BCYYYY-MM-DD HH24:MI:SS.US")
        return func.replace(written, "AD", "", type_=String())
    return type_coerce(column, String())


def as_stored(column: Column[object], dialect: str) -> ColumnElement[object]:
    """Write SQL for a column as text or a whole number, the same on every database, which no conversion can refuse."""
    spell = next((spell for types, spell in SPELLED if isinstance(column.type, types)), None)
    if spell is None:
        raise TypeError(f"Say in oversight/canonical.py how {column.table.name}.{column.name} is spelled.")
    return spell(column, dialect)


def _raw(column: Column[object], _dialect: str) -> ColumnElement[object]:
    return type_coerce(column, String())


def _json(column: Column[object], dialect: str) -> ColumnElement[object]:
    return cast(column, Text()) if dialect == "postgresql" else type_coerce(column, String())


def _number(column: Column[object], dialect: str) -> ColumnElement[object]:
    if dialect == "postgresql" and isinstance(column.type, Boolean):
        return cast(column, Integer())
    return type_coerce(column, Integer())


def _day(column: Column[object], dialect: str) -> ColumnElement[object]:
    if dialect == "postgresql":
        return func.replace(func.to_char(column, "BCYYYY-MM-DD"), "AD", "")
    return type_coerce(column, String())


def _bytes(column: Column[object], dialect: str) -> ColumnElement[object]:
    return func.encode(column, "hex") if dialect == "postgresql" else func.lower(func.hex(column))


def _instant(column: Column[object], dialect: str) -> ColumnElement[object]:
    return type_coerce(instant_as_stored(typing_cast("Column[datetime]", column), dialect), String())


Spelling = Callable[[Column[object], str], ColumnElement[object]]
SPELLED: tuple[tuple[type | tuple[type, ...], Spelling], ...] = (
    (UtcDateTime, _instant),
    ((CanonicalJson, String), _raw),
    (JSON, _json),
    ((Boolean, Integer), _number),
    (Date, _day),
    (LargeBinary, _bytes),
)
