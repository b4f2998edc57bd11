"""A challenge with a team in exploration, and one that nobody may know of."""

from datetime import datetime

import pytest
from flask import Flask

from civtech.core.db import db
from civtech.funding.models import Release
from tests.factories.stages import Funded, accepted, funded, in_force


@pytest.fixture
def world(app: Flask, now: datetime) -> Funded:
    """Three teams chosen for exploration; two have an agreement in force, one was paid £2,000."""
    world = funded(now, teams=3)
    first = in_force(world)
    in_force(world, world.teams[1])
    release = Release.propose(milestone=accepted(world, first.milestones[0]), by=world.staff, at=now)
    db.session.flush()
    release.approve(by=world.colleague, at=now)
    db.session.flush()
    release.pay(bank_reference="BACS-000042", by=world.finance, at=now)
    db.session.commit()
    return world
