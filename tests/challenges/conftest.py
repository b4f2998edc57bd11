"""One sponsor with its people; time stands still."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from civtech.accounts.models import User
from civtech.core.db import db
from tests.factories.challenges import Sponsor

Enter = Callable[[User], FlaskClient]


@pytest.fixture
def sponsor(app: Flask, now: datetime) -> Sponsor:
    """A public body, its people and an open round."""
    made = Sponsor.create(now)
    db.session.commit()
    return made
