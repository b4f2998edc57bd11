"""The SQL statements that are executed while something happens."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

NOT_COUNTED = ("BEGIN", "COMMIT", "PRAGMA", "RELEASE", "ROLLBACK", "SAVEPOINT")


@contextmanager
def listening() -> Iterator[list[str]]:
    """The SQL statements that are executed inside the block, without the beginnings and ends of transactions."""
    heard: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(NOT_COUNTED):
            heard.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield heard
    finally:
        event.remove(Engine, "before_cursor_execute", note)
