"""The audit chain: what it holds, and that nothing of it can change unseen."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, create_engine, delete, func, insert, select, text
from sqlalchemy.exc import DatabaseError

from civtech.core.db import db
from civtech.core.events import emit
from civtech.core.guards import GUARDS
from civtech.oversight.models import AuditEntry, AuditHead
from civtech.oversight.verification import Break, End, verify
from civtech.people.events import PersonRenamed, SignInFailed
from civtech.people.models import User

pytestmark = pytest.mark.both_databases("guards", "types")

COLUMNS = [column.name for column in AuditEntry.__table__.columns]


@contextmanager
def past_the_guards() -> Iterator[Connection]:
    """As somebody with the database's own rights would: without triggers, on a connection of their own."""
    db.session.commit()
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET session_replication_role = replica")
            yield connection
            connection.exec_driver_sql("SET session_replication_role = DEFAULT")
            connection.commit()
            return
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys = OFF")
        found = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit%'"
        triggers = connection.exec_driver_sql(found).all()
        for name, _sql in triggers:
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        yield connection
        for _name, sql in triggers:
            connection.exec_driver_sql(sql)
        connection.commit()
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys = ON")


def tamper(statement: str) -> None:
    with past_the_guards() as connection:
        connection.exec_driver_sql(statement)


def outcome(**options: object) -> Break | End:
    """Where a walk over the whole chain ends."""
    db.session.rollback()
    db.session.expire_all()
    *_progress, last = verify(db.session, **options)
    assert not isinstance(last, int)
    return last


@pytest.fixture
def person(app: Flask, now: datetime) -> User:
    """Somebody with nine entries about them."""
    person = User.register(name="Ailsa Drummond", email="ailsa@example.org", at=now)
    db.session.flush()
    for number in range(8):
        facts = {"share": 0.1 + number, "ä": "ŷ“\u0000😀", "b": [1, None, True], "a": {"z": 1, "y": 2}}
        emit(PersonRenamed(subject=person, by=person, at=now + timedelta(microseconds=number), facts=facts))
    db.session.commit()
    return person


def test_every_event_is_an_entry_in_order_and_the_chain_holds(person: User) -> None:
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence)).all()
    assert [entry.event for entry in entries] == ["PersonRegistered"] + 8 * ["PersonRenamed"]
    assert [entry.sequence for entry in entries] == list(range(1, 10))
    assert [entry.previous for entry in entries] == ["0" * 64] + [entry.hash for entry in entries[:-1]]
    assert outcome() == End(9, entries[-1].hash)
    assert outcome(batch=2) == End(9, entries[-1].hash)


def test_an_entry_reads_the_same_after_a_round_trip(person: User) -> None:
    entry = db.session.get(AuditEntry, 3)
    assert entry.facts == {"share": 1.1, "ä": "ŷ“\u0000😀", "b": [1, None, True], "a": {"z": 1, "y": 2}}
    assert entry.hash == entry.expected_hash()


def test_an_instant_in_another_zone_is_the_same_instant(person: User, now: datetime) -> None:
    elsewhere = now.astimezone(timezone(timedelta(hours=-9, minutes=-30)))
    emit(PersonRenamed(subject=person, by=person, at=elsewhere))
    db.session.commit()
    assert isinstance(outcome(), End)


def test_an_event_about_nobody_known_has_no_subject(app: Flask, now: datetime) -> None:
    emit(SignInFailed(subject=None, by=None, at=now, facts={"method": "password"}))
    db.session.commit()
    assert isinstance(outcome(), End)


def test_the_log_holds_no_name_and_no_address(person: User) -> None:
    stored = "".join(str(row) for row in db.session.execute(text("SELECT * FROM audit_entry")))
    assert "Ailsa" not in stored
    assert "ailsa@" not in stored


def test_what_is_rolled_back_is_not_in_the_log(person: User, now: datetime) -> None:
    person.rename("Ailsa Grant", by=person, at=now)
    db.session.rollback()
    emit(PersonRenamed(subject=person, by=person, at=now))
    db.session.commit()
    assert isinstance(end := outcome(), End)
    assert end.sequence == 10


CHANGES = {
    "sequence": ["sequence = sequence + 100", "sequence = -1"],
    "at": ["at = (SELECT other.at FROM audit_entry AS other WHERE other.sequence = 9)"],
    "event": ["event = 'SignedIn'", "event = ''"],
    "subject_kind": ["subject_kind = 'proposal'"],
    "subject": ["subject = 'U-2222-2222'"],
    "actor": ["actor = NULL", "actor = 'U-2222-2222'"],
    "facts": [
        "facts = '{\"x\":1}'",
        "facts = facts || ' '",
        "facts = replace(facts, '{', '{ ')",
        "facts = 'no JSON'",
        "facts = '{\"a\":0,' || substr(facts, 2)",
    ],
    "request": ["request = 'another'", "request = ''"],
    "records": [f"records = '{'0' * 64}'", "records = ''"],
    "previous": [f"previous = '{'0' * 64}'", "previous = hash"],
    "hash": [f"hash = '{'f' * 64}'", "hash = upper(hash)", "hash = ''"],
}


