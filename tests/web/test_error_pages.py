"""What the pages for errors say."""

import pytest

from civtech.web import errors
from civtech.web.logs import request_id
from tests.support.messages import wording

FORM = {"name": "Ada", "email": "ada@example.org", "idempotency_key": "K" * 24}


@pytest.mark.parametrize("status", sorted(errors.PAGES))
def test_every_error_page_shows_the_reference_of_its_request(trial, status):
    with trial.application.test_request_context():
        page, answered = errors.show(status)
        assert answered == status
        assert wording("If you contact us about this, include this reference:") in page
        assert f"<code>{request_id()}</code>" in page


def test_a_form_sent_twice_with_other_answers_is_not_said_to_be_unsaved(trial):
    trial.post("/trial/people", data=FORM)
    page = trial.post("/trial/people", data=FORM | {"email": "bob@example.org"}).text
    assert wording("You have already sent this form") in page
    assert wording("Nothing was saved. Go back, fix the problem and send it again.") not in page
    assert "bob@example.org" in page


def test_a_form_that_was_refused_is_said_to_be_unsaved(trial):
    page = trial.post("/trial/people", data=FORM | {"broken": "1"}).text
    assert wording("Nothing was saved. Go back, fix the problem and send it again.") in page
    assert wording("You have already sent this form") not in page
