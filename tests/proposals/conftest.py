"""What tests of proposals start from."""

from datetime import datetime

import pytest
from flask import Flask

from tests.world import Age, World
from tests.world.kept import Worlds


@pytest.fixture
def world(app: Flask, worlds: Worlds, now: datetime) -> World:
    """A challenge open now, with its people, and two companies that have not answered it."""
    return worlds(Age.PUBLISHED)
