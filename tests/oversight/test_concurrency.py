"""Many writers at once: one chain, no gap, no deadlock, from the very first entry on."""

import multiprocessing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.oversight.models import AuditEntry
from civtech.oversight.verification import End, verify
from civtech.people.models import User
from tests.support.client import application

pytestmark = pytest.mark.both_databases("locks")
PATIENCE = 60
COMMITS = 15


def write(database: str, folder: Path, name: str, start: Any) -> None:
    """What each process does: so many commits, with two people each."""
    app = application(database, folder)
    start.wait(PATIENCE)
    with app.app_context():
        for number in range(COMMITS):
            with unit_of_work():
                User.register(name=name, email=f"{name}{number}@people.example", at=clock.now())
                User.register(name=name, email=f"{name}{number}b@people.example", at=clock.now())


@pytest.mark.takes(15, "Four processes make an application each.")
def test_four_processes_write_one_chain_from_its_first_entry_on(app: Flask, tmp_path: Path) -> None:
    database = db.engine.url.render_as_string(hide_password=False)
    db.session.rollback()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.support.client"])
    start = context.Barrier(4)
    writers = [
        context.Process(target=write, args=(database, tmp_path, f"writer{number}", start)) for number in range(4)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(2 * PATIENCE)
    assert [writer.exitcode for writer in writers] == [0, 0, 0, 0]
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == 120
    *_progress, end = verify(db.session)
    assert isinstance(end, End)
    assert end.sequence == 120
