import pytest
from flask import Flask

from civtech.core import clock
from civtech.core.db import db
from civtech.people.models import ProgrammeRole
from civtech.roles.models import RoleGrant
from civtech.web import gate
from tests.web.conftest import AT


def test_a_public_view_is_open(trial):
    assert trial.get("/trial/open").status_code == 200


def test_a_visitor_is_sent_to_sign_in_and_back(trial):
    answer = trial.get("/trial/staff")
    assert answer.status_code == 302
    assert "sign-in" in answer.location
    assert "next=" in answer.location


def test_somebody_without_the_role_is_refused(trial, person):
    assert trial.get("/trial/staff").status_code == 403


def test_a_role_acts_on_the_next_request(trial, person):
    RoleGrant.by_operator(person, ProgrammeRole.STAFF, at=AT)
    db.session.commit()
    with clock.at(AT):
        assert trial.get("/trial/staff").status_code == 200


def test_the_application_refuses_to_start_with_a_view_nobody_has_thought_about(trial_application):
    careless = Flask("careless", static_folder=None)
    careless.add_url_rule("/forgotten", endpoint="forgotten", view_func=lambda: "oops")
    with pytest.raises(RuntimeError, match="forgotten"):
        gate.close(careless)


def test_the_application_refuses_to_start_with_a_view_that_does_not_say_what_it_is_for():
    careless = Flask("careless", static_folder=None)
    careless.add_url_rule("/unnamed", endpoint="unnamed", view_func=gate.public("For the test.")(lambda: "oops"))
    with pytest.raises(RuntimeError, match=r"with act=N_\(…\) beside @permit or @public: \['unnamed'\]"):
        gate.close(careless)


def test_every_view_of_the_real_application_says_who_may_use_it(app):
    assert list(gate.undeclared(app)) == []
