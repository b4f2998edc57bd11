"""A challenge that has got as far as money, and a member of staff who sees it as somebody else."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from civtech.accounts.models import ProgrammeRole, Scope, ScopeKind, User
from civtech.core.db import db
from civtech.programmes.models import Round
from civtech.viewing.models import SeenRole
from tests.support.client import Client
from tests.world import Age, World
from tests.world.kept import Worlds

SignIn = Callable[[User], FlaskClient]


@pytest.fixture
def world(app: Flask, worlds: Worlds, now: datetime) -> World:
    """A challenge in funded work, money on its way, and another round."""
    world = worlds(Age.FUNDED, teams=2)
    world.release(world.in_force().milestones[0])
    other = Round.create(name="Round A", pathway=world.challenge.round.pathway, by=world.staff, at=now)
    elsewhere = world.person("staff_elsewhere")
    elsewhere.grant(ProgrammeRole.STAFF, by=None, at=now, scope=Scope(ScopeKind.ROUND, other.reference))
    here = world.person("staff_here")
    scope = Scope(ScopeKind.CHALLENGE, world.challenge.reference)
    here.grant(ProgrammeRole.STAFF, by=None, at=now, scope=scope)
    db.session.commit()
    return world


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
