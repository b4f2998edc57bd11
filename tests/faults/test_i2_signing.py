"""Fault I2: the end of the log is signed every day, and anyone can check it without us."""

import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError

import config
from civtech import create_app
from civtech.core import clock
from civtech.core.db import db
from civtech.core.jobs import HOURLY
from civtech.notifications.queue import queue_of
from civtech.oversight import daily, signing, whole
from civtech.oversight.models import AuditEntry, Checkpoint
from civtech.oversight.tasks import LATE
from civtech.people.models import User
from tests.faults.tampering import past_the_guards
from tests.support.client import settings_for
from tests.world.ages import Age
from tests.world.world import World

pytestmark = pytest.mark.both_databases("guards", "types")
DAY = timedelta(days=1)
GUIDE = config.ROOT / "docs" / "auditors.md"
Worlds = Callable[[Age], World]


@pytest.fixture
def world(app: Flask, worlds: Worlds, now: datetime) -> World:
    return worlds(Age.PUBLISHED)


@pytest.fixture
def key(app: Flask) -> Iterator[None]:
    """Put back the platform's key and its witness file."""
    kept = {name: app.config[name] for name in ("AUDIT_SIGNING_KEY", "AUDIT_WITNESS_FILE")}
    yield
    app.config.update(kept)


def days() -> list[date]:
    db.session.rollback()
    return list(db.session.scalars(select(Checkpoint.day).order_by(Checkpoint.id)))


def run(app: Flask, *words: object) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=list(map(str, words)))
    return done.exit_code, done.output


def changed(world: World, at: datetime) -> None:
    person = db.session.get(User, world.staff.id)
    person.rename(f"Sorcha at {at:%d %H}", by=person, at=at)
    db.session.commit()


def rewritten() -> None:
    """Cut the last entry off, and everything that knows of it, as if it had never been."""
    with past_the_guards() as connection:
        last = connection.exec_driver_sql("SELECT sequence, previous FROM audit_entry ORDER BY sequence DESC").first()
        for statement in (
            f"DELETE FROM audit_binding WHERE sequence = {last[0]}",
            f"DELETE FROM audit_checkpoint WHERE sequence >= {last[0]}",
            f"DELETE FROM audit_entry WHERE sequence = {last[0]}",
            f"UPDATE audit_head SET sequence = {last[0] - 1}, hash = '{last[1]}'",
        ):
            connection.exec_driver_sql(statement)


def test_the_worker_signs_once_a_day(world: World, now: datetime) -> None:
    for hour in range(0, 72, 5):
        with clock.at(now + timedelta(hours=hour)):
            daily.sign_the_log()
    today = now.date()
    assert days() == [today, today + DAY, today + 2 * DAY, today + 3 * DAY]
    assert whole.check().first_fault is None
    assert db.session.scalar(select(func.count()).where(AuditEntry.event == "LogSigned")) == 4


def test_the_queue_knows_the_job(app: Flask) -> None:
    queue = queue_of(app)
    assert {task.name for task in queue._registry.periodic_tasks} >= set(HOURLY) == {"sign_the_log"}


