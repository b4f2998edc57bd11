"""One spelling for everything that is hashed: the same text on every database, in every process, permanently."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Dialect, String, Text, func, type_coerce
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeDecorator


def json_text(value: object) -> str:
    """Return canonical JSON: keys sorted, no spaces, ASCII. Anything JSON cannot express (NaN, a date) raises."""
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False)


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


def instant_as_stored(column: InstrumentedAttribute[datetime], dialect: str) -> ColumnElement[str]:
    """Write SQL for `instant_text` of a column, without reading it into a date that may not exist."""
    if dialect == "postgresql":
        written = func.to_char(func.timezone("UTC", column), "BCYYYY-MM-DD HH24:MI:SS.US")
        return func.replace(written, "AD", "", type_=String())
    return type_coerce(column, String())
