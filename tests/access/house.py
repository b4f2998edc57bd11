"""The application with the world of the access table, in a database of its own that is never emptied."""

import fcntl
import os
import pickle
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from flask import Flask

from civtech import create_app
from civtech.core import clock, references
from civtech.core.db import db
from tests.access.crowd import crowd
from tests.access.things import world_at
from tests.access.world import Guide
from tests.factories.verbs import NOW
from tests.support.client import settings_for


@contextmanager
def furnished(folder: Path, database: str | None = None) -> Iterator[tuple[Flask, Guide]]:
    """Build the world in `database`, or in a file in `folder`, and close the application at the end."""
    with _open(database or f"sqlite:///{folder}/access.db", folder) as app:
        with app.app_context(), clock.at(NOW), references.seeded(7):
            db.create_all()
            guide = world_at(NOW).guide()
            db.session.commit()
            db.session.remove()
        yield app, guide


@contextmanager
def moved_into(folder: Path, runs: pytest.TempPathFactory) -> Iterator[tuple[Flask, Guide]]:
    """A copy of the world in `folder`."""
    original, guide = _original(runs)
    copy = shutil.copy(original, folder)
    with _open(f"sqlite:///{copy}", folder) as app:
        yield app, guide


@contextmanager
def crowded(folder: Path, original: Path, guide: Guide) -> Iterator[Flask]:
    """A copy of the world in which there are a thousand of everything."""
    copy = folder / "crowd.db"
    with closing(sqlite3.connect(original)) as here, closing(sqlite3.connect(copy)) as there:
        here.backup(there)
        crowd(there, guide)
    with _open(f"sqlite:///{copy}", folder) as app:
        yield app


@contextmanager
def crowd_in(folder: Path, runs: pytest.TempPathFactory) -> Iterator[tuple[Flask, Guide]]:
    """The crowded world in `folder`."""
    original, guide = _original(runs)
    with crowded(folder, original, guide) as app:
        yield app, guide


def _original(runs: pytest.TempPathFactory) -> tuple[Path, Guide]:
    """The world on its own, which nobody opens. The first worker in this run that asks builds it."""
    place = runs.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        place = place.parent
    with (place / "house.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        written = place / "guide"
        if not written.exists():
            with furnished(place) as (_app, guide):
                pass
            written.write_bytes(pickle.dumps(guide))
    return place / "access.db", pickle.loads(written.read_bytes())


@contextmanager
def _open(database: str, folder: Path) -> Iterator[Flask]:
    app = create_app(settings_for(database, folder))
    app.config["WTF_CSRF_ENABLED"] = False
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
