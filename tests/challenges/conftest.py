"""One sponsor with its people; time stands still."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from civtech.people.models import User
from tests.world import Age, World
from tests.world.kept import Worlds

Enter = Callable[[User], FlaskClient]


@pytest.fixture
def world(worlds: Worlds, now: datetime) -> World:
    """A public body, its people and an open round."""
    return worlds(Age.PREPARED)
