"""The worker as a process: told at once after a commit, sweeping whatever the queue says, stopping when asked."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

import config
from civtech import create_app
from civtech.core import clock
from civtech.core.db import db
from civtech.notifications import queue as job_queue
from civtech.notifications.outbox import queue_ready_made
from civtech.people.models import User
from tests.notifications.conftest import PostOffice
from tests.support.client import settings_for


@contextmanager
def worker(app: Flask, mail_url: str, queue_url: str) -> Iterator[subprocess.Popen[bytes]]:
    """`flask worker` on the test's database."""
    environment = os.environ | {
        "CIVTECH_ENV": "testing",
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "MAIL_URL": mail_url,
        "QUEUE_URL": queue_url,
        "SECRET_KEY": "tests only",
        "PASSWORD_SALT": "tests only",
        "TOTP_SECRET": "tests only, and long enough for a key",
        "LOG_LEVEL": "error",
    }
    process = subprocess.Popen([sys.executable, "-m", "flask", "worker"], env=environment, cwd=config.ROOT)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def soon(condition: Callable[[], bool], within: float = 20) -> bool:
    """Whether it comes true within so many seconds."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.1)
    return False


def post(people: list[User], number: int) -> None:
    for person in people:
        queue_ready_made(person.id, person.email, f"Mail {number}", "Hello.", at=datetime.now(UTC))
    db.session.commit()


@pytest.mark.takes(8, "It starts the worker.")
def test_the_worker_sends_survives_a_dead_server_and_stops_when_asked(
    app: Flask, mailing: PostOffice, people: list[User], tmp_path: Path
) -> None:
    with clock.at(datetime.now(UTC)):
        post(people, 1)
    with worker(app, mailing.url, f"sqlite:///{tmp_path}/queue.db") as process:
        assert soon(lambda: len(mailing.taken) == 3)
        mailing.stop()
        post(people, 2)
        time.sleep(4)
        mailing.start()
        assert soon(lambda: len(mailing.taken) == 6, within=10)
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        assert time.monotonic() - begun < 10


def test_a_commit_with_mail_leaves_a_nudge_in_the_queue_and_others_do_not(
    app: Flask, people: list[User], now: datetime
) -> None:
    queue = job_queue.queue_of(app)
    queue.flush()
    post(people, 1)
    assert queue.pending_count() == 1
    people[0].rename("Ada L", by=people[0], at=now)
    db.session.commit()
    assert queue.pending_count() == 1
    queue.flush()


def test_a_change_does_not_wait_for_a_queue_that_is_away(
    app: Flask, people: list[User], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_app: Flask) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(job_queue, "queue_of", away)
    post(people, 1)


@pytest.mark.parametrize(
    ("url", "kind"),
    [("memory://", "MemoryHuey"), ("sqlite:///{folder}/jobs.db", "SqliteHuey")],
)
def test_the_queue_is_named_by_its_url(tmp_path: Path, url: str, kind: str) -> None:
    app = create_app(settings_for(f"sqlite:///{tmp_path}/x.db", tmp_path, QUEUE_URL=url.format(folder=tmp_path)))
    queue = job_queue.queue_of(app)
    assert type(queue).__name__ == kind
    assert queue is job_queue.queue_of(app)


@pytest.mark.parametrize("url", ["amqp://x", "redis://127.0.0.1:1/0"])
def test_an_unknown_queue_is_refused(tmp_path: Path, url: str) -> None:
    app = create_app(settings_for(f"sqlite:///{tmp_path}/x.db", tmp_path, QUEUE_URL=url))
    with pytest.raises(ValueError, match="QUEUE_URL must begin with"):
        job_queue.queue_of(app)


@pytest.mark.postgres
def test_postgresql_carries_the_queue(postgres_url: str, tmp_path: Path) -> None:
    app = create_app(settings_for(f"sqlite:///{tmp_path}/x.db", tmp_path, QUEUE_URL=postgres_url))
    queue = job_queue.queue_of(app)
    app.extensions["deliver_mail"]()
    assert queue.pending_count() == 1
    queue.flush()
    queue.storage.close()
