"""A state that is put back is all there is, for the connection that lived through it and for everybody else."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from civtech.core.db import db
from civtech.core.guards import GUARDS
from civtech.people.models import User
from tests.factories.people import UserFactory
from tests.support.databases import States

KNOWN = "one person"


def people() -> int:
    found = db.session.scalar(select(func.count(User.id)))
    db.session.rollback()
    return found


def connection() -> object:
    with db.engine.connect() as made:
        return made.connection.driver_connection


@pytest.mark.both_databases("guards")
def test_a_connection_outlives_the_state_and_knows_the_next(app, states: States) -> None:
    db.session.rollback()
    db.engine.dispose()  # other tests leave more than one connection
    before = connection()
    for _again in range(3):
        UserFactory()
        db.session.commit()
        UserFactory()
        db.session.commit()
        assert people() == 2
        states.put_back()
        assert people() == 0
    assert connection() is before


def test_nothing_is_left_however_often_a_test_commits(app, states: States) -> None:
    """SQLite tells by a counter of commits whether a file is another one."""
    if KNOWN not in states:
        UserFactory(name="Known Person")
        db.session.commit()
        states.keep(KNOWN)
    for commits in (*range(8), 300):
        states.put_back()
        for number in range(commits):
            UserFactory(name=f"Other {number}")
            db.session.commit()
        assert people() == commits
        states.put_back(KNOWN)
        assert db.session.scalars(select(User.name)).all() == ["Known Person"]
        assert db.session.scalar(text("PRAGMA integrity_check")) == "ok"
        db.session.rollback()


def test_a_guard_that_a_test_dropped_is_there_again(app, states: States) -> None:
    found = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"
    guards, drop = db.session.scalar(text(found)), GUARDS["audit_head_never_goes"].drop("sqlite")
    for _again in range(2):
        for statement in drop:
            db.session.execute(text(statement))
        db.session.commit()
        assert db.session.scalar(text(found)) < guards
        states.put_back()
        assert db.session.scalar(text(found)) == guards
        with pytest.raises(IntegrityError):
            db.session.execute(text("DELETE FROM audit_head"))
        db.session.rollback()


def test_whoever_reads_the_file_meanwhile_goes_on_reading_what_they_read(app, states: States) -> None:
    UserFactory()
    db.session.commit()
    counting = "SELECT count(*) FROM person"
    with closing(sqlite3.connect(str(db.engine.url.database), isolation_level=None)) as reader:
        reader.execute("BEGIN")
        assert reader.execute(counting).fetchone() == (1,)
        states.put_back()
        assert people() == 0
        assert reader.execute(counting).fetchone() == (1,)
        assert reader.execute("PRAGMA integrity_check").fetchone() == ("ok",)
