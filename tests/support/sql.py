"""Trying to get past the rules with plain SQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from civtech.core.db import db
from civtech.core.guards import GUARDS
from civtech.organisations.models import Organisation
from civtech.oversight.canonical import instant_text
from civtech.people.models import User


def refused(sql: str, **values: object) -> str:
    """Run `sql`, which the database must refuse, and return its message."""
    db.session.flush()
    with pytest.raises(IntegrityError) as caught, db.session.begin_nested():
        assert db.session.execute(text(sql), values).rowcount, "nothing was touched: the test proves nothing"
    return str(caught.value.orig)


def moment(at: datetime) -> str:
    """An instant as the database writes it."""
    return instant_text(at) + ("+00:00" if db.engine.dialect.name == "postgresql" else "")


def done(sql: str, **values: object) -> None:
    """Run `sql`, which the database must allow and which must change something."""
    db.session.flush()
    assert db.session.execute(text(sql), values).rowcount
    db.session.expire_all()


def joined_anyway(person: User, organisation: Organisation, at: datetime, role: str = "viewer") -> None:
    """Put one person on both sides, as two acts at the same moment could."""
    with without("membership_joins_no_other_side"):
        done(
            "INSERT INTO membership (user_id, organisation_id, role, since) VALUES (:who, :where, :role, :at)",
            who=person.id, where=organisation.id, role=role, at=moment(at),
        )  # fmt: skip
    db.session.expire_all()


@contextmanager
def without(*guards: str) -> Iterator[None]:
    """Turn off some guards: for rows in bulk, or for states that only two acts at the same moment could cause."""
    connection = db.session.connection()
    for guard in guards:
        for statement in GUARDS[guard].drop(connection.dialect.name):
            connection.exec_driver_sql(statement)
    try:
        yield
    finally:
        connection = db.session.connection()
        for guard in guards:
            for statement in GUARDS[guard].create(connection.dialect.name):
                connection.exec_driver_sql(statement)
