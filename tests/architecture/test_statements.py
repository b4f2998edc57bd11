"""A statement that is built once finds the same rows as one that is built for the call, for everybody on every page."""

import shutil
from collections import Counter
from collections.abc import Iterable

import pytest
from sqlalchemy import inspect

from civtech import create_app
from civtech.core import clock, statements
from civtech.core.db import Model, db
from civtech.core.statements import BuiltOnce
from tests.support.client import Client
from tests.support.demonstration import TODAY, demonstration_settings, everybody
from tests.support.walk import walk

ENOUGH = 80  # functions of queries that the walk comes past


@pytest.fixture
def busy(demonstration_file, folder):
    """The application with the demonstration."""
    copy = shutil.copy(demonstration_file, folder / "statements.db")
    app = create_app(demonstration_settings(f"sqlite:///{copy}", folder))
    app.test_client_class = Client
    app.login_manager.session_protection = None
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def values(row: Iterable[object]) -> tuple[object, ...]:
    return tuple(inspect(each).identity if isinstance(each, Model) else repr(each) for each in row)


def rows(statement) -> list[tuple[object, ...]]:
    with db.session.no_autoflush:
        return [values(row) for row in db.session.execute(statement).unique(values)]


@pytest.mark.takes(40, "It walks through the demonstration as everybody, and runs each statement twice more.")
def test_a_kept_statement_finds_what_a_new_one_finds(busy, monkeypatch):
    compared: Counter[str] = Counter()
    different = []
    seen = set()
    asked = BuiltOnce.__call__

    def compare(function, *given, **named):
        statement = asked(function, *given, **named)
        if statements._building.get():
            return statement
        question = (function.__module__, function.__qualname__, *named, *values((*given, *named.values())))
        if question not in seen:
            seen.add(question)
            new = function.build(*given, **named)
            compared[f"{function.__module__}.{function.__qualname__}"] += 1
            if rows(statement) != rows(new):
                different.append((function.__qualname__, given, named))
        return statement

    monkeypatch.setattr(BuiltOnce, "__call__", compare)
    with clock.at(TODAY):
        for client in everybody(busy).values():
            for _visit in walk(busy, client, each=1):
                pass
    assert different == []
    assert len(compared) >= ENOUGH
