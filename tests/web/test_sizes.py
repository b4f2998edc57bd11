"""A request that brings too much is refused early, and no error page gives back more than it should."""

import time
from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape
from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from civtech.core.db import db
from civtech.people.models import User
from civtech.web import unsent
from civtech.web.forms import Form
from civtech.web.sizes import LONGEST_FIELD, MOST_FIELDS, at_most_fields
from civtech.web.typed import LARGEST_GIVEN_BACK, MOST_GIVEN_BACK
from civtech.web.unsent import UnsentForm
from tests.support.messages import fragment, wording

MULTIPART = "multipart/form-data"


def many(count: int, name: str = "field") -> dict[str, str]:
    return {f"{name}{number}": "x" for number in range(count)}


@pytest.fixture
def guarded(trial_application: Flask, trial: FlaskClient) -> Iterator[FlaskClient]:
    """As in production, where a form without a token is refused."""
    trial_application.config["WTF_CSRF_ENABLED"] = True
    yield trial
    trial_application.config["WTF_CSRF_ENABLED"] = False


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", MULTIPART])
@pytest.mark.parametrize("path", ["/sign-in", "/sign-up", "/trial/people", "/account/name", "/nowhere"])
def test_a_form_with_more_than_200_fields_is_refused(guarded: FlaskClient, path: str, kind: str) -> None:
    answer = guarded.post(path, data=many(MOST_FIELDS + 1), content_type=kind)
    assert answer.status_code == 413
    assert wording("Nothing was saved. Go back and shorten what you typed, or send it in parts.") in answer.text
    assert "field1" not in answer.text


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", MULTIPART])
def test_a_form_with_200_fields_is_taken(trial: FlaskClient, kind: str) -> None:
    form = {"name": "Ada", "email": "ada@example.org", **many(MOST_FIELDS - 2)}
    assert trial.post("/trial/people", data=form, content_type=kind).status_code == 302


def test_sixty_thousand_fields_without_a_token_are_refused_at_once_with_a_small_answer(guarded: FlaskClient) -> None:
    body = "&".join(f"field{number}=x" for number in range(60_000)).encode()
    guarded.post("/sign-in", data={"email": "a"})
    best, size = 9.0, 0
    for _ in range(5):
        began = time.perf_counter()
        answer = guarded.post("/sign-in", data=body, content_type="application/x-www-form-urlencoded")
        best, size = min(best, time.perf_counter() - began), len(answer.data)
        assert answer.status_code == 413
    print(f"60,000 fields: {best * 1000:.1f} ms, {size} bytes")
    assert best < 0.05
    assert size < 20_000


@pytest.mark.parametrize("body", [b"a=b&" * 1000, b"&" * 1000, b"a&" * 1000, b"a=1&" * 1000])
def test_a_field_sent_a_thousand_times_counts_a_thousand_times(trial: FlaskClient, body: bytes) -> None:
    answer = trial.post("/trial/people", data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413


def test_a_form_of_unknown_length_is_counted_too(trial: FlaskClient) -> None:
    answer = trial.post(
        "/trial/people",
        input_stream=BytesIO(b"a=b&" * 1000),
        content_type="application/x-www-form-urlencoded",
        environ_overrides={"CONTENT_LENGTH": "", "wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"},
    )
    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["/challenges", "/register", "/sign-in", "/trial/open", "/nowhere"])
def test_an_address_with_a_hundred_thousand_parameters_is_refused(trial: FlaskClient, path: str) -> None:
    trial.get(path)
    began = time.perf_counter()
    answer = trial.get(path, query_string="&".join(f"a{number}=b" for number in range(100_000)))
    assert answer.status_code == 413
    assert time.perf_counter() - began < 0.5
    assert len(answer.data) < 20_000


def test_an_address_with_many_parameters_is_answered(trial: FlaskClient) -> None:
    assert trial.get("/trial/open", query_string=many(MOST_FIELDS)).status_code == 200


