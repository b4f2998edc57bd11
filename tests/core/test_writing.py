"""Who holds the turn to write: a transaction that writes, for just as long as it is open."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

import config
from civtech.core import db as database
from civtech.core.db import abandon, begin_writing, db, end_writing, unit_of_work, wait_at_most
from civtech.core.turns import turns_of

pytestmark = pytest.mark.both_databases("locks")

# A writer in another process that says when it writes, and then does so until it is told to stop.
HOLDER = """
import sys
from civtech import create_app
from civtech.core.db import db, unit_of_work
from sqlalchemy import create_engine, text
with create_app().app_context(), unit_of_work():
    db.session.execute(text("SELECT 1"))
    print("writing", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture(autouse=True)
def only_sqlite(app: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("On PostgreSQL writers wait for rows, not for turns.")


@pytest.fixture
def place(app: Flask) -> Path:
    return Path(str(db.engine.url.database)).resolve()


@pytest.fixture
def another_program(place: Path) -> Iterator[sqlite3.Connection]:
    """One that knows of no turns, in the middle of writing."""
    db.session.rollback()
    other = sqlite3.connect(place, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


def is_free(place: Path) -> bool:
    """Whether another writer of this process would have its turn at once."""
    try:
        turns_of(place).take(0).give_back()
    except TimeoutError:
        return False
    return True


def ask() -> None:
    db.session.execute(text("SELECT 1"))


def test_a_transaction_that_writes_holds_the_turn_until_its_end(app, place):
    with unit_of_work():
        assert is_free(place)
        ask()
        assert not is_free(place)
    assert is_free(place)


def test_one_that_only_reads_holds_none(app, place):
    ask()
    assert is_free(place)


@pytest.mark.parametrize("end", [db.session.commit, db.session.rollback, abandon, db.session.remove, db.session.close])
def test_every_end_of_a_transaction_gives_the_turn_back(app, place, end):
    begin_writing()
    ask()
    assert not is_free(place)
    end()
    end_writing()
    assert is_free(place)


def test_an_error_in_a_job_gives_the_turn_back(app, place):
    with pytest.raises(OperationalError), unit_of_work():
        db.session.execute(text("SELECT nothing"))
    assert is_free(place)


def test_a_connection_that_broke_gives_the_turn_back(app, place):
    begin_writing()
    ask()
    db.session.connection().invalidate()
    abandon()
    assert is_free(place)


def test_a_thread_that_ends_in_the_middle_gives_the_turn_back(app, place):
    """Its connection is cleared away, and the turn with it."""

    def leave() -> None:
        with app.app_context():
            begin_writing()
            ask()

    thread = threading.Thread(target=leave)
    thread.start()
    thread.join()
    assert is_free(place)


def test_a_writer_whose_turn_does_not_come_is_told_that_the_database_is_away(app, place, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 0.2)
    ticket = turns_of(place).take(1)
    began = time.monotonic()
    with pytest.raises(OperationalError, match="turn to write"), unit_of_work():
        ask()
    assert time.monotonic() - began < 1
    ticket.give_back()
    with unit_of_work():
        ask()


def test_a_writer_that_is_locked_out_by_another_program_gives_its_turn_to_the_next(
    app, place, another_program, monkeypatch
):
    monkeypatch.setattr(database, "PATIENCE", 0.2)
    with pytest.raises(OperationalError, match="locked"), unit_of_work():
        ask()
    assert is_free(place)


def test_waiting_for_a_turn_and_for_the_lock_share_one_patience(app, place, another_program, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 0.6)
    ticket = turns_of(place).take(1)
    threading.Timer(0.4, ticket.give_back).start()
    began = time.monotonic()
    with pytest.raises(OperationalError, match="locked"), unit_of_work():
        ask()
    assert 0.5 < time.monotonic() - began < 1.2


def test_a_request_that_has_waited_long_enough_waits_no_more(app, place, another_program):
    wait_at_most(0.3)
    took = []
    for _ in range(2):
        began = time.monotonic()
        with pytest.raises(OperationalError), unit_of_work():
            ask()
        took.append(time.monotonic() - began)
    wait_at_most(None)
    assert took[0] >= 0.25
    assert took[1] < 0.2


def test_a_database_in_memory_has_no_turns(app, monkeypatch):
    monkeypatch.setattr(database, "turns_of", lambda _place: pytest.fail("There is no file to put turns beside."))
    begin_writing()
    for address in ("sqlite://", "sqlite:///:memory:"):
        with create_engine(address).begin() as connection:
            assert connection.scalar(text("SELECT 1")) == 1
    end_writing()


def test_a_process_that_is_killed_while_it_writes_keeps_the_next_writer_waiting_no_longer(app, place):
    environment = os.environ | {
        "CIVTECH_ENV": "testing",
        "DATABASE_URL": f"sqlite:///{place}",
        "SECRET_KEY": "tests only",
        "PASSWORD_SALT": "tests only",
        "TOTP_SECRET": "tests only, and long enough for a key",
    }
    db.session.rollback()
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER], env=environment, cwd=config.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout.readline() == b"writing\n"
    assert not is_free(place)
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    with unit_of_work():
        ask()
