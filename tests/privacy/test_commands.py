"""`flask privacy`: export, erase and retention, as an operator runs them; a dry run changes nothing."""

import json
import shutil
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from civtech import create_app
from civtech.core import clock
from civtech.core.db import db
from civtech.oversight.verification import End, verify
from civtech.people.models import User
from civtech.privacy import export
from civtech.privacy.models import Erasure
from tests.privacy.conftest import everything, reread
from tests.support.demonstration import demonstration_settings, person
from tests.support.messages import wording
from tests.world import World

FAR = timedelta(days=8 * 365)


def flask(app: Flask, *words: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["privacy", *words])
    return result.exit_code, result.output


def test_export_writes_a_file_that_only_its_owner_reads(app: Flask, loner: User, tmp_path: Path) -> None:
    place = tmp_path / "lou.zip"
    assert flask(app, "export", "LOUISE@people.example", "--to", str(place))[0] == 1
    assert not place.exists()
    assert flask(app, "export", loner.email.upper(), "--to", str(place))[0] == 0
    assert place.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(place) as archive:
        assert json.loads(archive.read("data.json"))["person"]["reference"] == loner.reference


def test_erase_says_what_went_and_a_dry_run_changes_nothing(app: Flask, loner: User, now: datetime) -> None:
    before = everything()
    status, said = flask(app, "erase", loner.email, "--dry-run")
    assert (status, said.splitlines()[0]) == (0, f"{loner.reference} would be erased:")
    assert everything() == before
    status, again = flask(app, "erase", loner.email)
    assert (status, again.splitlines()[1:]) == (0, said.splitlines()[1:])
    assert [line.split(maxsplit=1) for line in again.splitlines()[1:4]] == [
        ["2", "forms sent"],
        ["1", "invitations"],
        ["2", "memberships"],
    ]
    assert reread(loner).name == "Erased person"


def test_erase_says_what_has_to_be_done_first(app: Flask, world: World) -> None:
    status, said = flask(app, "erase", world.company_owner.email)
    only = wording(
        "You are the only owner of %(organisation)s. Invite another owner first.", organisation="Tidewater Signals Ltd"
    )
    assert (status, said) == (1, f"Error: {only}\n")
    assert flask(app, "erase", "nobody@people.example")[0] == 1


def test_retention_says_what_would_go_and_changes_nothing(app: Flask, world: World, now: datetime) -> None:
    world.started()
    db.session.commit()
    before = everything()
    with clock.at(now + FAR):
        status, said = flask(app, "retention", "--dry-run")
        assert (status, said.splitlines()[0]) == (0, "Nothing has changed. This would happen:")
        assert everything() == before
        status, done = flask(app, "retention")
    assert (status, done.splitlines()[1:]) == (0, said.splitlines()[1:])
    assert [line.split() for line in done.splitlines()[1:3]] == [
        ["4", "people", "account,", "after", "1", "year"],
        ["3", "people", "unsuccessful,", "after", "1", "year"],
    ]


def test_the_schema_is_printed(app: Flask) -> None:
    assert flask(app, "schema") == (0, export.described() + "\n")


@pytest.fixture
def programme(demonstration_file: Path, folder: Path) -> Iterator[Flask]:
    """The demonstration on a copy that may be changed."""
    copy = shutil.copy(demonstration_file, folder / "privacy.db")
    app = create_app(demonstration_settings(f"sqlite:///{copy}", folder))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.mark.takes(8, "Every row of the demonstration is compared.")
def test_all_three_work_on_the_demonstration(programme: Flask, tmp_path: Path) -> None:
    with clock.at(datetime.fromisoformat("2029-01-01T12:00:00+00:00")):
        judge = person("judge").email
        assert flask(programme, "export", judge, "--to", str(tmp_path / "judge.zip"))[0] == 0
        before = everything()
        status, said = flask(programme, "retention", "--dry-run")
        assert (status, everything() == before) == (0, True)
        status, done = flask(programme, "retention")
        assert (status, done.splitlines()[1:]) == (0, said.splitlines()[1:])
        erased = len(db.session.scalars(select(Erasure.id)).all())
        assert erased > 10
        assert programme.test_cli_runner().invoke(args=["user", "revoke", judge, "judge"]).exit_code == 0
        assert flask(programme, "erase", judge)[0] == 0
    *_progress, end = verify(db.session)
    assert isinstance(end, End)
