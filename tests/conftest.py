"""The application under test, on a real database: SQLite by default, PostgreSQL with `--database postgres`.

Every test starts on empty tables and commits for real.
"""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from civtech import create_app
from civtech.accounts.models import User
from civtech.core import clock
from civtech.core.db import Model, db
from civtech.web import limits
from tests.support.client import Client, settings_for
from tests.support.sessions import session_of

pytest_plugins = [
    "tests.support.browser",
    "tests.support.demonstration",
    "tests.support.postgres",
    "tests.support.providers",
]

NOW = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgres"], default="sqlite", help="what the tests run on")


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """A folder for this worker's files, in memory where the system offers it."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None, prefix="civtech-tests-") as place:
        yield Path(place)


@pytest.fixture(scope="session")
def application(request: pytest.FixtureRequest, folder: Path) -> Iterator[Flask]:
    """One application for the worker, its tables made once."""
    if request.config.getoption("--database") == "postgres":
        database = request.getfixturevalue("postgres_url")
    else:
        database = f"sqlite:///{folder}/test.db"
    application = create_app(settings_for(database, folder))
    application.config["WTF_CSRF_ENABLED"] = False
    application.login_manager.session_protection = None
    application.test_client_class = Client
    with application.app_context():
        db.create_all()
        keep_empty()
    yield application
    with application.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def app(application: Flask) -> Iterator[Flask]:
    """The application on empty tables, with a context for the test's own look at the database."""
    with application.app_context():
        try:
            yield application
        finally:
            db.session.rollback()
            empty_tables()


def empty_tables() -> None:
    """Take every row out and let the keys start again: SQLite gets a fresh copy of its empty file."""
    if db.engine.dialect.name == "sqlite":
        place = Path(str(db.engine.url.database))
        template = place.with_suffix(".empty")
        db.session.remove()
        db.engine.dispose()
        for ending in ("-wal", "-shm"):
            place.with_name(place.name + ending).unlink(missing_ok=True)
        shutil.copy(template, place)
        return
    with db.engine.begin() as connection:
        filled = [
            f'"{table.name}"'
            for table in Model.metadata.sorted_tables
            if connection.scalar(text(f'SELECT EXISTS (SELECT 1 FROM "{table.name}")'))
        ]
        if filled:
            connection.execute(text(f"TRUNCATE {', '.join(filled)} RESTART IDENTITY CASCADE"))
        connection.execute(text("INSERT INTO audit_head (id, sequence, hash) VALUES (1, 0, repeat('0', 64))"))


def keep_empty() -> None:
    """Remember the empty database of this worker for `empty_tables`."""
    if db.engine.dialect.name == "sqlite":
        place = Path(str(db.engine.url.database))
        db.engine.dispose()
        shutil.copy(place, place.with_suffix(".empty"))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor."""
    return app.test_client()


@pytest.fixture
def signed_in(app: Flask) -> Callable[[User], FlaskClient]:
    """Makes a client for a person who is signed in."""

    def sign_in(person: User) -> FlaskClient:
        client = app.test_client()
        db.session.commit()
        identity = person.fs_uniquifier
        with client.session_transaction() as session:
            session.update(session_of(identity))
        return client

    return sign_in


@pytest.fixture
def now() -> Iterator[datetime]:
    """A fixed instant on a Monday morning; the clock stands still there."""
    with clock.at(NOW):
        yield NOW


@pytest.fixture
def strict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """An application that counts requests as production does."""
    monkeypatch.setattr(limits, "GENEROUS", 1)
    app = create_app(settings_for(f"sqlite:///{tmp_path}/limits.db", tmp_path))
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = Client
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()
