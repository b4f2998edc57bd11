"""Instants that change what visitors see when they pass, such as when a challenge opens. Each package declares its own.

Deadlines are comparisons, so nothing happens in the database when one passes. A kept page has to know when that is.
"""

from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, func, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from civtech.core.db import UtcDateTime

_columns: list[InstrumentedAttribute[datetime | None]] = []


def turns(*columns: InstrumentedAttribute[datetime | None]) -> None:
    """Declare columns whose instants change pages for visitors. Compare them so that they change at the instant."""
    _columns.extend(columns)


@cache
def next_turn() -> Select[datetime | None]:
    """The first declared instant after the parameter `at`, or None. Ask once all packages are loaded."""
    at = bindparam("at", type_=UtcDateTime())
    found = union_all(*(select(func.min(column).label("turn")).where(column > at) for column in _columns)).subquery()
    return select(func.min(found.c.turn))
