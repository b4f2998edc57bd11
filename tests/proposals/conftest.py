"""What tests of proposals start from."""

from datetime import datetime

import pytest
from flask import Flask

from tests.factories.proposals import Open, open_challenge


@pytest.fixture
def scene(app: Flask, now: datetime) -> Open:
    """A challenge open now, with its people, and two companies that have not answered it."""
    return open_challenge(now)
