"""A challenge that has got as far as money, and a member of staff who sees it as somebody else."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from civtech.people.models import ProgrammeRole, Scope, ScopeKind, User
from civtech.programmes.models import Round
from civtech.roles.models import RoleGrant
from civtech.viewing.models import SeenRole
from tests.support.client import Client
from tests.world import Age, World, build
from tests.world.kept import Worlds

SignIn = Callable[[User], FlaskClient]


def funded(at: datetime) -> World:
    """A challenge in funded work, money on its way, and another round."""
    world = build(Age.FUNDED, at, teams=2)
    world.release(world.in_force().milestones[0])
    other = Round.create(name="Round A", pathway=world.challenge.round.pathway, currency="GBP", by=world.staff, at=at)
    elsewhere = world.person("staff_elsewhere")
    RoleGrant.by_operator(elsewhere, ProgrammeRole.STAFF, at=at, scope=Scope(ScopeKind.ROUND, other.reference))
    here = world.person("staff_here")
    scope = Scope(ScopeKind.CHALLENGE, world.challenge.reference)
    RoleGrant.by_operator(here, ProgrammeRole.STAFF, at=at, scope=scope)
    return world


@pytest.fixture
def world(app: Flask, worlds: Worlds, now: datetime) -> World:
    return worlds(funded)


@pytest.fixture
def start(world: World) -> str:
    """Where one begins to see the challenge as a role."""
    return f"/challenges/{world.challenge.slug}/viewing/new"


@pytest.fixture
def page(world: World) -> str:
    return f"/challenges/{world.challenge.slug}"


@pytest.fixture
def seeing(signed_in: SignIn, world: World, start: str) -> Callable[..., Client]:
    """Makes a client of a member of staff who sees the challenge as a role."""

    def begin(role: SeenRole, who: User | None = None) -> Client:
        client = signed_in(who or world.staff_here)
        answer = client.post(start, data={"role": role.value})
        assert answer.location == start.removesuffix("/viewing/new")
        return client  # type: ignore[return-value]

    return begin
