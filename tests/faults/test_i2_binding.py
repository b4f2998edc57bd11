"""Fault I2: nothing that decides changes without an entry, and digests last as long as the record."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, text, update

from civtech.challenges.models import Challenge
from civtech.core import deciding
from civtech.core.db import db
from civtech.core.deciding import DECIDING
from civtech.organisations.models import Membership, Organisation
from civtech.oversight import rebinding, whole
from civtech.oversight.binding import stored_columns
from civtech.oversight.chain import NotRecorded
from civtech.oversight.models import AuditEntry, Binding
from civtech.people.models import User
from civtech.privacy.models import Hold
from civtech.programmes.models import Round
from civtech.proposals.models import Proposal, Submission
from tests.faults.tampering import past_the_guards
from tests.support.loading import as_the_application
from tests.support.sql import refused
from tests.world.ages import Age
from tests.world.world import World

pytestmark = pytest.mark.both_databases("guards", "types")
Worlds = Callable[[Age], World]


def test_a_row_changed_without_an_event_is_not_committed(worlds: Worlds) -> None:
    world = worlds(Age.PUBLISHED)
    before = world.company.about
    world.company.about = "Unrecorded"
    with as_the_application(), pytest.raises(NotRecorded, match=r"was changed without an event: .* about"):
        db.session.commit()
    db.session.rollback()
    assert db.session.scalar(select(Organisation.about).where(Organisation.id == world.company.id)) == before


def test_a_row_changed_by_a_statement_without_an_event_is_not_committed(worlds: Worlds) -> None:
    worlds(Age.PUBLISHED)
    db.session.execute(update(Organisation).values(about="Unrecorded"))
    with as_the_application(), pytest.raises(NotRecorded):
        db.session.commit()
    db.session.rollback()


def test_rows_deleted_by_a_statement_without_an_event_are_not_committed(worlds: Worlds) -> None:
    worlds(Age.PUBLISHED)
    with past_the_guards() as connection:
        connection.exec_driver_sql("SELECT 1")
        kind = connection.dialect.name
    db.session.execute(text("DROP TRIGGER membership_never_goes" + (" ON membership" if kind != "sqlite" else "")))
    db.session.execute(delete(Membership).where(Membership.role == "viewer"))
    with as_the_application(), pytest.raises(NotRecorded, match="is gone"):
        db.session.commit()
    db.session.rollback()


def test_many_rows_are_not_added_by_a_statement(worlds: Worlds) -> None:
    worlds(Age.PUBLISHED)
    with as_the_application(), pytest.raises(TypeError, match="as objects"):
        db.session.execute(insert(Round), [{"name": "Another"}])
    db.session.rollback()


def test_a_row_written_as_it_was_needs_no_event(worlds: Worlds) -> None:
    world = worlds(Age.PUBLISHED)
    db.session.execute(
        update(Organisation).where(Organisation.id == world.company.id).values(about=world.company.about)
    )
    with as_the_application():
        db.session.commit()
    assert whole.check().first_fault is None


def test_a_column_that_does_not_count_needs_no_event(worlds: Worlds) -> None:
    world = worlds(Age.PUBLISHED)
    assert world.staff.use_code(5)
    with as_the_application():
        db.session.commit()
    assert whole.check().first_fault is None


def test_the_entry_about_a_row_binds_it_and_what_belongs_to_it(worlds: Worlds, now: datetime) -> None:
    world = worlds(Age.PUBLISHED)
    proposal = world.submitted(world.company)
    db.session.commit()
    entry = db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.event == "ProposalSubmitted", AuditEntry.subject == proposal.reference)
        .order_by(AuditEntry.sequence.desc())
    ).first()
    bound = db.session.execute(select(Binding.kind, Binding.number).where(Binding.sequence == entry.sequence)).all()
    submission = db.session.scalars(select(Submission.id).where(Submission.proposal_id == proposal.id)).one()
    assert {(Proposal.__tablename__, proposal.id), (Submission.__tablename__, submission)} <= set(map(tuple, bound))


def test_the_same_row_is_spelled_the_same_on_every_database(worlds: Worlds) -> None:
    """The literal text: one instant, one state, one number and JSON as they were."""
    world = worlds(Age.RECEIVED)
    connection = db.session.connection()
    kinds = {name: kind for name, kind in DECIDING.items() if name in {"challenge", "submission", "person"}}
    spelled = {
        name: dict(zip(kind.columns, connection.execute(_spelled(kind, connection.dialect.name)).first(), strict=True))
        for name, kind in kinds.items()
    }
    closes = db.session.scalar(select(Challenge.closes_at).where(Challenge.id == world.challenge.id))
    assert spelled["challenge"]["closes_at"] == closes.strftime("%Y-%m-%d %H:%M:%S.%f")
    assert spelled["challenge"]["state"] == "published"
    assert spelled["person"]["active"] == 1
    assert spelled["submission"]["number"] == 1
    assert spelled["submission"]["content"].startswith("{")
    assert not any(
        isinstance(value, bool | bytes | dict | datetime) for row in spelled.values() for value in row.values()
    )


def _spelled(kind: deciding.Deciding, dialect: str) -> object:
    return select(*stored_columns(kind, dialect)).order_by(kind.table.c.id)


def test_what_an_upgrade_adds_is_bound_again_and_nothing_else(
    worlds: Worlds, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = worlds(Age.PUBLISHED)
    number = world.company.id
    older = deciding.Deciding(DECIDING["organisation"].table, {"about": "Not yet there."}, None, written_with=False)
    newer = DECIDING["organisation"]
    monkeypatch.setitem(DECIDING, "organisation", older)
    world.company.about = "What we do"
    db.session.flush()
    deciding.touch(db.session(), {("organisation", world.company.id)})
    world.staff.rename("Sorcha Again", by=world.staff, at=now)
    db.session.commit()
    monkeypatch.setitem(DECIDING, "organisation", newer)
    assert "about" in str(whole.check().first_fault)
    assert rebinding.bind(now) == {"organisation": 1}
    assert whole.check().first_fault is None
    with past_the_guards() as connection:
        connection.exec_driver_sql(f"UPDATE organisation SET legal_name = 'X' WHERE id = {number}")
    with pytest.raises(rebinding.Refused, match="legal_name"):
        rebinding.bind(now)


def test_a_forged_row_is_not_bound_by_an_upgrade(worlds: Worlds, now: datetime) -> None:
    worlds(Age.PUBLISHED)
    with past_the_guards() as connection:
        connection.exec_driver_sql(
            "INSERT INTO membership (id, user_id, organisation_id, role, since) "
            "SELECT 9999, user_id, organisation_id, 'viewer', since FROM membership WHERE id = 1"
        )
    with pytest.raises(rebinding.Refused, match="membership number 9999"):
        rebinding.bind(now)


def test_rows_of_a_kind_that_never_counted_are_bound_once(
    worlds: Worlds, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = worlds(Age.PUBLISHED)
    kind = DECIDING["hold"]
    with monkeypatch.context() as older:
        older.delitem(DECIDING, "hold")
        Hold.place(world.stranger, reason="A request", ends_at=now + timedelta(days=9), by=world.staff, at=now)
        db.session.commit()
    assert DECIDING["hold"] is kind
    assert whole.check().first_fault is not None
    assert rebinding.bind(now) == {"hold": 1}
    assert rebinding.bind(now) == {}
    assert whole.check().first_fault is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_binding SET digest = 'f' WHERE kind = 'challenge'",
        "UPDATE audit_binding SET columns = '{}' WHERE kind = 'challenge'",
        "UPDATE audit_binding SET number = number + 1000 WHERE kind = 'challenge'",
        "DELETE FROM audit_binding WHERE kind = 'challenge'",
        "INSERT INTO audit_binding (kind, number, sequence) SELECT kind, number, 99999 FROM audit_binding "
        "WHERE kind = 'challenge' AND sequence = (SELECT MAX(sequence) FROM audit_binding WHERE kind = 'challenge')",
    ],
)
def test_a_changed_digest_breaks_the_chain(worlds: Worlds, statement: str) -> None:
    worlds(Age.PUBLISHED)
    with past_the_guards() as connection:
        assert connection.exec_driver_sql(statement).rowcount
    assert "digests of" in str(whole.check().broken)


def test_an_earlier_state_with_its_digest_cannot_be_put_back(worlds: Worlds, now: datetime) -> None:
    """Someone who kept a backup restores the row and its salt. The newest entry about it still counts."""
    world = worlds(Age.PUBLISHED)
    person = world.staff
    before = db.session.execute(
        select(User.name, Binding.salt, Binding.sequence)
        .join(Binding, (Binding.kind == "person") & (Binding.number == User.id))
        .where(User.id == person.id, Binding.salt.is_not(None))
    ).one()
    person.rename("Someone Else", by=person, at=now)
    db.session.commit()
    number = person.id
    with past_the_guards() as connection:
        connection.exec_driver_sql(f"UPDATE person SET name = '{before.name}' WHERE id = {number}")
        connection.exec_driver_sql(f"UPDATE audit_binding SET salt = NULL WHERE kind = 'person' AND number = {number}")
        connection.exec_driver_sql(
            f"UPDATE audit_binding SET salt = '{before.salt}' WHERE kind = 'person' AND number = {number} "
            f"AND sequence = {before.sequence}"
        )
    assert [altered.kind for altered in whole.check().altered] == ["person"]


def test_the_database_refuses_to_change_a_binding(worlds: Worlds, app: Flask) -> None:
    worlds(Age.PUBLISHED)
    for statement in (
        "UPDATE audit_binding SET digest = 'x' WHERE kind = 'person'",
        "UPDATE audit_binding SET salt = 'x' WHERE kind = 'person'",
        "DELETE FROM audit_binding WHERE kind = 'person'",
    ):
        assert "cannot be changed or deleted" in refused(statement)
