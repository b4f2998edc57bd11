"""A few views of our own, to try the kernel on."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from flask import Blueprint, Flask, abort, after_this_request, redirect, request
from sqlalchemy import text

from civtech.core.db import db
from civtech.core.errors import RuleViolation
from civtech.core.policy import Policy
from civtech.people.events import SignInFailed
from civtech.people.models import User
from civtech.web.gate import permit, public
from civtech.web.transaction import received_at
from tests.support.client import Client, application
from tests.support.databases import States, left_at_the_end
from tests.support.postgres import new_database
from tests.support.sessions import session_of

MEETING = threading.Barrier(2, timeout=10)
"""Where two requests that have rolled back wait for each other."""
AT = datetime(2027, 3, 1, tzinfo=UTC)
staff_only = Policy("tests.staff_only", "Programme staff.", lambda actor: actor.is_staff)


def views() -> Blueprint:
    bp = Blueprint("trial", __name__, url_prefix="/trial")

    @bp.get("/open")
    @public("For the test.", act="Try it", unbound="It is a trial.")
    def everybody():
        return "open"

    @bp.get("/asks")
    @public("For the test.", act="Try it", unbound="It is a trial.")
    def asks():
        return str(db.session.scalar(text("SELECT 1")))

    @bp.get("/asks-late")
    @public("For the test.", act="Try it", unbound="It is a trial.")
    def asks_late():
        @after_this_request
        def ask(response):
            db.session.scalar(text("SELECT 1"))
            return response

        return "asked after the view"

    @bp.get("/staff")
    @permit(staff_only, act="Try it", unbound="It is a trial.")
    def staff():
        return "for staff"

    @bp.post("/people")
    @public("For the test.", act="Try it", unbound="It is a trial.")
    def register():
        if "late" in request.form:
            attempt = SignInFailed(subject=None, by=None, at=AT, facts={"method": "password"})
            raise RuleViolation("Too late.", recorded=attempt)
        User.register(name=request.form["name"], email=request.form["email"], at=AT)
        if "broken" in request.form:
            raise RuleViolation("Broken on purpose.")
        if "answer" in request.form:
            db.session.flush()
            return request.form["answer"], int(request.form["answer"])
        return redirect("/trial/open")

    @bp.post("/received")
    @public("For the test.", act="Try it", unbound="It is a trial.")
    def received():
        return str(received_at())

    @bp.post("/undone")
    @public("For the test.", act="Try it", unbound="It is a trial.")
    def undone():
        db.session.rollback()
        MEETING.wait()
        return redirect(f"/trial/open?{uuid4()}")

    @bp.get("/fails/<int:status>")
    @public("For the test.", act="Try it", unbound="It is a trial.")
    def fails(status: int):
        if status == 500:
            raise ValueError("Broken on purpose.")
        abort(status)

    @bp.get("/words/<words>")
    @public("For the test.", act="Try it", unbound="It is a trial.")
    def words(words: str):
        return words

    @bp.get("/writes")
    @public("For the test.", act="Try it", unbound="It is a trial.")
    def writes_on_get():
        User.register(name="Nobody", email="nobody@example.org", at=AT)
        db.session.flush()
        return "written"

    return bp


@pytest.fixture(scope="session")
def trial_applications(request: pytest.FixtureRequest, folder) -> Iterator[Callable[[str], tuple[Flask, States]]]:
    """The application with our views, on a database of its own of this kind."""
    made = {}
    with ExitStack() as leaving:

        def on(database: str) -> tuple[Flask, States]:
            if database not in made:
                address = f"sqlite:///{folder}/trial.db"
                if database == "postgres":
                    url = request.getfixturevalue("postgres_url")
                    address = new_database(url, f"{url.rpartition('/')[2]}_trial")
                app = application(address, folder)
                app.register_blueprint(views())
                made[database] = app, States(app)
                leaving.enter_context(left_at_the_end(app))
            return made[database]

        yield on


@pytest.fixture
def trial_application(trial_applications, database: str) -> Flask:
    return trial_applications(database)[0]


@pytest.fixture
def trial(trial_applications, trial_application: Flask, database: str) -> Iterator[Client]:
    with trial_application.app_context():
        trial_applications(database)[1].put_back()
        yield trial_application.test_client()
        db.session.rollback()


@pytest.fixture
def person(trial):
    person = User.register(name="Ada", email="ada@example.org", confirmed_at=AT, at=AT)
    db.session.commit()
    with trial.session_transaction() as session:
        session.update(session_of(person.fs_uniquifier))
    return person
