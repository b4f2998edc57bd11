"""A second application on the test's database, which keeps pages. What the test changes, another process changed."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask, request_started
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from civtech.core.db import db
from tests.support.client import application
from tests.support.databases import left_at_the_end

LANGUAGES = "en_GB, cy"
PROVES = {"Authorization": "Basic bm9uZQ=="}
"""With this header, nobody gets a kept page."""


class Visitor:
    """Someone without a cookie, at the application that keeps pages."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client(use_cookies=False)
        self.built = 0

    @property
    def store(self):
        return self.app.extensions["kept"].store

    def get(self, url: str, **headers: str) -> TestResponse:
        return self.client.get(url, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def fresh(self, url: str) -> TestResponse:
        """The page as it is built now."""
        return self.client.get(url, headers=PROVES)

    def builds(self, url: str, **headers: str) -> bool:
        """Whether the page has to be built when we ask for it."""
        before = self.built
        self.get(url, **headers)
        return self.built > before


@pytest.fixture(scope="session")
def keeping(request: pytest.FixtureRequest, folder: Path) -> Iterator[Callable[[str], Flask]]:
    """The application that keeps pages, on each kind of database."""
    made: dict[str, Flask] = {}
    with ExitStack() as leaving:

        def on(database: str) -> Flask:
            if database not in made:
                postgres = database == "postgres"
                url = request.getfixturevalue("postgres_url") if postgres else f"sqlite:///{folder}/test.db"
                made[database] = application(url, folder, KEPT_PAGES="100", LANGUAGES=LANGUAGES)
                leaving.enter_context(left_at_the_end(made[database]))
            return made[database]

        yield on


@pytest.fixture
def visiting(keeping: Callable[[str], Flask], database: str) -> Iterator[Callable[[], Visitor]]:
    """Opens the application once the test's world is there: its file is a new one for each test."""
    app = keeping(database)
    visitors: list[Visitor] = []

    def count(_app: Flask, **_rest: object) -> None:
        for visitor in visitors:
            visitor.built += 1

    def visit() -> Visitor:
        db.session.commit()
        app.extensions["kept"].store.clear()
        with app.app_context():
            db.engine.dispose()
        visitors.append(Visitor(app))
        return visitors[-1]

    with request_started.connected_to(count, app):
        yield visit
    app.extensions["kept"].store.clear()