def test_every_column_is_tried() -> None:
    assert sorted(CHANGES) == sorted(COLUMNS)


@pytest.mark.parametrize("victim", [1, 4, 9], ids=["first", "middle", "last"])
@pytest.mark.parametrize("change", [change for changes in CHANGES.values() for change in changes])
def test_a_change_of_any_column_names_the_entry(person: User, change: str, victim: int) -> None:
    if victim == 9 and change.startswith("at ="):
        change = "at = (SELECT other.at FROM audit_entry AS other WHERE other.sequence = 1)"
    tampered = change == f"previous = '{'0' * 64}'" and victim == 1
    tamper(f"UPDATE audit_entry SET {change} WHERE sequence = {victim}")
    found = outcome()
    if tampered:
        assert isinstance(found, End)
    elif "sequence = -1" in change:
        assert found == Break(-1, "it does not belong to the log, which begins at 1")
    else:
        assert isinstance(found, Break)
        assert found.sequence == victim


@pytest.mark.parametrize(
    "change",
    ["at = at || 'x'", "at = 'yesterday'", "at = 5", "at = x'ff'", "event = x'00ff'", "facts = CAST(x'ff' AS TEXT)"],
)
def test_sqlite_takes_nonsense_and_the_walk_names_it(person: User, change: str) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL refuses this by itself")
    tamper(f"UPDATE audit_entry SET {change} WHERE sequence = 4")
    found = outcome()
    assert isinstance(found, Break)
    assert found.sequence == 4


@pytest.mark.parametrize(
    "change", ["at = 'infinity'", "at = '2027-03-01 09:30:00+00 BC'", "at = at + interval '1 microsecond'"]
)
def test_postgresql_has_instants_python_has_not(person: User, change: str) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite keeps instants as text")
    tamper(f"UPDATE audit_entry SET {change} WHERE sequence = 4")
    found = outcome()
    assert isinstance(found, Break)
    assert found.sequence == 4


def rewrite_from(sequence: int) -> None:
    """What somebody does who knows how hashes are made: change one entry and make every hash after it anew."""
    with past_the_guards() as connection:
        entries = connection.execute(select(AuditEntry.__table__).where(AuditEntry.sequence >= sequence)).all()
        previous = entries[0].previous
        for row in sorted(entries, key=lambda row: row.sequence):
            entry = AuditEntry(**row._mapping)
            entry.previous = previous
            if entry.sequence == sequence:
                entry.event = "SignedOut"
            previous = entry.expected_hash()
            connection.execute(
                text("UPDATE audit_entry SET event = :event, previous = :previous, hash = :hash WHERE sequence = :at"),
                {"event": entry.event, "previous": entry.previous, "hash": previous, "at": entry.sequence},
            )
        connection.execute(text("UPDATE audit_head SET hash = :hash"), {"hash": previous})


def test_a_rehashed_entry_is_named_because_the_next_one_knows_it(person: User) -> None:
    entry = db.session.get(AuditEntry, 4)
    entry.event = "SignedOut"
    forged = entry.expected_hash()
    db.session.rollback()
    tamper(f"UPDATE audit_entry SET event = 'SignedOut', hash = '{forged}' WHERE sequence = 4")
    assert outcome() == Break(4, "it is not the entry that number 5 was chained to")


def test_a_missing_entry_is_named(person: User) -> None:
    tamper("DELETE FROM audit_entry WHERE sequence = 4")
    assert outcome() == Break(4, "it is missing; the next entry is number 5")


def test_a_missing_beginning_is_named(person: User) -> None:
    tamper("DELETE FROM audit_entry WHERE sequence <= 2")
    assert outcome() == Break(1, "it is missing; the next entry is number 3")


def test_a_cut_end_is_seen_by_the_head(person: User) -> None:
    tamper("DELETE FROM audit_entry WHERE sequence > 6")
    assert outcome() == Break(7, "it is missing; the log reached number 9")


def test_a_log_that_was_emptied_is_seen_by_the_head(person: User) -> None:
    tamper("DELETE FROM audit_entry")
    assert outcome() == Break(1, "it is missing; the log reached number 9")


def test_an_entry_past_the_head_is_named(person: User, now: datetime) -> None:
    entry = db.session.get(AuditEntry, 9)
    extra = AuditEntry(
        sequence=10,
        at=now,
        event="SignedIn",
        subject_kind=None,
        subject=None,
        actor=None,
        facts={},
        request=None,
        previous=entry.hash,
    )
    extra.hash = extra.expected_hash()
    values = {name: getattr(extra, name) for name in COLUMNS}
    db.session.rollback()
    db.session.execute(insert(AuditEntry.__table__), [values])
    db.session.commit()
    assert outcome() == Break(10, "it was added past the log’s recorded end, number 9")


def test_a_head_that_was_changed_is_seen(person: User) -> None:
    tamper("UPDATE audit_head SET hash = 'nothing'")
    assert outcome() == Break(9, "it is not the entry that the log’s head names as its last")


