"""One walk through the demonstration as everybody, for all tests here that look at what people see."""

import pytest
from flask import Flask
from sqlalchemy import Engine, event

from tests.support.demonstration import everybody
from tests.support.walk import Visit, walk

WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE")


@pytest.fixture(scope="session")
def seen(demonstration: Flask) -> tuple[list[tuple[str, Visit]], list[str]]:
    """What everybody sees, and what was written while they looked."""
    written: list[str] = []
    clients = everybody(demonstration)

    def note(_connection, _cursor, statement, *_rest):
        if statement.lstrip().upper().startswith(WRITING):
            written.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        visits = [(who, visit) for who, client in clients.items() for visit in walk(demonstration, client)]
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return visits, written
