"""What somebody asks for by law is not erased before it is given."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from civtech.core import clock, personal
from civtech.core.db import db, unit_of_work
from civtech.core.errors import WrongState
from civtech.notifications.models import OutboxMessage
from civtech.organisations.models import MemberRole
from civtech.people.models import BrowserSession, User
from civtech.privacy.models import Erasure, ErasureGround, Hold
from civtech.privacy.models.hold import held_people
from tests.privacy.conftest import SignedIn, post, reread
from tests.support.messages import pattern, wording
from tests.support.sql import done
from tests.world import World

PATH = "/data-protection/holds/new"
MONTH = {"ends_at-day": "1", "ends_at-month": "4", "ends_at-year": "2027", "ends_at-time": "12:00"}


def the_hold() -> Hold:
    db.session.rollback()
    return db.session.scalars(select(Hold)).unique().one()


def placed(world: World, signed_in: SignedIn, kept: str, **changed: str) -> int:
    return post(signed_in(world.staff), PATH, **{"on": kept, "reason": "FOI 2027/7", **MONTH, **changed})


def test_staff_hold_a_person_by_reference_or_address(world: World, loner: User, signed_in: SignedIn) -> None:
    for on in (loner.reference.lower(), f" {loner.email.upper()} "):
        assert placed(world, signed_in, on) == 302
    held = db.session.scalars(select(Hold)).unique().all()
    assert [hold.on for hold in held] == [loner, loner]
    page = signed_in(world.colleague).get("/data-protection").text
    assert "FOI 2027/7" in page
    assert "noon on Thursday 1 April 2027" in page


@pytest.mark.both_databases("guards")
def test_who_left_after_writing_for_a_held_organisation_is_held_too(
    world: World, signed_in: SignedIn, now: datetime
) -> None:
    proposal = world.submitted()
    second = world.person("second")
    for person in (second, world.stranger):
        world.company.admit(person, MemberRole.OWNER, by=None, at=now)
    proposal.submit(by=second, at=now)
    db.session.commit()
    for person in (world.company_owner, second):
        done("UPDATE membership SET until = '2999-01-01 00:00:00+00:00' WHERE user_id = :person", person=person.id)
    db.session.commit()
    assert placed(world, signed_in, world.company.reference) == 302
    assert {world.company_owner.id, second.id} <= set(db.session.scalars(held_people(now)))


def test_staff_hold_an_organisation_and_with_it_its_people(world: World, signed_in: SignedIn, now: datetime) -> None:
    assert placed(world, signed_in, world.company.reference) == 302
    held = set(db.session.scalars(held_people(now)))
    assert held == {world.people[f"company_{role}"].id for role in ("owner", "editor", "viewer")}


@pytest.mark.parametrize(
    "changed",
    [
        {"on": "U-2222-2222"},
        {"on": ""},
        {"on": "' OR 1=1 --"},
        {"reason": ""},
        {"reason": "x" * 501},
        {"ends_at-year": "2026"},
        {"ends_at-day": "32"},
        {"ends_at-year": "99999999999999999999"},
        {"ends_at-day": ""},
    ],
)
def test_what_makes_no_sense_is_shown_again(world: World, signed_in: SignedIn, changed: dict[str, str]) -> None:
    assert placed(world, signed_in, world.company.reference, **changed) == 422
    assert db.session.scalar(select(Hold.id)) is None


def test_nothing_of_the_held_is_erased_until_the_hold_ends(
    world: World, loner: User, signed_in: SignedIn, now: datetime
) -> None:
    assert placed(world, signed_in, loner.reference) == 302
    with (
        pytest.raises(
            WrongState, match=pattern("There is a hold on this data. You cannot erase it until the hold ends.")
        ),
        unit_of_work(),
    ):
        Erasure.carry_out(loner, ground=ErasureGround.OPERATOR, by=None, at=now)
    assert reread(loner).name == "Lou Löner"
    after = the_hold().ends_at
    with unit_of_work():
        Erasure.carry_out(loner, ground=ErasureGround.OPERATOR, by=None, at=after)
    assert reread(loner).name == "Erased person"


def test_a_hold_is_lifted_once(world: World, loner: User, signed_in: SignedIn, now: datetime) -> None:
    assert placed(world, signed_in, loner.reference) == 302
    client, path = signed_in(world.colleague), f"/data-protection/holds/{the_hold().reference}/end"
    assert post(client, path) == 302
    assert post(client, path) == 404
    assert list(db.session.scalars(held_people(now))) == []
    assert wording("No current holds") in client.get("/data-protection").text


def test_a_hold_ends_by_itself(world: World, loner: User, signed_in: SignedIn, now: datetime) -> None:
    assert placed(world, signed_in, loner.reference) == 302
    hold = the_hold()
    path = f"/data-protection/holds/{hold.reference}/end"
    assert hold.is_in_force(hold.ends_at - timedelta(microseconds=1))
    assert not hold.is_in_force(hold.ends_at)
    with clock.at(hold.ends_at):
        client = signed_in(world.staff)
        assert wording("No current holds") in client.get("/data-protection").text
        assert post(client, path) == 404


def test_old_traces_of_the_held_stay_too(world: World, loner: User, signed_in: SignedIn, now: datetime) -> None:
    assert placed(world, signed_in, loner.reference) == 302
    BrowserSession.begin(world.stranger, secret="other", browser="Other/1.0", at=now, with_second_factor=False)
    for mail in db.session.scalars(select(OutboxMessage)):
        mail.be_sent(at=now)
    db.session.commit()
    with unit_of_work():
        counts = personal.sweep(now + timedelta(days=1), held_people(now))
    theirs = select(BrowserSession.browser).where(BrowserSession.user_id == loner.id)
    assert list(db.session.scalars(theirs)) == ["CANARY-browser"]
    assert counts["sessions"] == 1
    facts = select(OutboxMessage.facts).where(
        OutboxMessage.address == loner.email, OutboxMessage.template == "invitation"
    )
    assert [told["organisation"] for told in db.session.scalars(facts)] == ["Tidewater Signals Ltd"]


@pytest.mark.parametrize("who", ["auditor", "finance", "company_owner", "stranger"])
def test_nobody_else_places_or_lifts(world: World, loner: User, signed_in: SignedIn, who: str) -> None:
    assert placed(world, signed_in, loner.reference) == 302
    client = signed_in(world.people[who])
    assert client.get(PATH).status_code == 403
    assert post(client, PATH, on=loner.reference, reason="x", **MONTH) == 403
    assert post(client, f"/data-protection/holds/{the_hold().reference}/end") == 404


def test_the_held_person_is_not_told(world: World, loner: User, signed_in: SignedIn) -> None:
    assert placed(world, signed_in, loner.reference) == 302
    client = signed_in(loner)
    assert "FOI 2027/7" not in "".join(client.get(path).text for path in ("/account", "/account/data", "/home"))
