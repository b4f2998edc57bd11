"""Trying to get past the rules of programme roles with plain SQL."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import bindparam, text

from civtech.core.db import UtcDateTime, db
from civtech.people.models import EVERYWHERE, ProgrammeRole, User
from civtech.roles.models import GrantState, RoleGrant
from tests.factories.people import UserFactory
from tests.support import sql
from tests.support.messages import fragment, wording

pytestmark = pytest.mark.both_databases("guards")

INSERT = (
    "INSERT INTO role_grant (reference, user_id, role, scope_kind, scope_reference, starts_at, ends_at, reason, state, "
    "asked_at, asked_by_id, decided_at, decided_by_id, version) VALUES ('K-FORGED', :user, :role, :kind, :scope, "
    ":starts, :ends, 'Forged.', :state, :asked, :asker, :decided, :decider, 1)"
)
INSTANTS = [bindparam(name, type_=UtcDateTime()) for name in ("starts", "ends", "asked", "decided")]


@dataclass
class World:
    """Two administrators, a person, and a role that one asked for them."""

    at: datetime
    first: User
    second: User
    holder: User
    stranger: User
    waiting: RoleGrant

    def granted(self) -> RoleGrant:
        self.waiting.approve(by=self.second, at=self.at)
        db.session.flush()
        return self.waiting

    def insert(self, **changes: object) -> str:
        """What the database says to a grant of its own, `changes` apart what an administrator asks for."""
        return refused(INSERT, **self.values(**changes))

    def values(self, **changes: object) -> dict[str, object]:
        return {
            "user": self.stranger.id,
            "role": "auditor",
            "kind": "programme",
            "scope": "",
            "starts": self.at,
            "ends": None,
            "state": "waiting",
            "asked": self.at,
            "asker": self.first.id,
            "decided": None,
            "decider": None,
        } | changes


def refused(statement: str, **values: object) -> str:
    instants = [bindparam(name, type_=UtcDateTime()) for name, value in values.items() if isinstance(value, datetime)]
    prepared = text(statement).bindparams(*instants)
    db.session.flush()
    with pytest.raises(sql.IntegrityError) as caught, db.session.begin_nested():
        assert db.session.execute(prepared, values).rowcount, "nothing was touched: the test proves nothing"
    return str(caught.value.orig)


@pytest.fixture
def world(app: Flask, now: datetime) -> World:
    long_ago = now - timedelta(days=30)
    first, second = (UserFactory(name=name, administrator=True, at=long_ago) for name in ("Ann One", "Ben Two"))
    holder, stranger = (UserFactory(name=name, at=long_ago) for name in ("Holly Holder", "Sam Stranger"))
    waiting = RoleGrant.ask(
        holder,
        ProgrammeRole.STAFF,
        EVERYWHERE,
        starts_at=now,
        ends_at=now + timedelta(days=10),
        reason="Needed.",
        by=first,
        at=now,
    )
    db.session.commit()
    return World(now, first, second, holder, stranger, waiting)


def test_a_grant_begins_waiting_and_is_asked_for_by_an_administrator_for_somebody_else(world: World) -> None:
    approved = {"state": "granted", "decided": world.at}
    assert wording("One administrator must ask for a role and another must approve it.") in world.insert(
        **approved, decider=world.second.id
    )
    assert wording("One administrator must ask for a role and another must approve it.") in world.insert(asker=None)
    assert wording("Only administrators can ask for a role.") in world.insert(
        asker=world.stranger.id, user=world.holder.id
    )
    assert wording("Only administrators can ask for a role.") in world.insert(asked=world.at - timedelta(days=31))
    assert "another_person" in world.insert(user=world.first.id)
    assert "ends_after" in world.insert(ends=world.at)
    assert "role_is_known" in world.insert(role="king")


def test_a_scope_is_a_thing_that_is_there(world: World) -> None:
    assert wording("This round does not exist.") in world.insert(kind="round", scope="R-NONE")
    assert wording("This challenge does not exist.") in world.insert(kind="challenge", scope="C-NONE")
    assert "scope_has_a_reference" in world.insert(kind="programme", scope="R-NONE")
    assert wording("This round does not exist.") in world.insert(kind="round", scope="")
    assert "scope_kind_is_known" in world.insert(kind="panel", scope="J-NONE")


def test_an_administrator_whose_role_is_over_asks_for_nothing(world: World) -> None:
    sql.done("UPDATE role_grant SET state = 'ended', ended_at = asked_at WHERE user_id = :who", who=world.first.id)
    assert wording("Only administrators can ask for a role.") in world.insert()


def approve(world: World, by: User | None, *, at: datetime | None = None, state: str = "granted") -> str:
    statement = "UPDATE role_grant SET state = :state, decided_at = :at, decided_by_id = :by WHERE id = :grant"
    return refused(statement, state=state, at=at or world.at, by=by.id if by else None, grant=world.waiting.id)


def test_only_a_third_person_who_is_an_administrator_decides(world: World) -> None:
    RoleGrant.by_operator(world.holder, ProgrammeRole.ADMINISTRATOR, at=world.at - timedelta(days=1))
    for state in ("granted", "refused"):
        assert "third_person" in approve(world, world.first, state=state)
        assert "third_person" in approve(world, world.holder, state=state)
        assert wording("Only another administrator can approve or refuse a role.") in approve(
            world, world.stranger, state=state
        )
        assert wording("Only another administrator can approve or refuse a role.") in approve(world, None, state=state)
        assert wording("Only another administrator can approve or refuse a role.") in approve(
            world, world.second, at=world.at - timedelta(days=60), state=state
        )
    assert wording("This role has expired.") in approve(world, world.second, at=world.at + timedelta(days=10))


def test_an_administrator_for_later_or_until_yesterday_decides_nothing(world: World) -> None:
    late = UserFactory(name="Lena Late", at=world.at - timedelta(days=30))
    RoleGrant.by_operator(late, ProgrammeRole.ADMINISTRATOR, at=world.at, starts_at=world.at + timedelta(days=1))
    past = UserFactory(name="Paul Past", at=world.at - timedelta(days=30))
    RoleGrant.by_operator(past, ProgrammeRole.ADMINISTRATOR, at=world.at - timedelta(days=9), ends_at=world.at)
    for who in (late, past):
        assert wording("Only another administrator can approve or refuse a role.") in approve(world, who)


@pytest.mark.parametrize(
    "change",
    [
        "reference = 'K-FORGED'",
        "user_id = (SELECT MAX(id) FROM person)",
        "role = 'auditor'",
        "scope_kind = 'round', scope_reference = 'R-FORGED'",
        "starts_at = (SELECT MIN(asked_at) FROM role_grant)",
        "ends_at = NULL",
        "asked_at = (SELECT MIN(asked_at) FROM role_grant)",
        "asked_by_id = NULL",
        "asked_by_id = (SELECT MAX(id) FROM person)",
        "reason = 'Forged.'",
    ],
)
def test_a_grant_stays_as_it_was_asked_for(world: World, change: str) -> None:
    for grant in (world.waiting, world.granted()):
        assert fragment("cannot be changed") in refused(
            f"UPDATE role_grant SET {change} WHERE id = :grant", grant=grant.id
        )
    sql.done("UPDATE role_grant SET reason = '' WHERE id = :grant", grant=grant.id)


@pytest.mark.parametrize(
    "change",
    [
        "decided_at = (SELECT MIN(asked_at) FROM role_grant)",
        "decided_by_id = (SELECT MAX(id) FROM person)",
        "message = 'Forged.'",
    ],
)
def test_who_decided_stays_written(world: World, change: str) -> None:
    granted = world.granted()
    assert fragment("cannot be changed") in refused(
        f"UPDATE role_grant SET {change} WHERE id = :grant", grant=granted.id
    )
    ending = f"UPDATE role_grant SET state = 'ended', ended_at = decided_at, {change} WHERE id = :grant"
    assert fragment("cannot be changed") in refused(ending, grant=granted.id)


def test_what_is_over_stays_over(world: World) -> None:
    granted = world.granted()
    granted.end(by=world.first, at=world.at)
    db.session.flush()
    for change in ("state = 'granted', ended_at = NULL, ended_by_id = NULL", "state = 'waiting'"):
        said = refused(f"UPDATE role_grant SET {change} WHERE id = :grant", grant=granted.id)
        assert fragment("You cannot undo") in said or fragment("cannot be changed") in said
    for change in ("ended_at = (SELECT MIN(asked_at) FROM role_grant)", "ended_by_id = NULL"):
        assert fragment("cannot be changed") in refused(
            f"UPDATE role_grant SET {change} WHERE id = :grant", grant=granted.id
        )
    assert fragment("We keep a record") in refused("DELETE FROM role_grant WHERE id = :grant", grant=granted.id)


@pytest.mark.parametrize(
    ("change", "granted"),
    [
        ("state = 'refused'", True),
        ("state = 'withdrawn', ended_at = asked_at", True),
        ("state = 'waiting'", True),
        ("state = 'ended', ended_at = asked_at", False),
    ],
)
def test_no_step_is_left_out(world: World, change: str, granted: bool) -> None:
    grant = world.granted() if granted else world.waiting
    said = refused(f"UPDATE role_grant SET {change} WHERE id = :grant", grant=grant.id)
    assert fragment("in that order") in said or fragment("role cannot be changed") in said


def test_only_who_asked_takes_a_request_back(world: World) -> None:
    statement = "UPDATE role_grant SET state = 'withdrawn', ended_at = asked_at, ended_by_id = :who WHERE id = :grant"
    for who in (world.second.id, world.holder.id, None):
        assert wording("Only the person who asked for a role can withdraw the request.") in refused(
            statement, who=who, grant=world.waiting.id
        )
    sql.done(statement, who=world.first.id, grant=world.waiting.id)


def test_only_an_administrator_or_the_holder_ends_a_role(world: World) -> None:
    granted = world.granted()
    statement = "UPDATE role_grant SET state = 'ended', ended_at = decided_at, ended_by_id = :who WHERE id = :grant"
    assert wording("Only an administrator, or the person who has the role, can end it.") in refused(
        statement, who=world.stranger.id, grant=granted.id
    )
    sql.done(statement, who=world.holder.id, grant=granted.id)


def test_the_last_administrator_stays(world: World) -> None:
    end = "UPDATE role_grant SET state = 'ended', ended_at = :at WHERE user_id = :who AND role = 'administrator'"
    sql.done("UPDATE person SET active = false WHERE id = :who", who=world.second.id)
    assert wording(
        "The service must have at least one administrator. Grant the role to someone else first."
    ) in refused(end, who=world.first.id, at=world.at)
    sql.done("UPDATE person SET active = true WHERE id = :who", who=world.second.id)
    db.session.execute(
        text(end).bindparams(bindparam("at", type_=UtcDateTime())), {"who": world.first.id, "at": world.at}
    )
    assert wording(
        "The service must have at least one administrator. Grant the role to someone else first."
    ) in refused(end, who=world.second.id, at=world.at)


def test_a_role_does_not_end_before_it_was_granted(world: World) -> None:
    end = "UPDATE role_grant SET state = 'ended', ended_at = :at WHERE role = 'administrator'"
    assert wording("A role cannot end before it was granted.") in refused(end, at=world.at - timedelta(days=4000))


def test_nobody_has_the_same_role_twice_at_a_time(world: World) -> None:
    again = {"user": world.holder.id, "role": "staff"}
    assert wording("This person already has this role, or someone has already asked for it.") in world.insert(**again)
    assert wording("This person already has this role, or someone has already asked for it.") in world.insert(
        **again, starts=world.at + timedelta(days=9)
    )
    world.granted()
    assert wording("This person already has this role, or someone has already asked for it.") in world.insert(**again)
    later = RoleGrant.ask(
        world.holder,
        ProgrammeRole.STAFF,
        EVERYWHERE,
        starts_at=world.at + timedelta(days=10),
        ends_at=None,
        reason="Once more.",
        by=world.first,
        at=world.at,
    )
    db.session.flush()
    assert later.state is GrantState.WAITING


def test_of_two_that_were_asked_for_at_once_one_is_approved(world: World) -> None:
    with sql.without("role_grant_is_not_doubled_on_insert"):
        second = world.values(user=world.holder.id, role="staff")
        db.session.execute(text(INSERT).bindparams(*INSTANTS), second)
    world.granted()
    statement = "UPDATE role_grant SET state = 'granted', decided_at = asked_at, decided_by_id = :by "
    said = refused(f"{statement} WHERE reference = 'K-FORGED'", by=world.second.id)
    assert wording("This person already has this role, or someone has already asked for it.") in said
