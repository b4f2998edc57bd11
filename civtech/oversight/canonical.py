"""One spelling for what is hashed: the same text on every database, in every process, for ever."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Dialect, String, Text, func, type_coerce
from sqlalchemy.types import TypeDecorator


def json_text(value: Any) -> str:
    """Canonical JSON: keys sorted, no spaces, ASCII. What JSON cannot say (NaN, a date) raises."""
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False)


class CanonicalJson(TypeDecorator[dict[str, Any]]):
    """A JSON object kept as its canonical text, so that what is stored is what was hashed, to the letter."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, Any] | None, dialect: Dialect) -> str | None:
        return None if value is None else json_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, Any] | None:
        return None if value is None else json.loads(value)


def instant_text(at: datetime) -> str:
    """An instant as `2027-03-12 12:00:00.000000`, in UTC: how SQLite stores it."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")


def instant_as_stored(column: Any, dialect: str) -> ColumnElement[str]:
    """SQL for `instant_text` of a stored instant, without reading it into a date that may not exist."""
    if dialect == "postgresql":
        written = func.to_char(func.timezone("UTC", column), "BCYYYY-MM-DD HH24:MI:SS.US")
        return func.replace(written, "AD", "", type_=String())
    return type_coerce(column, String())
