"""Rules tested directly, for things that a query already hides: no address can tell the query from the rule."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from civtech.challenges.models import Challenge
from civtech.core import clock
from civtech.core.db import Model, db
from civtech.core.personal import PARTS
from civtech.judging import policy as judging
from civtech.judging.judged_stage import JudgedStage
from civtech.judging.models import Assignment, Decision, Panel
from civtech.organisations import policy as organisations
from civtech.organisations.models import JoinRequest, Organisation
from civtech.people import policy as people
from civtech.people.models import BrowserSession, ExternalIdentity, Passkey, User
from civtech.programmes import policy as programmes
from civtech.programmes.models import Round
from civtech.roles import policy as roles
from civtech.roles.models import RoleGrant
from tests.access import table
from tests.access.world import Guide

STAFF = {"staff", "colleague", "unproven", "torn", "seated"}
Who = Callable[..., set[str]]


def test_each_door_asks_the_rule_that_the_table_names(app: Flask) -> None:
    known = table.PLACE.read_text().partition(table.ASKED)[2].splitlines()
    assert list(table.what_is_asked(app))[1:] == known[1:], "make access-table"


@pytest.fixture
def who(house: Flask, world: Guide) -> Iterator[Who]:
    """Asks a policy about a thing, and returns the kinds of people it allows."""
    with house.app_context(), clock.at(world.at):
        identities = {kind: held["_user_id"] for kind, held in world.cookies.items()}
        found = db.session.scalars(select(User).where(User.fs_uniquifier.in_(identities.values()))).unique()
        people = {person.fs_uniquifier: person for person in found}
        yield lambda policy, thing: {kind for kind, identity in identities.items() if policy(people[identity], thing)}
        db.session.remove()


@pytest.fixture
def thing(world: Guide) -> Callable[[type[Model], str, str], Model]:
    """Finds a thing of the world by what it is and in which state."""

    def find(model: type[Model], what: str, state: str) -> Model:
        reference = world.things[what][state]["reference"]
        return db.session.scalars(select(model).where(model.reference == reference)).unique().one()

    return find


@pytest.fixture
def panel(who: Who, world: Guide) -> Panel:
    """The panel that is judging."""
    slug = world.things["panel"]["while it is judged"]["slug"]
    return db.session.scalars(select(Panel).join(Panel.challenge).where(Challenge.slug == slug)).unique().one()


def test_who_sees_an_organisation(who, thing):
    company = thing(Organisation, "organisation", "company")
    assert who(organisations.see_organisation, company) == STAFF | {"auditor", "owner", "editor", "viewer"}


def test_who_sees_a_role_that_was_granted(who, thing):
    grant = thing(RoleGrant, "grant", "granted")
    assert who(roles.see_grant, grant) == {"stranger", "administrator", "second", "auditor"}


def test_a_session_and_a_passkey_are_their_owners_own(who, thing):
    assert who(people.end_session, thing(BrowserSession, "session", "the stranger's")) == {"stranger"}
    assert who(people.remove_passkey, thing(Passkey, "passkey", "the stranger's")) == {"stranger"}
    linked = thing(ExternalIdentity, "sign-in elsewhere", "the stranger's")
    assert who(people.unlink_identity, linked) == {"stranger"}


def test_who_asked_to_join_takes_it_back(who, world: Guide):
    request = world.things["request to join"]["of the rival to the company"]["request"]
    asked = db.session.scalars(select(JoinRequest).where(JoinRequest.reference == request)).one()
    assert who(organisations.withdraw_join_request, asked) == {"rival"}


def test_who_sees_a_round(who, thing):
    assert who(programmes.see_round, thing(Round, "round", "open")) == STAFF | {"steward", "auditor"}
    assert who(programmes.see_round, thing(Round, "round", "prepared")) == STAFF | {"elsewhere", "auditor"}


def test_who_sees_and_runs_a_panel(who, panel):
    judged = JudgedStage(panel.challenge, panel.stage)
    assert who(judging.see_panel, judged) == STAFF | {"steward", "secretary", "auditor"}
    assert who(judging.run_panel, judged) == STAFF - {"torn"} | {"steward", "secretary"}
    assert who(judging.convene_panel, judged) == STAFF - {"torn"} | {"steward"}


def test_who_sees_a_ranking_and_a_decision(who, thing, panel):
    assert who(judging.see_ranking, panel) == STAFF | {"steward", "auditor"}
    assert who(judging.see_decision, thing(Decision, "decision", "to approve")) == STAFF | {"steward", "auditor"}


def test_a_judge_judges_alone_until_recused(who, thing):
    assert who(judging.judge, thing(Assignment, "assignment", "being scored")) == {"judge"}
    assert who(judging.judge, thing(Assignment, "assignment", "recused")) == set()


def test_the_world_holds_something_for_every_part_of_an_export(house: Flask, world: Guide) -> None:
    with house.app_context():
        everybody = db.session.scalars(select(User)).unique().all()
        empty = [
            name for name, part in PARTS.items() if not any(db.session.execute(part.read(p)).first() for p in everybody)
        ]
    assert empty == []


def test_an_export_of_somebody_with_nothing_holds_nothing_of_anybody_else(house: Flask, world: Guide) -> None:
    with house.app_context():
        nova = User.register(name="Nova New", email="nova@example.org", at=world.at)
        db.session.flush()
        held = {name: db.session.execute(part.read(nova)).mappings().all() for name, part in PARTS.items()}
        db.session.rollback()
    assert [row["email"] for row in held.pop("person")] == ["nova@example.org"]
    assert {name: rows for name, rows in held.items() if rows} == {}
