"""The application with the world of the access table in a database of its own, which nobody empties."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from civtech import create_app
from civtech.core import clock, references
from civtech.core.db import db
from tests.access.things import world_at
from tests.access.world import Town
from tests.factories.verbs import NOW
from tests.support.client import settings_for


@contextmanager
def furnished(folder: Path, database: str | None = None) -> Iterator[tuple[Flask, Town]]:
    """Build it in `database`, or in a file in `folder`, and leave it at the end."""
    app = create_app(settings_for(database or f"sqlite:///{folder}/access.db", folder))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context(), clock.at(NOW), references.seeded(7):
        db.create_all()
        world = world_at(NOW)
        db.session.commit()
        db.session.remove()
    try:
        yield app, world
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
