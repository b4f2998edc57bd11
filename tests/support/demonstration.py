"""The demonstration programme on a database of its own: loaded once for a whole run, copied for each worker."""

import fcntl
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password
from sqlalchemy import Engine, event, select

import config
from civtech import create_app
from civtech.core import clock
from civtech.core.db import db
from civtech.demo.programme import load
from civtech.people.models import User
from tests.support.client import Client, settings_for
from tests.support.databases import Sqlite, left_at_the_end
from tests.support.live import serving
from tests.support.loading import as_the_application
from tests.support.sessions import session_of
from tests.support.walk import Visit, walk

TODAY = datetime(2027, 3, 12, 10, 0, tzinfo=UTC)
WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE")
SHOWN = {"sponsor": 4, "company": 2}
ROLES = ("staff", "finance", "auditor", "sponsor", "judge", "company", "administrator", "roundstaff", "secretary")


def demonstration_settings(database: str, folder: Path, **extra: str) -> config.Settings:
    """Settings of a development server in demonstration mode."""
    return settings_for(database, folder, CIVTECH_DEMO="1", **extra)


def played(database: Path, folder: Path, *, scale: int = 1, now: datetime = TODAY, **extra: str) -> Flask:
    """The application on a new database with the demonstration, for `everybody` or a browser."""
    app = create_app(demonstration_settings(f"sqlite:///{database}", folder, **extra))
    app.test_client_class = Client
    app.login_manager.session_protection = None
    with app.app_context(), as_the_application():
        db.create_all()
        load(seed=2016, scale=scale, now=now, batch=400, password=hash_password("demonstration only"))
        db.session.remove()
        db.engine.dispose()
    return app


@pytest.fixture(scope="session")
def demonstration_file(folder: Path) -> Path:
    """A copy of the loaded database for this worker."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    master = Path(gettempdir()) / f"civtech-demonstration-{run}.db"
    with master.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not master.exists():
            made = master.with_suffix(".new")
            played(made, folder)
            made.rename(master)
    copy = folder / "demonstration.db"
    shutil.copy(master, copy)
    return copy


@pytest.fixture(scope="session")
def demonstration(demonstration_file: Path, folder: Path) -> Iterator[Flask]:
    """The application on the demonstration data, which tests only read."""
    copy = shutil.copy(demonstration_file, folder / "looked-at.db")
    app = create_app(demonstration_settings(f"sqlite:///{copy}", folder))
    app.test_client_class = Client
    app.login_manager.session_protection = None
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@dataclass(frozen=True)
class Seen:
    """What each of `everybody` sees on a walk, and any writes made meanwhile."""

    visits: dict[str, list[Visit]]
    written: list[str]

    def __iter__(self) -> Iterator[tuple[str, Visit]]:
        return ((who, visit) for who, visits in self.visits.items() for visit in visits)


@pytest.fixture(scope="session")
def seen(demonstration: Flask) -> Seen:
    """One walk through the demonstration as `everybody` on its day, shared by a worker's tests of what people see."""
    clients = everybody(demonstration)
    written: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(WRITING):
            written.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        with clock.at(TODAY):
            return Seen({who: list(walk(demonstration, client)) for who, client in clients.items()}, written)
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture(scope="session")
def walks(seen: Seen) -> Callable[[str], list[Visit]]:
    """The pages shown to each of `everybody`, one of each kind."""

    def walked(who: str) -> list[Visit]:
        kinds: dict[str, Visit] = {}
        for visit in seen.visits[who]:
            kinds.setdefault(visit.endpoint, visit)
        return list(kinds.values())

    return walked


@pytest.fixture(scope="session")
def served_demonstration(demonstration_file: Path, folder: Path) -> Iterator[tuple[Flask, str, Sqlite]]:
    """The demonstration on a copy of its own, served to a browser, and the object that restores the copy."""
    copy = shutil.copy(demonstration_file, folder / "site.db")
    app = create_app(demonstration_settings(f"sqlite:///{copy}", folder))
    app.test_client_class = Client
    app.login_manager.session_protection = None
    with app.app_context():
        database = Sqlite(db.engine)
        database.keep("start")
    with serving(app, at=TODAY) as address, left_at_the_end(app):
        yield app, address, database


@pytest.fixture
def site(served_demonstration: tuple[Flask, str, Sqlite]) -> tuple[Flask, str]:
    """The demonstration as loaded, served to a browser. Tests can send forms."""
    app, address, database = served_demonstration
    with app.app_context():
        database.replace("start")
    return app, address


def person(role: str, number: int = 0) -> User:
    """A person from the page "Sign in as an example person"."""
    query = select(User).where(User.email.like(f"{role}.%@demo.civtech.example")).order_by(User.id)
    return db.session.scalars(query).unique().all()[number]


def first_of(app: Flask, role: str) -> tuple[str, str]:
    """The name in `everybody`, and the `fs_uniquifier`, of the first person with a role."""
    query = select(User.email, User.fs_uniquifier).where(User.email.like(f"{role}.%@demo.civtech.example"))
    with app.app_context():
        email, identity = db.session.execute(query.order_by(User.id)).first()
        db.session.remove()
    return email, identity


def everybody(app: Flask) -> dict[str, FlaskClient]:
    """A client for a visitor, for one person with each role, and for each of the four people of a sponsor."""
    clients: dict[str, FlaskClient] = {"visitor": app.test_client()}
    with app.app_context():
        people = db.session.execute(
            select(User.email, User.fs_uniquifier).where(User.email.like("%@demo.civtech.example")).order_by(User.id)
        ).all()
        db.session.remove()
    seen = Counter[str]()
    for email, identity in people:
        role = email.partition(".")[0]
        seen[role] += 1
        if seen[role] > SHOWN.get(role, 1):
            continue
        client = app.test_client()
        with app.app_context():
            held = session_of(identity)
        with client.session_transaction() as session:
            session.update(held)
        clients[email] = client
    return clients


if __name__ == "__main__":
    played(Path(sys.argv[1]), Path(gettempdir()))
