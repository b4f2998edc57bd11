"""A seat on a panel asks for a second factor."""

from datetime import datetime, timedelta

from flask.testing import FlaskClient
from flask_security import hash_password

from civtech.core.db import db
from tests.world import Age
from tests.world.kept import Worlds

PASSWORD = "three green boats sing"


def test_a_judge_gets_no_further_than_the_account_with_a_password_alone(
    worlds: Worlds, client: FlaskClient, now: datetime
) -> None:
    world = worlds(Age.RECEIVED)
    judge = world.judges[0]
    judge.password = hash_password(PASSWORD)
    db.session.commit()
    entry = {"email": judge.email, "password": PASSWORD}
    client.post("/sign-in", data=entry)
    assert client.get("/judging").status_code == 200, "no seat yet"
    world.convene(judges=[judge], due_at=now + timedelta(days=3))
    db.session.commit()
    assert client.get("/judging").location == "/account/protection?next=/judging"
    assert client.get("/account").status_code == 200
