"""Fault I2: what checking every record costs, compared with only reading and hashing the same rows."""

import hashlib
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import text

from civtech.core.clock import now as clock_now
from civtech.core.db import db
from civtech.core.deciding import DECIDING, touch
from civtech.core.events import emit
from civtech.oversight import whole
from civtech.people.events import SignInFailed
from tests.faults.tampering import past_the_guards

ROWS = 30_000
ENTRIES = 10_000
AT_MOST = 4.0
PERSON = (
    "INSERT INTO person (id, reference, name, sort_key, email, active, fs_uniquifier, registered_at) "
    "VALUES (?, ?, ?, ?, ?, 1, ?, '2027-01-01 00:00:00.000000')"
)


@pytest.fixture
def many(app: Flask, now: datetime) -> None:
    with past_the_guards() as connection:
        connection.exec_driver_sql(
            PERSON,
            [
                (nth, f"U-{nth}", f"Name {nth}", f"name {nth}", f"{nth}@example.org", f"f{nth}")
                for nth in range(1, ROWS + 1)
            ],
        )
        connection.commit()
    db.session.begin()
    touch(db.session(), (("person", nth) for nth in range(1, ROWS + 1)))
    for _nth in range(ENTRIES):
        emit(SignInFailed(subject=None, by=None, at=clock_now(), facts={"method": "password"}))
    db.session.commit()


def plainly() -> int:
    """Read and hash the same rows."""
    rows = 0
    connection = db.session.connection()
    for table in (*DECIDING, "audit_entry", "audit_binding"):
        for row in connection.execution_options(yield_per=2000).execute(text(f"SELECT * FROM {table}")):
            hashlib.sha256(repr(tuple(row)).encode()).hexdigest()
            rows += 1
    return rows


def took(work: Callable[[], object]) -> Iterator[float]:
    for _time in range(3):
        begun = time.process_time()
        work()
        yield time.process_time() - begun


@pytest.mark.takes(40, "It binds and checks 30,000 records.")
def test_checking_takes_little_longer_than_reading_and_little_memory(many: None) -> None:
    assert plainly() == 2 * ROWS + ENTRIES
    assert whole.check().matching["person"] == ROWS
    ratio = min(took(whole.check)) / min(took(plainly))
    assert ratio < AT_MOST, f"{ratio:.1f} times a plain loop"
    tracemalloc.start()
    whole.check()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50_000_000, f"{peak / 1e6:.0f} MB for {ROWS} rows"
