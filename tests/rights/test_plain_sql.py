"""A rights statement withstands plain SQL."""

from datetime import datetime

import pytest
from sqlalchemy import select

from civtech.core.db import db
from civtech.rights.models import BackgroundKind, RightsStatement
from tests.support.messages import fragment, wording
from tests.support.sql import refused
from tests.world import Age, World, build
from tests.world.kept import Worlds

pytestmark = pytest.mark.both_databases("guards")


def with_offer(at: datetime) -> World:
    world = build(Age.FUNDED, at, teams=1)
    world.offered()
    return world


def at_work(at: datetime) -> World:
    world = build(Age.FUNDED, at, teams=1)
    world.in_force()
    return world


BUILDERS = {"offered": with_offer, "accepted": at_work}


@pytest.fixture
def world(request: pytest.FixtureRequest, worlds: Worlds, now):
    for name in BUILDERS.keys() & set(request.fixturenames):
        return worlds(BUILDERS[name])
    return worlds(Age.FUNDED, teams=1)


@pytest.fixture
def offered(world):
    return db.session.scalars(select(RightsStatement)).unique().one()


@pytest.fixture
def accepted(world):
    return db.session.scalars(select(RightsStatement)).unique().one()


def test_a_statement_cannot_be_accepted_before_it_is_offered(world):
    statement = world.agreement().statement
    assert "accepts_what_is_offered" in refused(
        "UPDATE rights_statement SET company_accepted_at = drawn_up_at, company_accepted_by_id = :owner, "
        "company_accepted_terms = :terms WHERE id = :id",
        owner=world.company_owner.id,
        terms="a" * 64,
        id=statement.id,
    )


def test_an_acceptance_is_not_dated_back_before_the_offer(world, offered):
    assert "accepts_what_is_offered" in refused(
        "UPDATE rights_statement SET body_accepted_at = (SELECT started_at FROM proposal WHERE id = proposal_id), "
        "body_accepted_by_id = :approver, body_accepted_terms = :terms WHERE id = :id",
        approver=world.approver.id,
        terms="a" * 64,
        id=offered.id,
    )


@pytest.mark.parametrize("who", ["company_editor", "company_viewer", "staff", "stranger", "approver"])
def test_only_an_owner_accepts_for_the_company(world, offered, who):
    assert wording("Only an owner of the company can accept for it.") in refused(
        "UPDATE rights_statement SET company_accepted_at = offered_at, company_accepted_by_id = :who, "
        "company_accepted_terms = :terms WHERE id = :id",
        who=world.people[who].id,
        terms="a" * 64,
        id=offered.id,
    )


@pytest.mark.parametrize("who", ["acceptor", "author", "staff", "stranger", "company_owner"])
def test_only_an_officer_accepts_for_the_public_body(world, offered, who):
    assert fragment("Only an owner or approver of the public body") in refused(
        "UPDATE rights_statement SET body_accepted_at = offered_at, body_accepted_by_id = :who, "
        "body_accepted_terms = :terms WHERE id = :id",
        who=world.people[who].id,
        terms="a" * 64,
        id=offered.id,
    )


@pytest.mark.parametrize(
    "column", ["company_name", "company_number", "public_body_name", "licence_scope", "licence_exclusive", "offered_at"]
)
def test_the_terms_are_fixed_once_they_are_offered(offered, column):
    new = "drawn_up_at" if column == "offered_at" else "'otherwise'"
    if column == "offered_at":
        new = "(SELECT closes_at FROM challenge LIMIT 1)"
    assert refused(f"UPDATE rights_statement SET {column} = {new} WHERE id = :id", id=offered.id)


@pytest.mark.parametrize("column", ["public_stake", "options", "convertibles", "loans", "royalty_share", "board_seat"])
def test_equity_is_none(world, column):
    statement = world.agreement().statement
    assert f"{column}_is_none" in refused(
        f"UPDATE rights_statement SET {column} = '1 per cent' WHERE id = :id", id=statement.id
    )


def test_foreground_is_the_companys(world):
    statement = world.agreement().statement
    assert "company_owns_foreground" in refused(
        "UPDATE rights_statement SET foreground_owner = 'public body' WHERE id = :id", id=statement.id
    )


@pytest.mark.parametrize("column", ["digest", "company_accepted_at", "licence_scope", "listed_at"])
def test_nothing_changes_once_both_accepted(accepted, column):
    new = {"company_accepted_at": "'2020-01-01 00:00:00+00:00'", "listed_at": "NULL"}.get(column, f"'{'a' * 64}'")
    assert refused(f"UPDATE rights_statement SET {column} = {new} WHERE id = :id", id=accepted.id)


def test_one_sides_acceptance_stands(world, offered):
    offered.accept_for_company(by=world.company_owner, at=offered.offered_at)
    for change in ("company_accepted_at = NULL, company_accepted_by_id = NULL", "company_accepted_by_id = :other"):
        values = {"other": world.staff.id} if "other" in change else {}
        assert refused(f"UPDATE rights_statement SET {change} WHERE id = :id", id=offered.id, **values)


def test_statements_are_kept(offered):
    assert wording("A rights statement that has been offered to both sides cannot be deleted.") in refused(
        "DELETE FROM rights_statement WHERE id = :id", id=offered.id
    )


@pytest.mark.parametrize("column", ["offered_at", "listed_at"])
def test_a_statement_is_not_born_offered(world, offered, column):
    names = [
        one.key
        for one in RightsStatement.__mapper__.column_attrs
        if one.key not in {"id", "reference", "number", "offered_at", "listed_at"}
    ]
    copied = ", ".join(names)
    assert fragment("after it was drafted") in refused(
        f"INSERT INTO rights_statement (reference, number, {column}, {copied}) "
        f"SELECT 'S-FORGED', 2, offered_at, {copied} FROM rights_statement WHERE id = :id",
        id=offered.id,
    )


def test_a_statement_begins_unaccepted(world, accepted):
    columns = (
        "drawn_up_at, company_name, public_body_name, foreground_owner, licence_scope, licence_field, "
        "licence_territory, licence_term, licence_exclusive, licence_royalty, licence_sublicence, public_stake, options, "  # noqa: E501
        "convertibles, loans, royalty_share, board_seat, company_accepted_at, company_accepted_by_id, body_accepted_at, "  # noqa: E501
        "body_accepted_by_id, digest, proposal_id, stage_id, version"
    )
    assert fragment("accepted after it was drafted") in refused(
        f"INSERT INTO rights_statement (reference, number, {columns}) "
        f"SELECT 'S-FORGED', 2, {columns} FROM rights_statement WHERE id = :id",
        id=accepted.id,
    )


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO background_item (statement_id, kind, title, owner) VALUES (:id, 'software', 'Smuggled', 'x')",
        "UPDATE background_item SET title = 'Other' WHERE statement_id = :id",
        "DELETE FROM background_item WHERE statement_id = :id",
    ],
)
def test_the_list_of_background_is_fixed_once_accepted(accepted, sql):
    assert fragment("list of background") in refused(sql, id=accepted.id)


def test_an_item_is_not_moved_into_an_accepted_statement(worlds: Worlds, app, now):
    world = worlds(Age.FUNDED, teams=2)
    accepted = world.in_force(world.proposals[0]).statement
    other = world.offered(world.proposals[1]).statement
    other.list_background(
        kind=BackgroundKind.DATA, title="Theirs", owner="Them", by=world.rival_owner, at=other.offered_at
    )
    assert fragment("list of background") in refused(
        "UPDATE background_item SET statement_id = :to WHERE statement_id = :id", to=accepted.id, id=other.id
    )
