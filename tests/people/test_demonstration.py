"""The way in without a password exists in a demonstration only."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from civtech import create_app
from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.organisations.models import Organisation, OrganisationKind
from civtech.people.models import ProgrammeRole, User
from civtech.roles.models import RoleGrant
from civtech.web.starting import refuse_bad_start
from config import ROOT, SECRETS, Misconfigured
from tests.support.client import Client, settings_for
from tests.support.databases import States, left_at_the_end
from tests.support.messages import fragment


@pytest.fixture(scope="module")
def demonstrating(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, States]]:
    """A demonstration of its own, with staff, a judge, an applicant and somebody real."""
    folder = tmp_path_factory.mktemp("demonstration")
    app = create_app(settings_for(f"sqlite:///{folder}/demo.db", folder, CIVTECH_DEMO="1"))
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = Client
    states = States(app)
    with app.app_context():
        with unit_of_work():
            at = clock.now()
            staff = User.register(name="Sam Staff", email="staff@demo.civtech.example", confirmed_at=at, at=at)
            RoleGrant.by_operator(staff, ProgrammeRole.STAFF, at=at)
            User.register(name="Jo Judge", email="judge.jo@demo.civtech.example", confirmed_at=at, at=at)
            owner = User.register(name="Olive Owner", email="olive@demo.civtech.example", confirmed_at=at, at=at)
            Organisation.create(kind=OrganisationKind.COMPANY, legal_name="Kelp Ltd", by=owner, at=at)
            User.register(name="Real Person", email="real@example.org", confirmed_at=at, at=at)
            User.register(name="Una Unconfirmed", email="una@demo.civtech.example", at=at)
        states.keep("people")
    with left_at_the_end(app):
        yield app, states


@pytest.fixture
def demo(demonstrating: tuple[Flask, States]) -> Iterator[Flask]:
    app, states = demonstrating
    with app.app_context():
        states.put_back("people")
        yield app
        db.session.rollback()


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
    folder = demo.config["MAIL_URL"].removeprefix("file://")
    assert f"{fragment('Each email is saved as a file in ')}{folder}." in client.get(answer.location).text
    assert client.get("/home").status_code == 302


@pytest.mark.parametrize(
    "sent",
    [
        {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}},
        {"headers": {"Host": "civtech.example"}},
        {"headers": {"X-Forwarded-For": "192.0.2.7"}},
        {"headers": {"X-Forwarded-For": "127.0.0.1, 192.0.2.7"}},
        {"headers": {"X-Forwarded-Host": "civtech.example"}},
        {"headers": {"X-Real-IP": "2001:db8::1"}},
    ],
)
def test_a_demonstration_answers_nobody_on_another_machine(
    demo: Flask, monkeypatch: pytest.MonkeyPatch, sent: dict[str, dict[str, str]]
) -> None:
    answer = demo.test_client().get("/demo", **sent)
    assert answer.status_code == 403
    assert "CIVTECH_DEMO_OPEN_TO_ALL" in answer.text
    assert "Sam Staff" not in answer.text
    person = {"person": reference("staff@demo.civtech.example")}
    assert demo.test_client().post("/demo/session", data=person, **sent).status_code == 403
    monkeypatch.setitem(demo.config, "CIVTECH_DEMO_OPEN_TO_ALL", True)
    assert demo.test_client().get("/demo", **sent).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}, "headers": {"X-Forwarded-For": "127.0.0.1"}},
        {"headers": {"Host": "civtech.example", "X-Forwarded-Host": "localhost"}},
    ],
)
def test_nor_where_a_trusted_proxy_could_have_said_otherwise(
    demo: Flask, monkeypatch: pytest.MonkeyPatch, sent: dict[str, dict[str, str]]
) -> None:
    monkeypatch.setattr(demo, "wsgi_app", ProxyFix(demo.wsgi_app, x_for=1, x_proto=1, x_host=1))
    assert demo.test_client().get("/demo", **sent).status_code == 403


@pytest.mark.parametrize(
    "sent",
    [
        {"environ_base": {"REMOTE_ADDR": "::1"}},
        {"environ_base": {"REMOTE_ADDR": ""}},
        {"headers": {"Host": "127.0.0.1:8000"}},
        {"headers": {"Host": "[::1]:8000"}},
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
    ],
)
def test_a_demonstration_answers_this_machine(demo: Flask, sent: dict[str, dict[str, str]]) -> None:
    assert demo.test_client().get("/demo", **sent).status_code == 200


@pytest.mark.parametrize("email", ["una@demo.civtech.example", "sam@DEMO.civtech.example"])
def test_production_refuses_a_database_with_people_of_the_demonstration(
    app: Flask, monkeypatch: pytest.MonkeyPatch, email: str
) -> None:
    monkeypatch.setitem(app.config, "CIVTECH_ENV", "production")
    refuse_bad_start(app)
    with unit_of_work():
        User.register(name="Real Person", email="real@example.org", at=clock.now())
        User.register(name="Rex Real", email="rex@notdemo.civtech.example", at=clock.now())
    refuse_bad_start(app)
    with unit_of_work():
        User.register(name="Una Unconfirmed", email=email, at=clock.now())
    with pytest.raises(Misconfigured, match="Production does not start with it"):
        refuse_bad_start(app)
    result = app.test_cli_runner().invoke(args=["worker"])
    assert result.exit_code == 1
    assert "people of the demonstration" in result.output
    monkeypatch.setitem(app.config, "CIVTECH_ENV", "development")
    refuse_bad_start(app)


@pytest.mark.parametrize("address", ["sqlite:///{}/empty.db", "sqlite:///{}/missing/away.db"])
def test_production_starts_before_its_tables_are_made_and_while_its_database_is_away(
    tmp_path: Path, address: str
) -> None:
    app = create_app(settings_for(address.format(tmp_path), tmp_path))
    app.config["CIVTECH_ENV"] = "production"
    refuse_bad_start(app)


@pytest.mark.takes(20, "It starts the platform three times.")
def test_a_web_server_in_production_does_not_start_on_a_demonstration(tmp_path: Path) -> None:
    database = f"sqlite:////{tmp_path}/real.db"
    secrets = {name: f"{name} of these tests, which is long enough" for name in SECRETS}
    environ = {
        "PATH": os.environ["PATH"],
        "CIVTECH_ENV": "production",
        "DATABASE_URL": database,
        "SERVER_NAME": "civtech.example",
        "MAIL_URL": f"file://{tmp_path}/mail",
        **secrets,
    }
    load, show = "import wsgi", [sys.executable, "-m", "flask", "user", "list"]
    app = create_app(settings_for(database, tmp_path))
    assert _run([sys.executable, "-c", load], environ).returncode == 0
    with app.app_context():
        db.create_all()
        with unit_of_work():
            User.register(name="Sam", email="sam@demo.civtech.example", at=clock.now())
        db.engine.dispose()
    refused = _run([sys.executable, "-c", load], environ)
    assert refused.returncode == 1
    assert "Misconfigured: The database holds people of the demonstration" in refused.stderr
    assert "Misconfigured" not in _run(show, environ).stderr


def _run(command: list[str], environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
