"""What is asked, listed and taken away again and again becomes slow; what was typed is not lost."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from civtech.core import clock
from civtech.core.db import db
from civtech.core.references import new_token
from civtech.people.models import User
from tests.support.messages import wording
from tests.support.sessions import session_of
from tests.world import Age, World, build


@pytest.fixture
def world(strict: Flask, now: datetime) -> World:
    return build(Age.PUBLISHED, now)


def client_of(app: Flask, person: User) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as session:
        session.update(session_of(person.fs_uniquifier))
    return client


@pytest.mark.parametrize("path", ["/challenges", "/register"])
def test_one_network_asks_for_a_list_a_hundred_and_twenty_times_a_minute(strict: Flask, path: str) -> None:
    client = strict.test_client()
    assert [client.get(path).status_code for _ in range(121)] == [200] * 120 + [429]
    assert client.get(path, environ_base={"REMOTE_ADDR": "203.0.113.8"}).status_code == 200


def test_a_person_asks_five_questions_a_minute_and_the_sixth_is_not_lost(
    strict: Flask, world: World, now: datetime
) -> None:
    client = client_of(strict, world.stranger)
    path = f"/challenges/{world.challenge.slug}/questions/new"
    with clock.at(now):
        answers = [
            client.post(path, data={"text": f"Ключ {number}?", "idempotency_key": new_token()}) for number in range(6)
        ]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "Ключ 5?" in answers[-1].text
    assert wording("You are not locked out. Wait one minute, then try again.") in answers[-1].text
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60


def test_a_person_takes_a_receipt_away_thirty_times_a_minute(strict: Flask, world: World, now: datetime) -> None:
    receipt = f"/proposals/{world.submitted().reference}/receipt.json"
    db.session.commit()
    client = client_of(strict, world.company_owner)
    with clock.at(now):
        assert [client.get(receipt).status_code for _ in range(31)] == [200] * 30 + [429]
    assert client_of(strict, world.company_editor).get(receipt).status_code == 200