def test_two_workers_at_once_sign_one_checkpoint(app: Flask, world: World, now: datetime) -> None:
    db.session.commit()
    db.session.remove()
    ready, made = threading.Barrier(2), []

    def work() -> None:
        with app.app_context():
            head = daily.head_now()
            ready.wait()
            made.append(daily.record(head, signing.private_key(app.config["AUDIT_SIGNING_KEY"])))
            db.session.remove()

    workers = [threading.Thread(target=work) for _worker in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(made) == 2
    assert sum(checkpoint is not None for checkpoint in made) == 1
    assert len(days()) == 1
    assert whole.check().first_fault is None


def test_days_without_a_worker_are_named(app: Flask, client: FlaskClient, world: World, now: datetime) -> None:
    for day in (0, 1, 4):
        with clock.at(now + day * DAY):
            daily.sign_the_log()
    with clock.at(now + 5 * DAY):
        code, said = run(app, "audit", "verify")
        page = client.get("/about/audit-log").text
    assert code == 0
    assert re.findall(r"no checkpoint of (\S+)\.", said) == [str(now.date() + n * DAY) for n in (2, 3)]
    assert "Days without a checkpoint" in page


def test_a_clock_that_jumped_stops_no_signing(world: World, now: datetime) -> None:
    for day in (0, 300, 1, 2):
        with clock.at(now + day * DAY):
            daily.sign_the_log()
    assert days() == [now.date() + day * DAY for day in (0, 300, 1, 2)]
    assert whole.check().first_fault is None


def test_nothing_is_signed_while_something_is_wrong(app: Flask, world: World, now: datetime) -> None:
    with past_the_guards() as connection:
        connection.exec_driver_sql("UPDATE challenge SET questions_close_at = opens_at")
    daily.sign_the_log()
    assert days() == []
    for command in ("sign", "checkpoint"):
        code, said = run(app, "audit", command)
        assert code == 1
        assert "Nothing was signed: challenge C-" in said


@pytest.mark.usefixtures("key")
def test_openssl_checks_a_line_as_the_guide_says(
    app: Flask, client: FlaskClient, world: World, now: datetime, tmp_path: Path
) -> None:
    assert shutil.which("openssl"), "This test needs openssl."
    daily.sign_the_log()
    (commands,) = re.findall(r"((?:    .*\n)+    openssl pkeyutl .*\n)", GUIDE.read_text())
    (tmp_path / "checkpoints.txt").write_text(client.get("/about/audit-log/checkpoints.txt").text)
    (tmp_path / "key.pem").write_text(client.get("/about/audit-log/key.pem").text)

    def checked() -> subprocess.CompletedProcess[str]:
        return subprocess.run(["bash", "-c", commands], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert "Signature Verified Successfully" in checked().stdout
    lines = (tmp_path / "checkpoints.txt").read_text()
    (tmp_path / "checkpoints.txt").write_text(re.sub(r"^(\S+) (\d+)", r"\1 9\2", lines))
    assert "Verified Successfully" not in checked().stdout


@pytest.mark.usefixtures("key")
def test_a_new_key_leaves_earlier_checkpoints_valid(
    app: Flask, client: FlaskClient, world: World, now: datetime, tmp_path: Path
) -> None:
    file = tmp_path / "witness.txt"
    app.config["AUDIT_WITNESS_FILE"] = str(file)
    daily.sign_the_log()
    old = tmp_path / "old.pem"
    old.write_text(client.get("/about/audit-log/key.pem").text)
    app.config["AUDIT_SIGNING_KEY"] = run(app, "audit", "new-key")[1].strip()
    with clock.at(now + DAY):
        daily.sign_the_log()
        assert len(file.read_text().splitlines()) == 2
        assert run(app, "audit", "verify", "--witness", file)[1].endswith("witness that match: 2.\n")
        new = tmp_path / "new.pem"
        new.write_text(client.get("/about/audit-log/key.pem").text)
        assert run(app, "audit", "verify", "--witness", file, "--key", new, "--key", old)[0] == 0
        code, said = run(app, "audit", "verify", "--witness", file, "--key", old)
        alone = run(app, "audit", "verify", "--key", old)
        without = run(app, "audit", "verify")
    assert code == 1
    assert "Line 2 of the witness was signed with a key that is not known" in said
    assert alone[0] == 1
    assert "was signed with a key that you did not give" in alone[1]
    assert "Keys that signed checkpoints and are not in AUDIT_SIGNING_KEY: " in without[1]


@pytest.mark.usefixtures("key")
def test_a_rewritten_log_is_seen_by_the_witness_file(app: Flask, world: World, now: datetime, tmp_path: Path) -> None:
    app.config["AUDIT_WITNESS_FILE"] = str(tmp_path / "witness.txt")
    changed(world, now)
    daily.sign_the_log()
    rewritten()
    rewritten()
    assert whole.check().broken is None
    code, said = run(app, "audit", "verify", "--witness", app.config["AUDIT_WITNESS_FILE"])
    assert code == 1
    assert "the witness saw the log reach number" in said


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE audit_checkpoint SET hash = '{f}'", "was not signed with the key that it names"),
        ("UPDATE audit_checkpoint SET sequence = 2", "was not signed with the key that it names"),
        ("UPDATE audit_checkpoint SET public_key = '{other}'", "was not signed with the key that it names"),
        ("UPDATE audit_checkpoint SET public_key = 'none'", "has no valid key"),
    ],
)
def test_a_changed_checkpoint_is_named(world: World, now: datetime, statement: str, says: str) -> None:
    daily.sign_the_log()
    other = signing.pem_of(signing.private_key(signing.new_key()).public_key())
    with past_the_guards() as connection:
        connection.exec_driver_sql(statement.replace("{f}", "f" * 64).replace("{other}", other))
    assert says in str(whole.check().broken)


