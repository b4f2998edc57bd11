import threading

import pytest
from sqlalchemy import func, select

from civtech.core import locks
from civtech.core.db import db
from civtech.people.models import User
from civtech.web import idempotency
from civtech.web.idempotency import UsedKey
from tests.support.messages import fragment, wording
from tests.support.twice import sent_twice

pytestmark = pytest.mark.both_databases("locks")

FORM = {"name": "Ada", "email": "ada@example.org", "idempotency_key": "K" * 24}


def people() -> int:
    return db.session.scalar(select(func.count()).select_from(User))


def test_the_same_form_sent_twice_creates_once_and_answers_the_same(trial):
    first = trial.post("/trial/people", data=FORM)
    second = trial.post("/trial/people", data=FORM)
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert people() == 1


def test_the_same_key_with_another_body_is_refused(trial):
    trial.post("/trial/people", data=FORM)
    answer = trial.post("/trial/people", data=FORM | {"email": "bob@example.org"})
    assert answer.status_code == 422
    assert (
        wording("This form has already been sent with different answers. Open the page again to send new ones.")
        in answer.text
    )
    assert people() == 1


def test_a_form_that_was_refused_can_be_sent_again_with_its_key(trial):
    assert trial.post("/trial/people", data=FORM | {"broken": "1"}).status_code == 422
    assert trial.post("/trial/people", data=FORM).status_code == 302
    assert people() == 1


def test_somebody_elses_key_is_worth_nothing(trial, person):
    trial.post("/trial/people", data=FORM | {"email": "eve@example.org"})
    stranger = trial.application.test_client()
    assert stranger.post("/trial/people", data=FORM | {"email": "eve@example.org"}).status_code == 422


def test_a_form_that_led_to_signing_in_first_can_be_sent_again_with_its_key(trial, person):
    form = {"name": "Augusta", "idempotency_key": "K" * 24}
    visitor = trial.application.test_client()
    assert visitor.post("/account/name", data=form).location.startswith("/sign-in")
    assert trial.post("/account/name", data=form).location == "/account"
    db.session.expire_all()
    assert person.name == "Augusta"


def test_a_key_of_absurd_length_is_not_kept(trial):
    answer = trial.post("/trial/people", data=FORM | {"idempotency_key": "x" * 5000})
    assert answer.status_code < 500


def test_the_same_form_sent_twice_at_once_creates_once_and_answers_the_same(trial):
    answers = sent_twice(trial.application, trial, "/trial/people", FORM)
    assert answers == [(302, "/trial/open"), (302, "/trial/open")]
    assert people() == 1


def test_a_form_that_was_refused_is_judged_again_when_it_was_sent_twice_at_once(trial):
    answers = sent_twice(trial.application, trial, "/trial/people", FORM | {"broken": "1"})
    assert answers == [(422, None), (422, None)]
    assert trial.post("/trial/people", data=FORM).status_code == 302


def test_two_at_once_whose_view_rolled_back_get_the_answer_of_the_first(trial):
    first, second = sent_twice(trial.application, trial, "/trial/undone", {"idempotency_key": "K" * 24})
    assert first[0] == 302
    assert first == second
    assert db.session.query(UsedKey).count() == 1


def test_the_second_waits_a_bounded_time_and_then_says_what_to_do(trial, monkeypatch):
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite lets one transaction write at a time; a locked database has a page of its own.")
    monkeypatch.setattr(idempotency, "PATIENCE", 0.2)
    held, answered = threading.Event(), threading.Event()

    def hold():
        with trial.application.app_context():
            locks.wait_for(f"form {FORM['idempotency_key']}", seconds=1)
            held.set()
            answered.wait(10)
            db.session.remove()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    answer = trial.post("/trial/people", data=FORM)
    answered.set()
    holder.join(10)
    assert answer.status_code == 409
    assert fragment("Wait a minute, then open the page again.") in answer.text
    assert "ada@example.org" in answer.text
    assert trial.post("/trial/people", data=FORM).status_code == 302


def test_waiting_for_one_key_bounds_no_later_wait_of_the_transaction(trial):
    if db.engine.dialect.name != "postgresql":
        pytest.skip("A setting of PostgreSQL.")
    before = db.session.scalar(db.text("SHOW lock_timeout"))

    def hold():
        with trial.application.app_context():
            locks.wait_for("form two", seconds=1)
            held.set()
            threading.Event().wait(0.2)
            db.session.remove()

    held = threading.Event()
    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    locks.wait_for("form two", seconds=5)
    holder.join(10)
    assert db.session.scalar(db.text("SHOW lock_timeout")) == before
