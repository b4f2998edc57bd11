"""Two administrators at once: one wins, and somebody stays to administer. On both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from civtech.core.db import db
from civtech.people.models import EVERYWHERE, ProgrammeRole
from civtech.roles.models import GrantState, RoleGrant
from civtech.roles.models.bound import granted
from civtech.roles.models.role_grant import in_force
from civtech.web.idempotency import new_idempotency_key
from civtech.web.seen import token
from tests.factories.people import UserFactory
from tests.funding import racing
from tests.support.sessions import session_of
from tests.world import Age
from tests.world.kept import Worlds

pytestmark = pytest.mark.both_databases("locks")


def by(who, url, **data):
    session_of(who.fs_uniquifier)
    return (who.fs_uniquifier, url, {"idempotency_key": new_idempotency_key(), **data})


def administrators(now, number):
    long_ago = now - timedelta(days=30)
    return [UserFactory(name=f"Admin {place}", administrator=True, at=long_ago) for place in range(number)]


def asked(now, asker):
    holder = UserFactory(name="Holly Holder", at=now)
    grant = RoleGrant.ask(
        holder, ProgrammeRole.STAFF, EVERYWHERE, starts_at=now, ends_at=None, reason="x", by=asker, at=now
    )
    settle()
    return grant


def settle():
    db.session.commit()
    db.session.expire_all()


def test_two_administrators_approve_at_once(app, now):
    first, second, third = administrators(now, 3)
    grant = asked(now, first)
    url, seen = f"/roles/{grant.reference}/approval", token(granted(grant, "", reason=True))
    assert racing.in_threads(app, by(second, url, seen=seen), by(third, url, seen=seen)) == [302, 409]
    settle()
    assert grant.state is GrantState.GRANTED


def test_one_approves_and_another_refuses(app, now):
    first, second, third = administrators(now, 3)
    grant = asked(now, first)
    url, seen = f"/roles/{grant.reference}", token(granted(grant, "", reason=True))
    presses = by(second, f"{url}/approval", seen=seen), by(third, f"{url}/refusal", message="No.", seen=seen)
    assert racing.in_threads(app, *presses) == [302, 409]
    settle()
    assert (grant.state is GrantState.REFUSED) == (grant.message == "No.")


def test_two_administrators_end_each_other_and_one_stays(app, now):
    first, second = administrators(now, 2)
    settle()
    urls = [f"/roles/{who.granted_roles[0].reference}/end" for who in (first, second)]
    statuses = racing.in_threads(app, by(first, urls[1]), by(second, urls[0]))
    assert statuses[0] == 302
    assert statuses[1] in {403, 404, 409, 422}
    settle()
    left = select(RoleGrant.id).where(RoleGrant.role == ProgrammeRole.ADMINISTRATOR, in_force(now))
    assert len(db.session.scalars(left).all()) == 1


def test_two_administrators_give_up_at_once_and_one_stays(app, now):
    first, second = administrators(now, 2)
    settle()
    presses = [by(who, f"/roles/{who.granted_roles[0].reference}/end") for who in (first, second)]
    assert racing.in_threads(app, *presses) == [302, 422]


def test_a_role_is_ended_while_its_holder_presses(worlds: Worlds, app, now):
    world = worlds(Age.FUNDED, teams=1)
    (administrator,) = administrators(now, 1)
    release = world.release(world.in_force().milestones[0])
    grant = world.finance.granted_roles[0]
    settle()
    approval = by(world.finance, f"/releases/{release.reference}/approval", seen=token(list(release.binds())))
    statuses = racing.in_threads(app, approval, by(administrator, f"/roles/{grant.reference}/end"))
    assert statuses in ([302, 302], [302, 404], [302, 409])
    settle()
    assert grant.state is GrantState.ENDED
    assert (release.approved_by_id == world.finance.id) == (statuses == [302, 302])
