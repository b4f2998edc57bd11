"""Fault I2: what was erased is no fault of the log, its digest gives nothing away, and nothing else looks erased."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from civtech.core.db import db, unit_of_work
from civtech.core.deciding import DECIDING
from civtech.oversight import whole
from civtech.oversight.binding import columns_of
from civtech.oversight.models import AuditEntry, Binding
from civtech.people.models import User
from civtech.privacy import retention
from civtech.privacy.models import Erasure, ErasureGround
from civtech.privacy.retention import Years
from tests.faults.tampering import past_the_guards
from tests.world.world import World

pytestmark = pytest.mark.both_databases("guards", "types")
YEARS: Years = {"account": 1, "unsuccessful": 1, "funded": 6, "official": 6, "traces": 1}


def erase(person: User, at: datetime) -> str:
    reference = person.reference
    with unit_of_work():
        Erasure.carry_out(person, ground=ErasureGround.OPERATOR, by=None, at=at)
    return reference


def test_what_was_erased_is_listed_with_the_reference_of_the_erasure(
    app: Flask, world: World, loner: User, now: datetime
) -> None:
    reference = erase(loner, now)
    result = whole.check()
    assert result.first_fault is None
    assert {"person", "organisation", "invitation", "passkey", "proposal"} <= {erased.kind for erased in result.erased}
    assert {erased.subject for erased in result.erased} == {reference}
    said = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert said.exit_code == 0
    entry = db.session.scalars(select(AuditEntry.sequence).where(AuditEntry.event == "PersonErased")).one()
    assert f"Erased by entry {entry} ({reference}): 1 of person." in said.output


def test_old_data_swept_is_no_fault_either(world: World, now: datetime) -> None:
    with unit_of_work():
        retention.apply(YEARS, now + timedelta(days=3 * 365))
    assert whole.check().first_fault is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE person SET name = 'Erased person', email = 'erased-' || lower(reference) || '@invalid', active = {no}, "
        "password = NULL, confirmed_at = NULL WHERE name = 'Lou Löner'",
        "UPDATE invitation SET email = 'erased-' || lower(reference) || '@invalid', confirmed_because = '' "
        "WHERE email LIKE 'loner%'",
        "DELETE FROM passkey WHERE name = 'CANARY-passkey'",
    ],
)
def test_what_only_looks_erased_is_a_fault(world: World, loner: User, statement: str) -> None:
    with past_the_guards() as connection:
        no = "false" if connection.dialect.name == "postgresql" else "0"
        assert connection.execute(text(statement.format(no=no))).rowcount == 1
    assert len(whole.check().altered) == 1


def test_what_comes_back_after_an_erasure_is_a_fault(world: World, loner: User, now: datetime) -> None:
    numbers, number_of_loner = [loner.passkeys[0].id], loner.id
    with past_the_guards() as connection:
        connection.exec_driver_sql("CREATE TABLE saved AS SELECT * FROM passkey")
    erase(db.session.get(User, number_of_loner), now)
    with past_the_guards() as connection:
        connection.exec_driver_sql("INSERT INTO passkey SELECT * FROM saved")
        connection.exec_driver_sql("DROP TABLE saved")
    (altered,) = whole.check().altered
    assert [altered.number] == numbers
    assert altered.why.startswith("it is there, although entry")


def test_no_digest_of_what_was_erased_can_be_tried_out(world: World, loner: User, now: datetime) -> None:
    number, name = loner.id, loner.name
    before = db.session.get(Binding, (User.__tablename__, number, _latest(number).sequence))
    digests, salt = dict(before.columns or {}), before.salt
    assert columns_of({"name": name}, str(salt))["name"] == digests["name"], "the name was bound, with its salt"
    erase(loner, now)
    db.session.expire_all()
    kept = db.session.scalars(select(Binding).order_by(Binding.sequence)).all()
    latest = {(row.kind, row.number): row.sequence for row in kept}
    assert all(row.salt is None for row in kept if row.sequence < latest[row.kind, row.number])
    assert salt not in {row.salt for row in kept}
    assert {row.kind for row in kept} <= set(DECIDING)


def _latest(number: int) -> Binding:
    query = select(Binding).where(Binding.kind == User.__tablename__, Binding.number == number)
    return db.session.scalars(query.order_by(Binding.sequence.desc())).first()
