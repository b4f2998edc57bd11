"""Who gets where, asked over HTTP for every route there is."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from civtech.core.db import db
from civtech.people.models import User
from civtech.web import gate
from tests.conftest import NOW

CHANGING = ("POST", "PUT", "PATCH", "DELETE")


def addresses(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every rule with an address of something that does not exist."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        values = {
            name: 1 if "Integer" in type(rule._converters[name]).__name__ else "nothing" for name in rule.arguments
        }
        yield rule, adapter.build(rule.endpoint, values)


@pytest.fixture
def stranger(app, signed_in):
    """Someone with an account and nothing else."""
    person = User.register(name="Sam Stranger", email="sam@example.org", at=NOW, confirmed_at=NOW, active=True)
    db.session.commit()
    return signed_in(person)


def test_every_view_says_who_may_use_it(app):
    assert list(gate.undeclared(app)) == []


def test_a_visitor_is_sent_to_sign_in_from_every_guarded_route(app, client):
    wrong = []
    for rule, address in addresses(app):
        if gate.grant_of(app, rule).policy is None:
            continue
        for method in rule.methods & {"GET", *CHANGING}:
            answer = client.open(address, method=method)
            if answer.status_code not in {302, 303} or "/sign-in" not in answer.location:
                wrong.append((method, address, answer.status_code))
    assert wrong == []


def test_somebody_without_any_role_gets_nowhere_they_should_not(app, stranger):
    """A rule that lets in everyone who is signed in says so in its sentence."""
    wrong = []
    for rule, address in addresses(app):
        grant = gate.grant_of(app, rule)
        if grant.policy is None or "signed in" in grant.policy.sentence:
            continue
        for method in rule.methods & {"GET", *CHANGING}:
            answer = stranger.open(address, method=method)
            if answer.status_code not in {403, 404}:
                wrong.append((method, address, answer.status_code, grant.policy.sentence))
    assert wrong == []


ONLY_READS = {"transparency.check_certificate"}
"""What is sent changes nothing: we compare what people paste with a hash. The page with the form can be kept."""


def test_no_change_is_made_without_a_token(app, stranger, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    wrong = []
    for rule, address in addresses(app):
        for method in rule.methods & set(CHANGING):
            if rule.endpoint in ONLY_READS:
                continue
            answer = stranger.open(address, method=method, data={"csrf_token": "wrong"})
            if answer.status_code != 400:
                wrong.append((method, address, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_no_change_is_taken_from_another_site(app, stranger, headers):
    wrong = []
    for rule, address in addresses(app):
        for method in rule.methods & set(CHANGING):
            answer = stranger.open(address, method=method, headers=headers)
            if answer.status_code != 403:
                wrong.append((method, address, answer.status_code))
    assert wrong == []


def test_a_method_cannot_be_smuggled_in(app, stranger):
    answer = stranger.get("/home", headers={"X-HTTP-Method-Override": "POST"}, query_string={"_method": "POST"})
    assert answer.status_code == 200
