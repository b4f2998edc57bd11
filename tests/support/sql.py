"""Trying to get past the rules with plain SQL."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from civtech.core.db import db
from civtech.core.guards import GUARDS


def refused(sql: str, **values: object) -> str:
    """Run `sql`, which the database has to refuse; answers what it said."""
    db.session.flush()
    with pytest.raises(IntegrityError) as caught, db.session.begin_nested():
        assert db.session.execute(text(sql), values).rowcount, "nothing was touched: the test proves nothing"
    return str(caught.value.orig)


def done(sql: str, **values: object) -> None:
    """Run `sql`, which the database has to allow and which has to touch something."""
    db.session.flush()
    assert db.session.execute(text(sql), values).rowcount
    db.session.expire_all()


@contextmanager
def without(*guards: str) -> Iterator[None]:
    """Rows in bulk, for a measurement, may come to be as no verb makes them; the guards stand again at the end."""
    connection = db.session.connection()
    for guard in guards:
        for statement in GUARDS[guard].drop(connection.dialect.name):
            connection.exec_driver_sql(statement)
    yield
    for guard in guards:
        for statement in GUARDS[guard].create(connection.dialect.name):
            connection.exec_driver_sql(statement)
