"""A3: a decision on a possible conflict of interest counts for what it rested on, and not for what came later."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from civtech.challenges.models import ABOUT_JUDGES, Known, consider, known, still_open
from civtech.core.db import db
from civtech.organisations.models import IdentifierScheme, Organisation
from civtech.people.models import User
from tests.factories.organisations import OrganisationFactory
from tests.support.messages import fragment
from tests.support.sql import moment, refused
from tests.world import Age, World
from tests.world.kept import Worlds

SEAT = "INSERT INTO seat (panel_id, judge_id, since) VALUES (:panel, :judge, :at)"
FIRST = fragment("Read what we know about this person, then enter why they can take part.")
REASON = "It is the address of a shared office."


@pytest.fixture
def world(app: Flask, worlds: Worlds, now: datetime) -> World:
    found = worlds(Age.RECEIVED)
    found.convene(judges=[found.judges[1]])
    return found


def by_domain(world: World, domain: str) -> None:
    world.judges[0].email, world.company_owner.email = f"ailsa@{domain}", f"owner@{domain}"


def by_sponsors_domain(world: World, domain: str) -> None:
    world.judges[0].email, world.head.email = f"ailsa@{domain}", f"head@{domain}"


def _other(world: World) -> Organisation:
    found = db.session.query(Organisation).filter_by(legal_name="Something Else Ltd").one_or_none()
    return found or OrganisationFactory(legal_name="Something Else Ltd", by=world.judges[0], at=world.since)


def by_number(world: World, domain: str) -> None:
    number = "1234567" if domain == "office.example" else "7654321"
    for one, spelled in ((_other(world), number), (world.company, f"{number[:4]}-{number[4:]}")):
        one.identifier_scheme, one.identifier_number = IdentifierScheme.CHARITY_COMMISSION, spelled


def by_name(world: World, domain: str) -> None:
    _other(world).trading_name = "Tidewater Signals" if domain == "office.example" else "Tidewater Signals Holdings"


@pytest.mark.both_databases("guards", "queries")
@pytest.mark.parametrize("case", [by_domain, by_sponsors_domain, by_number, by_name], ids=lambda case: case.__name__)
def test_a_changed_basis_is_asked_again_and_the_earlier_decision_is_kept(
    world: World, case: Callable[[World, str], None]
) -> None:
    judge = world.judges[0]

    def found() -> list[Known]:
        return known([judge.id], world.challenge.id, ABOUT_JUDGES)

    case(world, "office.example")
    db.session.commit()
    consider(found(), world.challenge, because=REASON, by=world.staff, at=world.at)
    db.session.commit()
    assert not still_open(found())
    case(world, "tidewater.example")
    db.session.commit()
    (now_open,) = still_open(found())
    assert now_open.row.reason_before == REASON
    assert FIRST in refused(SEAT, panel=world.panel.id, judge=judge.id, at=moment(world.at))
    world.panel.seat(judge, by=world.staff, at=world.at, because="She rents a desk there.")
    db.session.commit()
    (settled,) = found()
    assert (settled.row.reason, settled.row.reason_before) == ("She rents a desk there.", REASON)


def test_more_people_at_the_same_domain_are_not_asked_about_again(world: World) -> None:
    by_domain(world, "office.example")
    world.panel.seat(world.judges[0], by=world.staff, at=world.at, because=REASON)
    world.company_editor.email = "editor@office.example"
    db.session.commit()
    assert not still_open(known([world.judges[0].id], world.challenge.id, ABOUT_JUDGES))


def test_the_page_shows_the_earlier_decision_as_such(world: World, signed_in: Callable[[User], FlaskClient]) -> None:
    by_domain(world, "office.example")
    world.panel.seat(world.judges[0], by=world.staff, at=world.at, because=REASON)
    by_domain(world, "tidewater.example")
    db.session.commit()
    page = signed_in(world.staff).get(world.url(f"/conflicts/{world.judges[0].reference}")).text
    before = page.index("Decided when the email address was at office.example:")
    assert page.index("tidewater.example") < before < page.index(REASON)
