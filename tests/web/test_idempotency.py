from sqlalchemy import func, select

from civtech.accounts.models import User
from civtech.core.db import db

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
    assert "other answers" in answer.text
    assert people() == 1


def test_a_form_that_was_refused_can_be_sent_again_with_its_key(trial):
    assert trial.post("/trial/people", data=FORM | {"broken": "1"}).status_code == 422
    assert trial.post("/trial/people", data=FORM).status_code == 302
    assert people() == 1


def test_somebody_elses_key_is_worth_nothing(trial, person):
    trial.post("/trial/people", data=FORM | {"email": "eve@example.org"})
    stranger = trial.application.test_client()
    assert stranger.post("/trial/people", data=FORM | {"email": "eve@example.org"}).status_code == 422


def test_a_key_of_absurd_length_is_not_kept(trial):
    answer = trial.post("/trial/people", data=FORM | {"idempotency_key": "x" * 5000})
    assert answer.status_code < 500
