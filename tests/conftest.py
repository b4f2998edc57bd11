"""The application under test, on a real database: SQLite, and also PostgreSQL where that can make a difference.

Every test starts on empty tables, or in a world from `tests.world`, and really commits.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from civtech import create_app
from civtech.core import clock
from civtech.core.db import db
from civtech.people.models import User
from civtech.web import limits
from tests.factories.verbs import NOW
from tests.support.client import Client, application, settings_for
from tests.support.databases import States, left_at_the_end
from tests.support.sessions import session_of
from tests.support.worktime import for_many, settle

pytest_plugins = [
    "tests.support.both",
    "tests.support.browser",
    "tests.support.demonstration",
    "tests.support.limits",
    "tests.support.postgres",
    "tests.support.properties",
    "tests.support.providers",
    "tests.support.recording",
    "tests.support.slowest",
    "tests.world.kept",
]


def pytest_configure(config: pytest.Config) -> None:
    """Let all applications of all runs share the templates that Jinja has compiled."""
    if config.pluginmanager.hasplugin("cacheprovider"):
        Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(str(config.cache.mkdir("templates")))}


def pytest_collection_finish() -> None:
    settle()


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """A folder for this worker's files, in memory where the system offers it."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None, prefix="civtech-tests-") as place:
        yield Path(place)


@pytest.fixture(scope="session")
def applications(request: pytest.FixtureRequest, folder: Path) -> Iterator[Callable[[str], tuple[Flask, States]]]:
    """The worker's application on a database of this kind, with its saved states. Made when first needed.

    It keeps pages as in production, so every test that changes something also asks whether pages show it.
    """
    made: dict[str, tuple[Flask, States]] = {}
    file = f"sqlite:///{folder}/test.db"
    with ExitStack() as leaving:

        def served(url: str) -> tuple[Flask, States]:
            app = application(url, folder, KEPT_PAGES="100")
            return app, States(app)

        def on(database: str) -> tuple[Flask, States]:
            if database not in made:
                with for_many():
                    app, states = served(request.getfixturevalue("postgres_url") if database == "postgres" else file)
                leaving.enter_context(left_at_the_end(app))
                made[database] = app, states
            return made[database]

        yield on


@pytest.fixture
def states(applications: Callable[[str], tuple[Flask, States]], database: str) -> States:
    """The saved states of the test's database."""
    return applications(database)[1]


@pytest.fixture
def app(
    request: pytest.FixtureRequest,
    applications: Callable[[str], tuple[Flask, States]],
    states: States,
    database: str,
) -> Iterator[Flask]:
    """The application on empty tables, with a context in which the test can read the database."""
    application = applications(database)[0]
    with application.app_context():
        if "worlds" in request.fixturenames:
            states.leave()
        else:
            states.put_back()
        try:
            yield application
        finally:
            db.session.rollback()


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
    """A fixed instant on a Monday morning, at which the clock stops."""
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
