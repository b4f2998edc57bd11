"""Money of one challenge, by people whose role is for that challenge or for another; in Python and in the database."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from civtech.core.db import db
from civtech.funding.models import Release, ReleaseState
from civtech.people.models import ProgrammeRole, Scope, ScopeKind
from civtech.programmes.models import Round
from civtech.roles.models import RoleGrant
from civtech.web.idempotency import new_idempotency_key
from civtech.web.seen import token
from tests.support.messages import fragment, wording
from tests.support.sql import done, refused
from tests.world import Age, World, build
from tests.world.kept import Worlds

pytestmark = pytest.mark.both_databases("guards")


def with_a_release(at: datetime) -> World:
    world = build(Age.FUNDED, at, teams=1)
    world.release(world.in_force().milestones[0])
    return world


@pytest.fixture
def world(request: pytest.FixtureRequest, worlds: Worlds, now):
    return worlds(with_a_release) if "release" in request.fixturenames else worlds(Age.FUNDED, teams=1)


@pytest.fixture
def release(world):
    return db.session.scalars(select(Release)).unique().one()


@pytest.fixture
def scopes(world):
    other = Round.create(
        name="Round A", pathway=world.challenge.round.pathway, currency="GBP", by=world.staff, at=world.at
    )
    db.session.flush()
    return {
        "challenge": Scope(ScopeKind.CHALLENGE, world.challenge.reference),
        "round": Scope(ScopeKind.ROUND, world.challenge.round.reference),
        "other": Scope(ScopeKind.ROUND, other.reference),
    }


def trusted(world, role, scope, **times):
    person = world.person("trusted")
    RoleGrant.by_operator(person, role, at=world.at - timedelta(days=20), scope=scope, **times)
    db.session.commit()
    return person


def press(client, url, **data):
    return client.post(url, data={"idempotency_key": new_idempotency_key(), **data}).status_code


@pytest.mark.parametrize(("where", "status"), [("challenge", 302), ("round", 302), ("other", 404)])
def test_a_finance_approver_of_one_challenge_approves_and_pays_its_releases_only(
    world, release, scopes, signed_in, where, status
):
    finance = signed_in(trusted(world, ProgrammeRole.FINANCE, scopes[where]))
    url = f"/releases/{release.reference}"
    waits = f"Approve or refuse release {release.reference}"
    assert (waits in finance.get("/home").text) == (status == 302)
    assert press(finance, f"{url}/approval", seen=token(list(release.binds()))) == status
    db.session.expire_all()
    assert release.state is (ReleaseState.APPROVED if status == 302 else ReleaseState.PROPOSED)


def test_staff_here_who_are_finance_elsewhere_do_not_pay_here(world, release, scopes, signed_in):
    person = trusted(world, ProgrammeRole.STAFF, scopes["challenge"])
    RoleGrant.by_operator(person, ProgrammeRole.FINANCE, at=world.at, scope=scopes["other"])
    release.approve(by=world.colleague, at=world.at)
    db.session.commit()
    assert press(signed_in(person), f"/releases/{release.reference}/payment", bank_reference="BACS-000001") == 403
    pay = "UPDATE release SET state = 'paid', paid_by_id = :who, paid_at = approved_at, bank_reference = 'BACS-000001'"
    assert wording("Only finance can mark a release as paid.") in refused(pay, who=person.id)
    assert fragment("Pay release") not in signed_in(person).get("/home").text


APPROVE = "UPDATE release SET state = 'approved', approved_by_id = :who, approved_at = proposed_at"


@pytest.mark.parametrize("where", ["challenge", "round"])
@pytest.mark.parametrize("role", [ProgrammeRole.STAFF, ProgrammeRole.FINANCE])
def test_the_database_lets_them_too(world, release, scopes, where, role):
    done(APPROVE, who=trusted(world, role, scopes[where]).id)


@pytest.mark.parametrize("role", [ProgrammeRole.STAFF, ProgrammeRole.FINANCE])
def test_the_database_refuses_a_role_for_another_round(world, release, scopes, role):
    assert wording("Only programme staff or finance can approve or refuse a release.") in refused(
        APPROVE, who=trusted(world, role, scopes["other"]).id
    )


@pytest.mark.parametrize("role", [ProgrammeRole.SECRETARY, ProgrammeRole.JUDGE, ProgrammeRole.AUDITOR])
def test_the_database_refuses_every_other_role(world, release, scopes, role):
    assert wording("Only programme staff or finance can approve or refuse a release.") in refused(
        APPROVE, who=trusted(world, role, scopes["round"]).id
    )


def test_the_database_refuses_a_role_that_is_over_or_to_come(world, release, scopes):
    later = {"starts_at": world.at + timedelta(days=1)}
    assert wording("Only programme staff or finance can approve or refuse a release.") in refused(
        APPROVE, who=trusted(world, ProgrammeRole.FINANCE, scopes["round"], **later).id
    )
    past = world.person("past")
    RoleGrant.by_operator(
        past,
        ProgrammeRole.FINANCE,
        at=world.at - timedelta(days=20),
        scope=scopes["round"],
        ends_at=release.proposed_at,
    )
    ended = world.person("ended")
    RoleGrant.by_operator(ended, ProgrammeRole.FINANCE, at=world.at - timedelta(days=20), scope=scopes["round"])
    db.session.flush()
    ended.granted_roles[0].end(by=None, at=world.at)
    db.session.flush()
    for who in (past, ended):
        assert wording("Only programme staff or finance can approve or refuse a release.") in refused(
            APPROVE, who=who.id
        )
