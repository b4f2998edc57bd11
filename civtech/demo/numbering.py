"""Ids for a whole batch of rows at once, where the database gives them to one row at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from sqlalchemy import event, func, select
from sqlalchemy.orm import Session


@contextmanager
def numbered(session: Session) -> Iterator[None]:
    """Inside the block, give new rows the ids SQLite would give them, so that one statement inserts many.

    PostgreSQL does this for many rows in one statement, from sequences that must not fall behind.
    """
    if session.get_bind().dialect.name != "sqlite":
        yield
        return
    numbers: dict[type, Iterator[int]] = {}

    def number(session: Session, *_flush: object) -> None:
        for row in session.new:
            kind = type(row)
            if row.id is None:
                if kind not in numbers:
                    last = session.connection().scalar(select(func.max(kind.id)))
                    numbers[kind] = count((last or 0) + 1)
                row.id = next(numbers[kind])

    event.listen(session, "before_flush", number)
    try:
        yield
    finally:
        event.remove(session, "before_flush", number)
