"""Trying to get past the rules of seeing as another role with plain SQL."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from civtech.core.db import db
from civtech.people.models import BrowserSession, User
from civtech.viewing.models import SeenRole, Viewing, viewing_of
from tests.support import sql
from tests.support.messages import fragment
from tests.world import World

pytestmark = pytest.mark.both_databases("guards")

INSERT = (
    "INSERT INTO viewing (browser_session_id, challenge_id, role, begun_at) "
    "SELECT :session, :challenge, :role, begun_at FROM browser_session WHERE id = :session"
)


def session_of(world: World, person: User) -> BrowserSession:
    begun = BrowserSession.begin(
        person, secret=person.reference, browser="", at=world.at + timedelta(minutes=1), with_second_factor=True
    )
    db.session.flush()
    return begun


def insert(world: World, session: BrowserSession, role: str = "public") -> dict[str, object]:
    return {"session": session.id, "challenge": world.challenge.id, "role": role}


@pytest.mark.parametrize("who", ["staff_elsewhere", "finance", "auditor", "company_owner", "stranger"])
def test_only_staff_of_the_challenge_begin(world: World, who: str) -> None:
    values = insert(world, session_of(world, world.people[who]))
    assert fragment("Only programme staff for a challenge") in sql.refused(INSERT, **values)


@pytest.mark.parametrize("who", ["staff", "staff_here"])
def test_staff_begin_once_in_a_browser(world: World, who: str) -> None:
    values = insert(world, session_of(world, world.people[who]))
    sql.done(INSERT, **values)
    assert "unique" in sql.refused(INSERT, **values).lower()


def test_nobody_begins_in_a_browser_that_is_signed_out(world: World) -> None:
    session = session_of(world, world.staff)
    session.ended_at = session.begun_at
    assert fragment("This browser is no longer signed in.") in sql.refused(INSERT, **insert(world, session))


def test_only_known_roles(world: World) -> None:
    values = insert(world, session_of(world, world.staff), "administrator")
    assert "role_is_known" in sql.refused(INSERT, **values)


def test_what_was_seen_stays_written_and_stays_ended(world: World) -> None:
    session = session_of(world, world.staff)
    viewing = Viewing.begin(
        session=session, challenge=world.challenge, role=SeenRole.JUDGE, by=world.staff, at=world.at
    )
    db.session.flush()
    other = session_of(world, world.staff_here)
    for change in ("role = 'auditor'", "challenge_id = challenge_id + 1", f"browser_session_id = {other.id}"):
        assert "cannot be changed" in sql.refused(f"UPDATE viewing SET {change}")
    assert "ends_after_it_began" in sql.refused("UPDATE viewing SET ended_at = '1999-01-01 00:00:00+00:00'")
    viewing.end(by=world.staff, at=world.at)
    assert "cannot be changed" in sql.refused("UPDATE viewing SET ended_at = NULL")


def test_a_viewing_goes_with_its_session(world: World) -> None:
    session = session_of(world, world.staff)
    Viewing.begin(session=session, challenge=world.challenge, role=SeenRole.JUDGE, by=world.staff, at=world.at)
    sql.done("DELETE FROM browser_session WHERE id = :id", id=session.id)
    assert db.session.scalars(select(Viewing)).all() == []


def test_another_one_in_the_same_browser_ends_the_one_before(world: World) -> None:
    session = session_of(world, world.staff)
    for role, minutes in ((SeenRole.JUDGE, 0), (SeenRole.AUDITOR, 60)):
        Viewing.begin(
            session=session,
            challenge=world.challenge,
            role=role,
            by=world.staff,
            at=world.at + timedelta(minutes=minutes),
        )
        db.session.flush()
        db.session.expire(session)
    first, second = db.session.scalars(select(Viewing).order_by(Viewing.id))
    assert first.ended_at == first.ends_at
    assert (second.ended_at, viewing_of(session)) == (None, second)
