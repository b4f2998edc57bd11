"""One sponsor with its people; time stands still."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from civtech.accounts.models import User
from civtech.core.db import db
from tests.world import Age, World
from tests.world.kept import Worlds

Enter = Callable[[User], FlaskClient]


@pytest.fixture
def sponsor(app: Flask, worlds: Worlds, now: datetime) -> World:
    """A public body, its people and an open round."""
    made = worlds(Age.PREPARED)
    db.session.commit()
    return made
