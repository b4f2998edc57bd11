"""Waiting for equal answer times keeps nothing that others need: no turn, no transaction, no connection."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient

from civtech import create_app
from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.core.turns import turns_of
from civtech.people.models import User
from civtech.people.sign_in import gated_views
from civtech.web import equal_times
from tests.support.client import Client, settings_for

DOORS = ("/sign-in", "/sign-up", "/new-password", "/confirmation")


@pytest.fixture
def door(app: Flask, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The application with its waits, as outside tests."""
    address = app.config["SQLALCHEMY_DATABASE_URI"]
    served = create_app(settings_for(address, tmp_path, CIVTECH_ENV="development", LOG_LEVEL="error"))
    served.config["WTF_CSRF_ENABLED"] = False
    served.test_client_class = Client
    yield served
    with served.app_context():
        db.session.remove()
        db.engine.dispose()


def send(client: FlaskClient, path: str, email: str = "unknown@example.org") -> float:
    form = {"name": "Ada", "email": email, "password": "three green boats sing"}
    began = time.monotonic()
    assert client.post(path, data=form).status_code in {302, 422}
    return time.monotonic() - began


@pytest.mark.parametrize("path", DOORS)
@pytest.mark.parametrize("email", ["ada@example.org", "unknown@example.org"])
def test_the_wait_begins_when_the_request_has_given_everything_back(door: Flask, monkeypatch, path: str, email: str):
    with door.app_context():
        with unit_of_work():
            User.register(name="Ada", email="ada@example.org", confirmed_at=clock.now(), at=clock.now())
        engine = db.engine
        db.session.remove()
    waits = []

    def wait(instant: float) -> None:
        assert not has_app_context()
        assert engine.pool.checkedout() == 0
        if engine.dialect.name == "sqlite":
            turns_of(Path(str(engine.url.database)).resolve()).take(0).give_back()
        waits.append(instant - time.monotonic())

    monkeypatch.setattr(equal_times, "sleep_until", wait)
    send(door.test_client(), path, email)
    (waited,) = waits
    assert waited <= gated_views.SECONDS_AT_LEAST


@pytest.mark.parametrize("path", DOORS)
def test_an_answer_at_a_door_takes_as_long_as_any(door: Flask, path: str):
    assert send(door.test_client(), path) >= gated_views.SECONDS_AT_LEAST


def test_looking_at_a_door_does_not_wait(door: Flask, monkeypatch):
    monkeypatch.setattr(equal_times, "sleep_until", lambda _instant: pytest.fail("It waits."))
    for path in DOORS:
        assert door.test_client().get(path).status_code == 200
