"""Who oversees the agreements and money of a challenge."""

import pytest

from civtech.people.models import ProgrammeRole, Scope, ScopeKind
from civtech.rights.queries import oversees
from civtech.roles.models import RoleGrant
from tests.factories.people import UserFactory
from tests.world import Age, World
from tests.world.kept import Worlds


@pytest.fixture
def world(worlds: Worlds, now) -> World:
    return worlds(Age.PUBLISHED)


@pytest.mark.parametrize("role", [ProgrammeRole.STAFF, ProgrammeRole.FINANCE, ProgrammeRole.AUDITOR])
def test_staff_finance_and_auditors_oversee_the_challenges_of_their_scope(world, role):
    here, elsewhere = UserFactory(), UserFactory()
    RoleGrant.by_operator(here, role, Scope(ScopeKind.CHALLENGE, world.challenge.reference), at=world.at)
    assert oversees(here, world.challenge)
    assert not oversees(elsewhere, world.challenge)


@pytest.mark.parametrize("role", [ProgrammeRole.JUDGE, ProgrammeRole.SECRETARY, ProgrammeRole.ADMINISTRATOR])
def test_no_other_role_oversees_money(world, role):
    person = UserFactory()
    RoleGrant.by_operator(person, role, at=world.at)
    assert not oversees(person, world.challenge)
    assert not oversees(world.author, world.challenge)
    assert not oversees(world.company_owner, world.challenge)