def test_a_rewritten_log_holds_by_itself_and_a_witness_sees_it(person: User) -> None:
    seen = {9: db.session.get(AuditEntry, 9).hash}
    rewrite_from(4)
    assert isinstance(outcome(), End)
    assert outcome(seen=seen) == Break(9, "it is not the entry that the witness saw; the log was rewritten")


def test_a_cut_end_with_its_head_is_seen_by_a_witness(person: User) -> None:
    seen = {8: db.session.get(AuditEntry, 8).hash}
    sixth = db.session.get(AuditEntry, 6).hash
    tamper("DELETE FROM audit_entry WHERE sequence > 6")
    tamper("DELETE FROM audit_binding WHERE sequence > 6")
    tamper(f"UPDATE audit_head SET sequence = 6, hash = '{sixth}'")
    assert isinstance(outcome(), End)
    assert outcome(seen=seen) == Break(7, "it is missing; the witness saw the log reach number 8")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET event = 'x' WHERE sequence = 4",
        "DELETE FROM audit_entry WHERE sequence = 9",
        "DELETE FROM audit_head",
        "UPDATE audit_head SET sequence = sequence - 1",
        "UPDATE audit_head SET hash = 'x'",
        "UPDATE audit_head SET sequence = sequence + 1, edition = edition - 1",
        "UPDATE audit_head SET sequence = sequence + 1, edition = sequence + 2",
        "INSERT INTO audit_head (id, sequence, hash, edition) VALUES (2, 0, 'x', 0)",
    ],
)
def test_the_database_itself_refuses_to_rewrite(person: User, statement: str) -> None:
    with pytest.raises(DatabaseError):
        db.session.execute(text(statement))
    db.session.rollback()


@pytest.mark.parametrize("offered", [None, "abcdefgh-12", "0123456789abcdef", "x" * 5000])
def test_i10_the_entries_of_a_request_carry_our_id_whatever_the_client_offers(
    client: FlaskClient, now: datetime, offered: str | None
) -> None:
    headers = {"X-Request-ID": offered} if offered else {}
    answer = client.post("/sign-in", data={"email": "nobody@example.org", "password": "x"}, headers=headers)
    ours = answer.headers["X-Request-ID"]
    assert set(db.session.scalars(select(AuditEntry.request))) == {ours}
    assert ours != offered


def test_ten_thousand_events_in_one_commit_take_seconds(person: User, now: datetime) -> None:
    begun = time.perf_counter()
    for _number in range(10_000):
        emit(PersonRenamed(subject=person, by=person, at=now, facts={"count": 1}))
    db.session.commit()
    assert time.perf_counter() - begun < 10
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == 10_009
    assert isinstance(outcome(), End)


def test_the_head_is_there_before_the_first_event(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/new.db")
    AuditHead.__table__.create(engine)
    with engine.connect() as connection:
        assert connection.execute(select(AuditHead.__table__)).all() == [(1, 0, "0" * 64, 0)]


def test_a_head_that_is_not_there_is_made_once(app: Flask, now: datetime) -> None:
    for statement in GUARDS["audit_head_never_goes"].drop(db.engine.dialect.name):
        db.session.execute(text(statement))
    db.session.execute(delete(AuditHead))
    emit(SignInFailed(subject=None, by=None, at=now, facts={"method": "password"}))
    db.session.commit()
    assert db.session.scalars(select(AuditHead.sequence)).all() == [1]
    for statement in GUARDS["audit_head_never_goes"].create(db.engine.dialect.name):
        db.session.execute(text(statement))
    db.session.commit()


def test_the_witness_is_signed_and_read_back(person: User, app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "witness"
    run = app.test_cli_runner().invoke
    assert run(args=["audit", "checkpoint", "--to", str(file)]).exit_code == 0
    assert run(args=["audit", "verify", "--witness", str(file)]).output.endswith(
        "Checkpoints of the witness that match: 1.\n"
    )
    line = file.read_text()
    file.write_text(line.replace(" 9 ", " 8 "))
    forged = run(args=["audit", "verify", "--witness", str(file)])
    assert forged.exit_code == 1
    assert "Line 1 of the witness was not signed" in forged.output
    file.write_text(line)
    rewrite_from(4)
    caught = run(args=["audit", "verify", "--witness", str(file)])
    assert caught.exit_code == 1
    assert "broken at entry 9" in caught.output
    assert run(args=["audit", "verify"]).exit_code == 0


def test_the_command_names_the_entry_and_exits_with_one(person: User, app: Flask) -> None:
    tamper("UPDATE audit_entry SET actor = 'U-2222-2222' WHERE sequence = 5")
    result = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert result.exit_code == 1
    assert result.output == "Error: The audit log is broken at entry 5: its hash does not match its content.\n"
    signing = app.test_cli_runner().invoke(args=["audit", "checkpoint"])
    assert signing.exit_code == 1
    assert "Nothing was signed" in signing.output


def test_facts_that_json_cannot_say_are_refused(person: User, now: datetime) -> None:
    emit(PersonRenamed(subject=person, by=person, at=now, facts={"share": float("nan")}))
    with pytest.raises(ValueError, match="not JSON compliant"):
        db.session.commit()
    db.session.rollback()
