"""What tests of judging start from."""

from datetime import datetime

import pytest
from flask import Flask

from tests.factories.judging import Judged, judged


@pytest.fixture
def world(app: Flask, now: datetime) -> Judged:
    """A challenge with three opened proposals and two people ready to judge."""
    return judged(now)
