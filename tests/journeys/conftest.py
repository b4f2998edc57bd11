"""The stage for the journeys: one clock that the story moves, and people who use the pages."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from flask import Flask

from civtech.core import clock
from civtech.core.db import db
from civtech.people.models import User
from tests.conftest import NOW
from tests.support.live import serving, sign_in
from tests.support.person import Person, Reader, Watcher


class Timeline:
    """The clock of the whole process, moved by the story."""

    def __init__(self) -> None:
        self.instant = NOW

    def __call__(self) -> datetime:
        return self.instant


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Timeline:
    """Set `time.instant` to let time pass, for every thread."""
    timeline = Timeline()
    monkeypatch.setattr(clock, "now", timeline)
    return timeline


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The application on a port of its own."""
    with serving(app) as address:
        yield address


@pytest.fixture(params=["client", pytest.param("chromium", marks=pytest.mark.browser)])
def somebody(request: pytest.FixtureRequest, app: Flask, time: Timeline) -> Callable[[User | None], Person]:
    """Makes people who use the pages, signed in as a person in the database or as a visitor."""
    if request.param == "client":
        signed_in = request.getfixturevalue("signed_in")
        return lambda person=None: Reader(signed_in(person) if person else app.test_client())
    address, new_page = request.getfixturevalue("address"), request.getfixturevalue("new_page")
    return lambda person=None: _watcher(app, new_page(), address, person)


def _watcher(app: Flask, page, address: str, person: User | None) -> Watcher:
    if person is not None:
        db.session.commit()
        sign_in(page.context, app, address, person.fs_uniquifier)
    return Watcher(page, address)
