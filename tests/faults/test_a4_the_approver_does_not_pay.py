"""A4: one person of finance approved a release and marked it as paid."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from civtech.core.db import db
from civtech.core.errors import RuleViolation
from civtech.funding import policy, queries
from civtech.funding.models import Release, ReleaseState
from civtech.notifications.models import OutboxMessage
from civtech.people.models import ProgrammeRole, Scope, ScopeKind, User
from civtech.programmes.models import Round
from civtech.roles.models import RoleGrant
from config import Misconfigured, read
from tests.factories.people import UserFactory
from tests.factories.programmes import PathwayFactory
from tests.support.messages import wording
from tests.support.sheet import sheet
from tests.support.sql import done, moment, refused, without
from tests.world import Age, World, build
from tests.world.kept import Worlds

pytestmark = pytest.mark.usefixtures("now")
Enter = Callable[[User], FlaskClient]
NO_ONE = "No one can pay this release yet"


def proposed(at: datetime) -> tuple[World, Release]:
    """A release that waits for approval."""
    world = build(Age.FUNDED, at, teams=1)
    return world, world.release(world.in_force().milestones[0])


def approved_by_finance(at: datetime) -> tuple[World, Release]:
    """A release that the only person of finance approved."""
    world, release = proposed(at)
    release.approve(by=world.finance, at=at)
    return world, release


def lenient(at: datetime) -> tuple[World, Release]:
    """The same in a round that allows its approver to pay."""
    world, release = proposed(at)
    with without("round_is_fixed"):
        db.session.flush()
        done("UPDATE round SET payer_must_differ = false")
    db.session.flush()
    release = db.session.scalars(queries.to_open(world.finance, release.reference)).unique().one()
    release.approve(by=world.finance, at=at)
    return world, release


def opened(world: World, release: Release) -> Release:
    """The release as its page reads it."""
    return db.session.scalars(queries.to_open(world.staff, release.reference)).unique().one()


def test_the_approver_cannot_pay_and_someone_else_can(worlds: Worlds) -> None:
    world, release = worlds(approved_by_finance)
    other = world.person("other", finance=True)
    release = opened(world, release)
    assert not policy.pay(world.finance, release)
    assert policy.pay(other, release)
    with pytest.raises(RuleViolation, match="someone else in finance must mark it as paid"):
        release.pay(bank_reference="BACS-000001", by=world.finance, at=world.at)
    release.pay(bank_reference="BACS-000001", by=other, at=world.at)
    assert release.state is ReleaseState.PAID


@pytest.mark.both_databases("guards")
def test_the_database_refuses_it_too(worlds: Worlds) -> None:
    world, release = worlds(approved_by_finance)
    said = refused(
        "UPDATE release SET state = 'paid', paid_by_id = :who, paid_at = :at, bank_reference = 'BACS-000001' "
        "WHERE id = :id",
        who=world.finance.id,
        at=moment(world.at),
        id=release.id,
    )
    assert wording("The person who approved a release cannot mark it as paid.") in said
    assert refused("UPDATE round SET payer_must_differ = false")


@pytest.mark.both_databases("guards", "queries")
def test_a_round_can_allow_it(worlds: Worlds) -> None:
    world, release = worlds(lenient)
    release = opened(world, release)
    assert policy.pay(world.finance, release)
    assert [each.id for each in db.session.scalars(queries.to_decide(world.finance)).unique()] == [release.id]
    release.pay(bank_reference="BACS-000001", by=world.finance, at=world.at)
    db.session.commit()
    assert release.state is ReleaseState.PAID


def test_home_page_and_email_ask_only_who_can_pay(worlds: Worlds, signed_in: Enter) -> None:
    world, release = worlds(proposed)
    other = world.person("other", finance=True)
    release.approve(by=world.finance, at=world.at)
    db.session.commit()
    asked = db.session.scalars(select(OutboxMessage.recipient_id).where(OutboxMessage.template == "release_to_pay"))
    assert set(asked) == {other.id}
    task = wording("Pay release %(reference)s and mark it as paid", reference=release.reference)
    assert task in signed_in(other).get("/home").text
    assert task not in signed_in(world.finance).get("/home").text
    url = f"/releases/{release.reference}"
    assert wording("Mark release as paid") in signed_in(other).get(url).text
    page = signed_in(world.finance).get(url).text
    assert wording("Mark release as paid") not in page
    assert wording("You approved this release, so someone else in finance must mark it as paid.") in page
    answer = signed_in(world.finance).post(f"{url}/payment", data={"bank_reference": "BACS-000001"})
    assert answer.status_code == 403


def test_it_says_so_before_and_after_the_approval_if_no_one_else_can_pay(worlds: Worlds, signed_in: Enter) -> None:
    world, release = worlds(proposed)
    url = f"/releases/{release.reference}"
    finance, staff, owner = (signed_in(world.people[who]) for who in ("finance", "colleague", "company_owner"))
    warning = wording(
        "If you approve this release, no one can pay it yet. Someone else needs the finance role: the person who "
        "approves a release cannot mark it as paid. Ask an administrator."
    )
    assert warning in finance.get(url).text
    assert warning not in staff.get(url).text
    opened(world, release).approve(by=world.finance, at=world.at)
    for browser in (finance, staff):
        assert wording(NO_ONE) in browser.get(url).text
    assert wording(NO_ONE) not in owner.get(url).text
    world.person("other", finance=True)
    for browser in (finance, staff):
        assert wording(NO_ONE) not in browser.get(url).text


@pytest.mark.both_databases("queries")
def test_who_can_pay_is_who_the_rule_lets_pay(worlds: Worlds) -> None:
    world, release = worlds(approved_by_finance)
    for_it, elsewhere, gone = (world.person(key) for key in ("for_it", "elsewhere", "gone"))
    RoleGrant.by_operator(for_it, ProgrammeRole.FINANCE, Scope(ScopeKind.ROUND, world.round.reference), at=world.since)
    other = world.drafted()
    RoleGrant.by_operator(elsewhere, ProgrammeRole.FINANCE, Scope(ScopeKind.CHALLENGE, other.reference), at=world.since)
    RoleGrant.by_operator(gone, ProgrammeRole.FINANCE, at=world.since)
    gone.active = False
    for who in (world.staff, world.acceptor, world.company_owner):
        RoleGrant.by_operator(who, ProgrammeRole.FINANCE, at=world.since)
    db.session.commit()
    db.session.expire_all()
    release = opened(world, release)
    assert set(db.session.scalars(queries.payers(release, world.at))) == {for_it.id}


def test_a_new_round_takes_the_rule_from_the_setting(
    app: Flask, now: datetime, signed_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    pathway = PathwayFactory(at=now)
    staff = signed_in(UserFactory(staff=True, at=now))
    for name, setting in (("Strict", True), ("Lenient", False)):
        monkeypatch.setitem(app.config, "PAYER_MUST_DIFFER", setting)
        typed = {**sheet(staff.get("/rounds/new")), "name": name, "pathway": pathway.reference}
        assert staff.post("/rounds/new", data=typed).status_code == 302
    rounds = dict(db.session.execute(select(Round.name, Round.payer_must_differ)).all())
    assert rounds == {"Strict": True, "Lenient": False}


@pytest.mark.parametrize(("said", "rule"), [("", True), ("1", True), ("no", False), ("0", False)])
def test_the_rule_is_on_unless_the_operator_clearly_says_no(said: str, rule: bool) -> None:
    assert read({"CIVTECH_ENV": "testing", "PAYER_MUST_DIFFER": said} if said else {}).PAYER_MUST_DIFFER is rule
    with pytest.raises(Misconfigured, match="PAYER_MUST_DIFFER"):
        read({"CIVTECH_ENV": "testing", "PAYER_MUST_DIFFER": "perhaps"})
