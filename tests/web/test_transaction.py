import pytest
from sqlalchemy import func, select

from civtech.core.db import db
from civtech.oversight.models import AuditEntry
from civtech.people.models import User

pytestmark = pytest.mark.both_databases("locks")


def people() -> int:
    return db.session.scalar(select(func.count()).select_from(User))


def entries() -> int:
    return db.session.scalar(select(func.count()).select_from(AuditEntry))


def test_a_change_answered_with_success_is_stored_with_its_audit_entry(trial):
    trial.post("/trial/people", data={"name": "Ada", "email": "ada@example.org"})
    assert (people(), entries()) == (1, 1)


def test_a_request_that_fails_half_way_stores_nothing_at_all(trial):
    answer = trial.post("/trial/people", data={"name": "Ada", "email": "ada@example.org", "broken": "1"})
    assert answer.status_code == 422
    assert (people(), entries()) == (0, 0)


def test_a_change_answered_with_an_error_is_rolled_back(trial):
    trial.post("/trial/people", data={"name": "Ada", "email": "ada@example.org", "answer": "409"})
    assert (people(), entries()) == (0, 0)


def test_reading_never_stores_anything(trial):
    assert trial.get("/trial/writes").status_code == 200
    assert (people(), entries()) == (0, 0)


def test_a_value_that_exists_already_is_a_409_and_not_a_500(trial):
    trial.post("/trial/people", data={"name": "Ada", "email": "ada@example.org"})
    assert trial.post("/trial/people", data={"name": "Bob", "email": "ada@example.org"}).status_code == 409
    assert people() == 1
