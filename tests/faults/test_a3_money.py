"""A3, for money: who decided on evidence or money of a team, and who may be close to the company that is paid."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from civtech.challenges.models import ConsideredHint, Tie, has_tie
from civtech.core.db import db
from civtech.core.errors import RuleViolation
from civtech.funding.models import Release
from civtech.organisations.models import MemberRole
from civtech.people.models import ProgrammeRole, User
from civtech.roles.models import RoleGrant
from civtech.stages.models import Milestone, MilestoneState
from tests.factories.organisations import OrganisationFactory
from tests.support.messages import fragment
from tests.support.sheet import sheet
from tests.support.sql import moment, refused
from tests.world import Age, World
from tests.world.kept import Worlds

SignIn = Callable[[User], FlaskClient]
DAY = timedelta(days=1)
FIRST = fragment("Read what we know about this person, then enter why they can take part.")
REASON = "They sold their part of that company."


@pytest.fixture
def world(app: Flask, worlds: Worlds, now: datetime) -> World:
    """One team at work, and one milestone whose evidence was accepted."""
    found = worlds(Age.FUNDED, teams=2)
    found.accepted(found.in_force().milestones[0])
    db.session.commit()
    return found


def of_a_similar_company(world: World, person: User) -> None:
    OrganisationFactory(legal_name="Tidewater Signals Holdings Ltd", by=person, at=world.since)
    db.session.commit()


def agreed() -> Milestone:
    return db.session.scalars(select(Milestone).where(Milestone.state == MilestoneState.ACCEPTED)).one()


@pytest.mark.both_databases("guards")
@pytest.mark.parametrize("who", ["acceptor", "late_finance", "late_staff"])
def test_who_decided_on_evidence_or_money_joins_no_team_of_the_challenge(world: World, who: str) -> None:
    """A finance approver of today was no one when the challenge was published, so no other tie keeps them out."""
    role = {"late_finance": ProgrammeRole.FINANCE, "late_staff": ProgrammeRole.STAFF}.get(who)
    person = world.people.get(who) or world.person(who)
    milestone = agreed()
    tie = Tie.MONEY if role else Tie.EVIDENCE
    if role:
        granted = RoleGrant.by_operator(person, role, at=world.at - DAY)
        db.session.flush()
        proposer = person if role is ProgrammeRole.STAFF else world.staff
        release = Release.propose(milestone=milestone, by=proposer, at=world.at)
        db.session.flush()
        if role is ProgrammeRole.FINANCE:
            assert not has_tie(person, world.challenge.id, tie)
            release.approve(by=person, at=world.at)
        granted.end(by=None, at=world.at + timedelta(seconds=1))
        db.session.flush()
    assert has_tie(person, world.challenge.id, tie)
    later = world.at + DAY
    with pytest.raises(RuleViolation, match=fragment("at the moment")):
        world.company.admit(person, MemberRole.VIEWER, by=None, at=later)
    db.session.flush()
    assert fragment("cannot be in a team that answers it") in refused(
        "INSERT INTO membership (user_id, organisation_id, role, since) VALUES (:who, :where, 'viewer', :at)",
        who=person.id, where=world.company.id, at=moment(later),
    )  # fmt: skip


@pytest.mark.both_databases("guards")
def test_no_one_proposes_approves_or_pays_for_a_company_like_theirs_without_a_reason(world: World) -> None:
    milestone = agreed()
    for one in (world.staff, world.colleague, world.finance):
        of_a_similar_company(world, one)
    with pytest.raises(RuleViolation, match=FIRST):
        Release.propose(milestone=milestone, by=world.staff, at=world.at)
    assert FIRST in refused(
        "INSERT INTO release (reference, milestone_id, state, amount_pence, vat_pence, currency, proposed_at, "
        "proposed_by_id, version) SELECT 'L-FORGED', id, 'proposed', amount_pence, vat_pence, currency, :at, :who, 1 "
        "FROM milestone WHERE id = :milestone",
        who=world.staff.id, milestone=milestone.id, at=moment(world.at),
    )  # fmt: skip
    release = Release.propose(milestone=milestone, by=world.staff, at=world.at, because=REASON)
    db.session.commit()
    with pytest.raises(RuleViolation, match=FIRST):
        release.approve(by=world.colleague, at=world.at)
    db.session.rollback()
    approve = "UPDATE release SET state = 'approved', approved_at = :at, approved_by_id = :who"
    assert FIRST in refused(approve, at=moment(world.at), who=world.colleague.id)
    release.approve(by=world.colleague, at=world.at, because=REASON)
    db.session.commit()
    with pytest.raises(RuleViolation, match=FIRST):
        release.pay(bank_reference="BACS-000001", by=world.finance, at=world.at)
    db.session.rollback()
    release.pay(bank_reference="BACS-000001", by=world.finance, at=world.at, because=REASON)
    assert db.session.scalar(select(func.count()).select_from(ConsideredHint)) == 3


def test_the_pages_tell_ask_and_show_it_only_to_those_who_oversee_the_money(world: World, signed_in: SignIn) -> None:
    milestone = agreed()
    for one in (world.staff, world.colleague, world.finance):
        of_a_similar_company(world, one)
    client = signed_in(world.staff)
    url = f"/milestones/{milestone.reference}/releases"
    assert f'href="{url}"' in client.get(f"/milestones/{milestone.reference}").text
    page = client.get(url)
    assert "Its name is like the name of Tidewater Signals Ltd" in page.text
    empty = client.post(url, data=sheet(page, "/releases"))
    assert (empty.status_code, FIRST in empty.text) == (422, True)
    assert client.post(url, data=sheet(empty, "/releases") | {"because": REASON}).status_code == 302
    release = db.session.scalars(select(Release)).one()
    address = f"/releases/{release.reference}"
    paying = {"bank_reference": "BACS-000001"}
    for who, act, words in ((world.colleague, "approval", {}), (world.finance, "payment", paying)):
        client = signed_in(who)
        page = client.get(address)
        assert who.name in page.text
        shown = sheet(page, f"/{act}") | words
        lacking = client.post(f"{address}/{act}", data=shown)
        assert (lacking.status_code, FIRST in lacking.text) == (422, True)
        again = sheet(lacking, f"/{act}")
        assert client.post(f"{address}/{act}", data=again | {"because": REASON}).status_code == 302
    assert signed_in(world.auditor).get(address).text.count(REASON) == 3
    for outsider in (world.company_owner, world.head):
        assert REASON not in signed_in(outsider).get(address).text


def test_a_milestone_without_accepted_evidence_leads_back(world: World, signed_in: SignIn) -> None:
    other = next(one for one in agreed().agreement.milestones if one.state.value != "accepted")
    answer = signed_in(world.staff).get(f"/milestones/{other.reference}/releases")
    assert (answer.status_code, answer.location) == (302, f"/milestones/{other.reference}")
