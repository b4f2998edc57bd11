"""The platform takes no files yet: a form that carries one is answered plainly, and nothing of it is stored."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from civtech.core.db import db
from civtech.people.models import User
from tests.support.messages import wording

SENTENCE = wording("The service does not accept files yet. Send the form again without one.")


def a_file(name: str = "cv.pdf") -> tuple[BytesIO, str]:
    return BytesIO(b"words"), name


@pytest.mark.parametrize("name", ["name", "idempotency_key", "csrf_token", "next", "nowhere"])
def test_a_file_where_words_belong_is_refused_in_a_sentence(trial, person, name: str):
    form = {"name": "Augusta", "idempotency_key": "K" * 24} | {name: a_file()}
    answer = trial.post("/account/name", data=form)
    assert answer.status_code == 400
    assert SENTENCE in answer.text
    db.session.expire_all()
    assert person.name == "Ada"


@pytest.mark.parametrize("path", ["/sign-in", "/sign-up", "/new-password", "/trial/people", "/account/name"])
def test_a_visitor_who_sends_a_file_is_told_the_same(trial, path: str):
    form = {"email": a_file("a@b.example"), "name": a_file(), "password": a_file()}
    answer = trial.post(path, data=form)
    assert answer.status_code == 400
    assert SENTENCE in answer.text
    assert db.session.scalar(select(func.count()).select_from(User)) == 0


def test_a_form_of_several_parts_without_a_file_is_taken(trial: FlaskClient, person: User):
    answer = trial.post("/account/name", data={"name": "Augusta Ada"}, content_type="multipart/form-data")
    assert answer.location == "/account"
