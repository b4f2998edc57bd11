"""Many writers at once: one chain, no gap, no deadlock, from the very first entry on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

import config
from civtech.core.db import db
from civtech.oversight.models import AuditEntry
from civtech.oversight.verification import End, verify

pytestmark = pytest.mark.both_databases("locks")

WRITER = """
import sys
from civtech import create_app
from civtech.accounts.models import User
from civtech.core import clock
from civtech.core.db import db, unit_of_work
app = create_app()
name, commits = sys.argv[1], int(sys.argv[2])
sys.stdin.readline()
with app.app_context():
    for number in range(commits):
        with unit_of_work():
            User.register(name=name, email=f"{name}{number}@people.example", at=clock.now())
            User.register(name=name, email=f"{name}{number}b@people.example", at=clock.now())
"""


@pytest.mark.takes(25, "Four processes start with the whole application.")
def test_four_processes_write_one_chain_from_its_first_entry_on(app: Flask, tmp_path: Path) -> None:
    environment = os.environ | {
        "CIVTECH_ENV": "testing",
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "SECRET_KEY": "tests only",
        "PASSWORD_SALT": "tests only",
        "TOTP_SECRET": "tests only, and long enough for a key",
    }
    db.session.rollback()
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, f"writer{number}", "15"],
            env=environment,
            cwd=config.ROOT,
            stdin=subprocess.PIPE,
        )
        for number in range(4)
    ]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write(b"go\n")
        writer.stdin.close()
    assert [writer.wait(120) for writer in writers] == [0, 0, 0, 0]
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == 120
    *_progress, end = verify(db.session)
    assert isinstance(end, End)
    assert end.sequence == 120