def test_a_checkpoint_that_is_gone_or_has_another_day_is_named(world: World, now: datetime) -> None:
    daily.sign_the_log()
    with past_the_guards() as connection:
        connection.exec_driver_sql("UPDATE audit_checkpoint SET day = '2020-01-01'")
    assert [altered.columns for altered in whole.check().altered] == [("day",)]
    with past_the_guards() as connection:
        connection.exec_driver_sql("DELETE FROM audit_checkpoint")
    assert "it is gone" in str(whole.check().first_fault)


def test_the_database_refuses_to_change_a_checkpoint(world: World, now: datetime) -> None:
    daily.sign_the_log()
    for statement in ("UPDATE audit_checkpoint SET hash = 'x'", "DELETE FROM audit_checkpoint"):
        with pytest.raises(DatabaseError, match="cannot be changed or deleted"):
            db.session.connection().exec_driver_sql(statement)
        db.session.rollback()


@pytest.mark.usefixtures("key")
def test_without_a_key_nothing_is_signed_and_administrators_are_told(
    app: Flask, world: World, now: datetime, signed_in: Callable[[User], FlaskClient]
) -> None:
    app.config["AUDIT_SIGNING_KEY"] = ""
    administrator = world.person("administrator", administrator=True)
    db.session.commit()
    daily.sign_the_log()
    assert days() == []
    assert "set AUDIT_SIGNING_KEY" in run(app, "audit", "sign")[1]
    told = "The audit log was not signed in the last two days"
    assert told in signed_in(administrator).get("/home").text
    assert told not in signed_in(world.stranger).get("/home").text
    app.config["AUDIT_SIGNING_KEY"] = signing.new_key()
    daily.sign_the_log()
    assert told not in signed_in(administrator).get("/home").text
    with clock.at(now + LATE + timedelta(minutes=1)):
        assert told in signed_in(administrator).get("/home").text


@pytest.mark.usefixtures("key")
def test_a_witness_file_that_cannot_be_written_is_told_later(
    app: Flask, world: World, now: datetime, tmp_path: Path
) -> None:
    file = tmp_path / "away" / "witness.txt"
    app.config["AUDIT_WITNESS_FILE"] = str(file)
    daily.sign_the_log()
    assert len(days()) == 1
    file.parent.mkdir()
    daily.sign_the_log()
    daily.sign_the_log()
    assert len(file.read_text().splitlines()) == 1


@pytest.mark.parametrize("text", ["x", "A" * 44, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "é"])
def test_a_wrong_key_stops_the_start(tmp_path: Path, text: str) -> None:
    settings = settings_for(f"sqlite:///{tmp_path}/x.db", tmp_path, AUDIT_SIGNING_KEY=text)
    with pytest.raises(config.Misconfigured, match="AUDIT_SIGNING_KEY"):
        create_app(settings)


def test_a_key_in_pem_is_the_same_key(tmp_path: Path) -> None:
    made = subprocess.run(
        ["openssl", "genpkey", "-algorithm", "ed25519"], capture_output=True, text=True, check=True
    ).stdout
    key = signing.private_key(made)
    assert signing.is_signed("words", signing.sign("words", key), key.public_key())
    assert signing.id_of(signing.public_key(signing.pem_of(key.public_key()))) == signing.id_of(key.public_key())


def test_a_day_is_that_of_the_programme(world: World) -> None:
    """Half past midnight on 1 July in the United Kingdom is still 30 June in UTC."""
    with clock.at(datetime(2027, 6, 30, 23, 30, tzinfo=UTC)):
        daily.sign_the_log()
    assert days() == [date(2027, 7, 1)]
