"""One way to try a verb from a form: what is refused stands in the form, nothing of it in the database."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.orm.exc import StaleDataError
from wtforms import StringField

from civtech.core.db import db
from civtech.core.errors import RuleViolation, WrongState
from civtech.people.models import User
from civtech.web.attempts import done, made
from civtech.web.forms import SeenForm
from tests.support.messages import fragment
from tests.web.conftest import AT

pytestmark = pytest.mark.both_databases("types")


class Renaming(SeenForm):
    name = StringField()


@pytest.fixture
def noun() -> Any:
    return SimpleNamespace(version=3, state=SimpleNamespace(label="Draft"))


@pytest.fixture
def sent(trial, noun) -> Callable[..., Renaming]:
    def send(act: Callable[[], object], **data: str) -> Renaming:
        with trial.application.test_request_context(method="POST", data=data):
            form = Renaming(noun)
            assert done(form, act) == (form.status == 200)
            return form

    return send


def register() -> User:
    return User.register(name="Ada", email="ada@example.org", at=AT)


def test_a_form_that_is_only_shown_carries_what_is_seen_and_does_nothing(trial, noun):
    with trial.application.test_request_context():
        form = Renaming(noun)
        assert not done(form, register)
        assert (form.status, form.seen.data) == (200, "3")
    assert db.session.query(User).count() == 0


def test_what_stands_as_it_was_seen_is_acted_on(sent):
    assert sent(register, seen="3", name="Ada").errors == {}
    assert db.session.query(User).count() == 1


@pytest.mark.parametrize("data", [{"seen": "2"}, {"seen": "03"}, {"seen": "3 "}, {"seen": "x" * 5000}, {}])
def test_what_stands_otherwise_than_it_was_seen_is_refused(sent, data):
    form = sent(register, name="Ada", **data)
    assert form.status == 409
    assert fragment("The status is now “") + "Draft”" in form.errors[""][0]
    assert (form.name.data, form.seen.data) == ("Ada", "3")
    assert db.session.query(User).count() == 0


def test_what_changes_while_it_is_tried_is_refused_and_seen_anew(sent, noun):
    def overtaken() -> None:
        register()
        db.session.flush()
        noun.version = 4
        raise StaleDataError

    form = sent(overtaken, seen="3", name="Ada")
    assert (form.status, form.seen.data, form.name.data) == (409, "4", "Ada")
    assert fragment("Someone changed this while you had the page open") in form.errors[""][0]
    assert db.session.query(User).count() == 0


def test_what_only_the_database_refuses_is_refused_in_the_form(sent):
    register()
    db.session.commit()
    assert sent(register, seen="3", name="Ada").status == 409
    assert db.session.query(User).count() == 1


def test_a_broken_rule_stands_beside_its_field_and_what_was_seen_stays(sent, noun):
    def refused() -> None:
        register()
        noun.version = 4
        raise RuleViolation("Too short.", field="name")

    form = sent(refused, seen="3", name="A")
    assert (form.status, form.errors, form.seen.data) == (422, {"name": ["Too short."]}, "3")
    assert db.session.query(User).count() == 0


def test_a_wrong_state_is_a_409_in_the_form(sent):
    def late() -> None:
        raise WrongState("It is over.")

    form = sent(late, seen="3")
    assert (form.status, form.errors) == (409, {"": ["It is over."]})


def test_what_was_made_comes_back(trial, noun):
    with trial.application.test_request_context(method="POST", data={"seen": "3"}):
        person = made(Renaming(noun), register)
        assert person is not None
        assert person.id is not None
