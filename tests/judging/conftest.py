"""What tests of judging start from."""

from datetime import datetime

import pytest
from flask import Flask

from tests.world import Age, World
from tests.world.kept import Worlds


@pytest.fixture
def world(app: Flask, worlds: Worlds, now: datetime) -> World:
    """A challenge with three opened proposals and two people ready to judge."""
    return worlds(Age.RECEIVED)