def test_a_view_may_declare_more_fields_for_its_rows(
    trial_application: Flask, trial: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = {"name": "Ada", "email": "ada@example.org", **many(MOST_FIELDS)}
    assert trial.post("/trial/people", data=form).status_code == 413
    view = trial_application.view_functions["trial.register"]
    monkeypatch.setattr(view, "most_fields", 0, raising=False)
    assert at_most_fields(MOST_FIELDS + 2)(view) is view
    assert trial.post("/trial/people", data=form | {"one": "more"}).status_code == 413
    assert trial.post("/trial/people", data=form).status_code == 302


def test_views_with_a_row_for_each_proposal_take_one(app: Flask) -> None:
    declared = {name for name, view in app.view_functions.items() if hasattr(view, "most_fields")}
    assert declared == {"judging.new_decision", "judging.assignments"}


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", MULTIPART])
@pytest.mark.parametrize("name", ["email", "password", "unknown", "csrf_token", "idempotency_key", "next"])
def test_a_field_larger_than_any_form_takes_is_refused(guarded: FlaskClient, name: str, kind: str) -> None:
    answer = guarded.post("/sign-in", data={name: "x" * (LONGEST_FIELD + 1)}, content_type=kind)
    assert answer.status_code == 413
    assert len(answer.data) < 20_000


class Undeclared(Form):
    line = StringField()
    text = TextAreaField()
    wide = StringField(validators=[Length(max=5_000)])


@pytest.mark.parametrize(
    ("sent", "fields"),
    [
        ({"line": "x" * 1_000, "text": "x" * 100_000, "wide": "x" * 5_000}, set()),
        ({"line": "x" * 1_001}, {"line"}),
        ({"text": "x" * 100_001}, {"text"}),
        ({"wide": "x" * 5_001}, {"wide"}),
    ],
)
def test_a_field_that_declares_no_limit_has_one(trial: FlaskClient, sent: dict[str, str], fields: set[str]) -> None:
    with trial.application.test_request_context("/trial/people", method="POST", data=sent):
        form = Undeclared()
        assert form.validate() == (not fields)
        assert set(form.errors) == fields
        assert form.line.data == sent.get("line")


def test_an_error_page_gives_back_at_most_fifty_kilobytes(trial: FlaskClient) -> None:
    form = {f"words_{number}": "<" * 4_000 for number in range(50)}
    answer = trial.post("/trial/people", data=form | {"name": "Ada", "email": "ada@example.org", "broken": "1"})
    assert answer.status_code == 422
    assert answer.text.count(str(escape("<" * 4_000))) == 3
    assert fragment("There is too much text to show it all here.") in answer.text
    assert len(answer.data) < LARGEST_GIVEN_BACK + 20_000


def test_an_error_page_gives_back_some_tens_of_fields(trial: FlaskClient) -> None:
    form = {"name": "Ada", "email": "ada@example.org", "broken": "1"}
    answer = trial.post("/trial/people", data=form | many(MOST_FIELDS - 3))
    assert answer.status_code == 422
    assert answer.text.count("<textarea") == MOST_GIVEN_BACK
    assert fragment("There is too much text to show it all here.") in answer.text
    assert len(answer.data) < LARGEST_GIVEN_BACK + 20_000


def test_long_feedback_is_given_back_whole(trial: FlaskClient) -> None:
    form = {"name": "Ada", "email": "ada@example.org", "broken": "1", "feedback": "ä" * 20_000}
    answer = trial.post("/trial/people", data=form)
    assert "ä" * 20_000 in answer.text
    assert fragment("is not lost") in answer.text


def test_what_is_left_out_of_an_error_page_leaves_room_for_what_comes_after(trial: FlaskClient) -> None:
    form = {"broken": "1", "name": "Ada", "email": "a@example.org", "a": "x" * 60_000, "b": "Short"}
    answer = trial.post("/trial/people", data=form)
    assert "Short" in answer.text
    assert "x" * 60_000 not in answer.text


def test_what_is_kept_until_somebody_has_signed_in_is_bounded(trial: FlaskClient, person: User) -> None:
    form = {"name": "Ada", **dict.fromkeys("abcd", "y" * 150_000), "e": "Short"}
    with trial.application.test_request_context("/account/name", method="POST", data=form):
        unsent.keep("P-1")
        db.session.commit()
    [kept] = db.session.query(UnsentForm).all()
    assert [name for name, _value in kept.fields] == ["name", "a", "b", "c", "e"]
