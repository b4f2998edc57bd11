"""The way in without a password exists in a demonstration only."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from civtech import create_app
from civtech.accounts.models import Organisation, OrganisationKind, ProgrammeRole, User
from civtech.core import clock
from civtech.core.db import db, unit_of_work
from tests.support.client import Client, settings_for


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Flask]:
    """A demonstration of its own, with staff, a judge, an applicant and somebody real."""
    app = create_app(settings_for(f"sqlite:///{tmp_path}/demo.db", tmp_path, CIVTECH_DEMO="1"))
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = Client
    with app.app_context():
        db.create_all()
        with unit_of_work():
            at = clock.now()
            staff = User.register(name="Sam Staff", email="staff@demo.civtech.example", confirmed_at=at, at=at)
            staff.grant(ProgrammeRole.STAFF, by=None, at=at)
            User.register(name="Jo Judge", email="judge.jo@demo.civtech.example", confirmed_at=at, at=at)
            owner = User.register(name="Olive Owner", email="olive@demo.civtech.example", confirmed_at=at, at=at)
            Organisation.create(kind=OrganisationKind.COMPANY, legal_name="Kelp Ltd", by=owner, at=at)
            User.register(name="Real Person", email="real@example.org", confirmed_at=at, at=at)
            User.register(name="Una Unconfirmed", email="una@demo.civtech.example", at=at)
        yield app
        db.session.remove()
        db.engine.dispose()


def reference(email: str) -> str:
    return db.session.query(User.reference).filter_by(email=email).scalar() or ""


def test_without_the_flag_there_is_no_such_address(app: Flask) -> None:
    assert not [rule for rule in app.url_map.iter_rules() if "demo" in rule.rule]
    assert app.test_client().get("/demo").status_code == 404
    assert app.test_client().post("/demo/session", data={"person": "x"}).status_code == 404


def test_invented_people_stand_by_role(demo: Flask) -> None:
    page = demo.test_client().get("/demo").text
    places = [
        page.index(words)
        for words in ("Programme staff</h2>", "Sam Staff", "Judges</h2>", "Jo Judge", "Applicants</h2>", "Olive Owner")
    ]
    assert places == sorted(places)
    assert "Kelp Ltd" in page
    assert "dministrator" not in page
    assert "Real Person" not in page


def test_one_press_signs_in_and_another_changes_the_person(demo: Flask) -> None:
    client = demo.test_client()
    for email, name in (("staff@demo.civtech.example", "Sam Staff"), ("olive@demo.civtech.example", "Olive Owner")):
        assert client.post("/demo/session", data={"person": reference(email)}).location == "/home"
        assert name in client.get("/account").text


def test_nobody_real_can_be_entered(demo: Flask) -> None:
    for wrong in (reference("real@example.org"), "", "U-0000-0000"):
        assert demo.test_client().post("/demo/session", data={"person": wrong}).status_code == 404


def test_nobody_unconfirmed_can_be_entered_not_even_with_an_address_of_the_demonstration(demo: Flask) -> None:
    client = demo.test_client()
    assert "Una" not in client.get("/demo").text
    assert client.post("/demo/session", data={"person": reference("una@demo.civtech.example")}).status_code == 404


def test_a_demonstration_asks_for_confirmation_too_and_says_where_its_mails_are(demo: Flask) -> None:
    client = demo.test_client()
    answer = client.post(
        "/sign-up", data={"name": "New One", "email": "new@example.org", "password": "three green boats sing"}
    )
    assert answer.location == "/check-your-mail"
    assert f"each is a file in {demo.config['MAIL_URL'].removeprefix('file://')}." in client.get(answer.location).text
    assert client.get("/home").status_code == 302
