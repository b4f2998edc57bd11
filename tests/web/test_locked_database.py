"""SQLite while something else holds it: a page that says so after a bounded wait, and nothing typed is lost."""

import io
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from civtech.core import db as database
from civtech.core.db import db
from civtech.core.turns import turns_of
from civtech.web import health
from tests.support.messages import wording

WORDS = "Words that took an hour to write"


@pytest.fixture
def short_patience(monkeypatch: pytest.MonkeyPatch) -> float:
    monkeypatch.setattr(database, "PATIENCE", 0.6)
    monkeypatch.setattr(health, "READY_WITHIN", 0.3)
    return 0.6


@pytest.fixture
def locked(trial, short_patience) -> Iterator[sqlite3.Connection]:
    """Another program that writes and does not finish, as a backup or an SQL shell can."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("Only SQLite locks the whole database.")
    db.session.commit()
    other = sqlite3.connect(str(db.engine.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


@pytest.fixture
def shut(locked) -> sqlite3.Connection:
    """Another program that lets no one even read."""
    locked.execute("ROLLBACK")
    db.engine.dispose()
    locked.execute("PRAGMA locking_mode=EXCLUSIVE")
    locked.execute("BEGIN EXCLUSIVE")
    return locked


def send(client, **more: str):
    began = time.monotonic()
    answer = client.post("/trial/people", data={"name": WORDS, "email": "words@example.org", **more})
    return answer, time.monotonic() - began


def test_a_form_posted_by_a_signed_in_person_while_the_database_is_locked_gets_the_503_page_in_time(
    trial, person, locked, short_patience
):
    answer, took = send(trial)
    assert answer.status_code == 503
    assert took < 3 * short_patience
    assert wording("The service is not available at the moment") in answer.text
    assert WORDS in answer.text
    assert int(answer.headers["Retry-After"]) > 0
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_form_posted_by_a_visitor_while_the_database_is_locked_gets_the_503_page_too(trial, locked, short_patience):
    answer, took = send(trial)
    assert (answer.status_code, WORDS in answer.text) == (503, True)
    assert took < 3 * short_patience


def test_when_even_reading_is_shut_out_a_page_is_503_in_time(trial, person, shut, short_patience):
    began = time.monotonic()
    answer = trial.get("/trial/staff")
    assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
    assert time.monotonic() - began < 3 * short_patience


def test_when_even_reading_is_shut_out_a_form_keeps_its_words(trial, person, shut, short_patience):
    answer, took = send(trial)
    assert (answer.status_code, WORDS in answer.text) == (503, True)
    assert took < 3 * short_patience


@pytest.mark.parametrize("path", ["/readyz", "/trial/asks"])
def test_when_even_reading_is_shut_out_a_visitor_and_the_balancer_are_answered_in_time(
    trial, shut, short_patience, path: str
):
    began = time.monotonic()
    assert trial.get(path).status_code == 503
    assert time.monotonic() - began < 3 * short_patience


def test_a_database_that_goes_away_after_the_view_is_a_503_too(trial_application, trial, shut, monkeypatch):
    monkeypatch.setitem(trial_application.config, "PROPAGATE_EXCEPTIONS", False)
    answer = trial.get("/trial/asks-late")
    assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)


def test_pages_are_still_read_while_another_program_writes(trial, person, locked):
    assert trial.get("/trial/staff").status_code == 403
    assert trial.get("/readyz").status_code == 200


def test_an_attempt_that_cannot_be_written_down_is_a_503_and_not_a_500(trial, locked, short_patience):
    """The refusal itself is found without the lock; writing it down is what waits in vain."""
    answer, took = send(trial, late="1")
    assert (answer.status_code, WORDS in answer.text) == (503, True)
    assert took < 3 * short_patience


def test_after_the_lock_is_gone_the_same_browser_goes_on(trial, person, locked):
    assert send(trial)[0].status_code == 503
    locked.execute("ROLLBACK")
    assert send(trial)[0].status_code == 302


class Slow(io.BytesIO):
    """A body that comes in bit by bit; while it does, another writer has its turn."""

    def __init__(self, body: bytes, place: Path) -> None:
        super().__init__(body)
        self.place, self.reads = place, 0

    def readinto(self, buffer: bytearray, /) -> int:
        turns_of(self.place).take(0).give_back()
        self.reads += 1
        some = super().read(min(10, len(buffer)))
        buffer[: len(some)] = some
        return len(some)


def test_the_turn_to_write_is_taken_after_the_form_is_read(trial, person):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("On PostgreSQL there are no turns.")
    body = urlencode({"name": WORDS, "email": "words@example.org"}).encode()
    slow = Slow(body, Path(str(db.engine.url.database)).resolve())
    form = {"content_type": "application/x-www-form-urlencoded", "content_length": len(body)}
    assert trial.post("/trial/people", input_stream=slow, **form).status_code == 302
    assert slow.reads > 1
