"""A challenge with a team in exploration, and one that nobody may know of."""

from datetime import datetime

import pytest
from flask import Flask

from civtech.core.db import db
from civtech.funding.models import Release
from tests.world import Age, World, build
from tests.world.kept import Worlds


def chosen(at: datetime) -> World:
    """Three teams chosen for exploration; two have an agreement in force, one was paid £2,000."""
    world = build(Age.FUNDED, at, teams=3)
    first = world.in_force()
    world.in_force(world.proposals[1])
    release = Release.propose(milestone=world.accepted(first.milestones[0]), by=world.staff, at=at)
    db.session.flush()
    release.approve(by=world.colleague, at=at)
    db.session.flush()
    release.pay(bank_reference="BACS-000042", by=world.finance, at=at)
    return world


@pytest.fixture
def world(app: Flask, worlds: Worlds, now: datetime) -> World:
    return worlds(chosen)
