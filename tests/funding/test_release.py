"""Release and payment of a milestone's money."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from civtech.core.db import db
from civtech.core.errors import RuleViolation, WrongState
from civtech.funding.models import LedgerAccount, Release, ReleaseState
from civtech.funding.tasks import MONEY
from civtech.judging.models import Assignment, Panel
from civtech.rights.tasks import RIGHTS
from civtech.stages.panels import work_to_judge
from civtech.stages.tasks import STAGES
from civtech.web.tasks import tasks
from tests.support.messages import fragment, pattern, wording
from tests.world import Age
from tests.world.kept import Worlds

pytestmark = pytest.mark.both_databases("guards", "locks")


def balances() -> dict[str, int]:
    found: dict[str, int] = {}
    for account in db.session.scalars(select(LedgerAccount)):
        found[account.kind.value] = found.get(account.kind.value, 0) + account.balance_pence
    return found


def test_money_goes_from_budget_to_committed_released_and_paid(worlds: Worlds, app, now):
    world = worlds(Age.FUNDED, teams=1)
    release = world.release(world.in_force().milestones[0])
    assert balances() == {"source": -69_500_000, "budget": 69_000_000, "committed": 500_000}

    release.approve(by=world.colleague, at=now)
    db.session.flush()
    assert balances() == {"source": -69_500_000, "budget": 69_000_000, "committed": 300_000, "released": 200_000}

    release.pay(bank_reference="bacs 2027-000118", by=world.finance, at=now + timedelta(days=1))
    db.session.flush()
    assert balances() == {
        "source": -69_500_000,
        "budget": 69_000_000,
        "committed": 300_000,
        "released": 0,
        "paid": 200_000,
    }
    assert (release.state, release.bank_reference, release.vat_pence) == (ReleaseState.PAID, "BACS2027-000118", 40_000)
    db.session.commit()


def test_no_release_is_proposed_before_rights_and_evidence_are_accepted(worlds: Worlds, app, now):
    world = worlds(Age.FUNDED, teams=1)
    agreement = world.offered()
    with pytest.raises(
        WrongState,
        match=pattern(
            "No money can be committed, released or paid until both sides have accepted the rights statement."
        ),
    ):
        Release.propose(milestone=agreement.milestones[0], by=world.staff, at=now)
    agreement.statement.accept_for_company(by=world.company_owner, at=now)
    db.session.flush()
    with pytest.raises(
        WrongState,
        match=pattern(
            "No money can be committed, released or paid until both sides have accepted the rights statement."
        ),
    ):
        Release.propose(milestone=agreement.milestones[0], by=world.staff, at=now)
    agreement.statement.accept_for_body(by=world.approver, at=now)
    db.session.flush()
    with pytest.raises(WrongState, match=pattern("The public body has not accepted the evidence yet.")):
        Release.propose(milestone=agreement.milestones[0], by=world.staff, at=now)


def test_who_proposed_or_accepted_or_belongs_to_the_company_decides_nothing(worlds: Worlds, app, now):
    world = worlds(Age.FUNDED, teams=1)
    release = world.release(world.in_force().milestones[0])
    said = {
        "staff": pattern("You proposed this release, so someone else must approve, refuse or pay it."),
        "acceptor": pattern("You accepted the evidence, so someone else must approve, refuse or pay the release."),
        "company_editor": "conflict of interest",
    }
    for who, words in said.items():
        with pytest.raises(RuleViolation, match=words):
            release.approve(by=world.people[who], at=now)
        with pytest.raises(RuleViolation, match=words):
            release.refuse(reason="No.", by=world.people[who], at=now)
    release.approve(by=world.colleague, at=now)
    db.session.flush()
    for who, words in said.items():
        with pytest.raises(RuleViolation, match=words):
            release.pay(bank_reference="BACS-000001", by=world.people[who], at=now)
    with pytest.raises(WrongState):
        release.refuse(reason="Too late.", by=world.finance, at=now)


def test_a_refused_release_can_be_proposed_again_but_a_live_one_cannot(worlds: Worlds, app, now):
    world = worlds(Age.FUNDED, teams=1)
    release = world.release(world.in_force().milestones[0])
    with pytest.raises(WrongState, match=pattern("A release has already been proposed for this milestone.")):
        Release.propose(milestone=release.milestone, by=world.colleague, at=now)
    release.refuse(reason="Which invoice?", by=world.finance, at=now)
    db.session.flush()
    again = Release.propose(milestone=release.milestone, by=world.staff, at=now)
    db.session.flush()
    again.approve(by=world.finance, at=now)
    assert balances()["released"] == 200_000


def test_a_bank_reference_pays_once(worlds: Worlds, app, now):
    world = worlds(Age.FUNDED, teams=1)
    agreement = world.in_force()
    first, second = (world.release(milestone) for milestone in agreement.milestones)
    for release in (first, second):
        release.approve(by=world.colleague, at=now)
        db.session.flush()
    first.pay(bank_reference="BACS 000001", by=world.finance, at=now)
    db.session.flush()
    for reference in ("bacs000001", "x", "BACS-ÄÖÜ-1", "-BACS-01", "a" * 36, "BACS;DROP"):
        with pytest.raises(RuleViolation, match=fragment("bank reference")):
            second.pay(bank_reference=reference, by=world.finance, at=now)


def titles(app, group, person, now):
    with app.test_request_context():
        return [str(task.title) for task in tasks(person, now) if task.group == group]


def test_each_is_asked_for_what_waits_for_them(worlds: Worlds, app, now):
    world = worlds(Age.FUNDED, teams=3)
    waiting = world.offered(world.proposals[1])
    in_force = world.in_force()
    release = world.release(in_force.milestones[0])
    in_force.milestones[1].deliver(evidence="x", link=None, by=world.company_owner, at=now)
    db.session.commit()
    assert titles(app, STAGES, world.staff, now) == [
        wording("Draft the agreement for %(company)s", company="Heather Robotics Ltd")
    ]
    assert titles(app, RIGHTS, world.rival_owner, now) == ["Accept the rights statement for Peat and Pixels Ltd"]
    assert titles(app, RIGHTS, world.approver, now) == ["Accept the rights statement for Northern Roads Authority"]
    assert titles(app, RIGHTS, world.company_owner, now) == []
    assert titles(app, STAGES, world.acceptor, now) == [
        wording("Accept or return the evidence for “%(title)s”", title="Milestone 2")
    ]
    assert titles(app, MONEY, world.staff, now) == []
    assert titles(app, MONEY, world.colleague, now) == [f"Approve or refuse release {release.reference}"]
    release.approve(by=world.colleague, at=now)
    in_force.milestones[1].accept(by=world.acceptor, at=now)
    waiting.statement.accept_for_company(by=world.rival_owner, at=now)
    db.session.commit()
    assert titles(app, MONEY, world.finance, now) == [
        wording("Pay release %(reference)s and mark it as paid", reference=release.reference)
    ]
    assert titles(app, MONEY, world.staff, now) == [
        wording("Propose the release of money for “%(title)s”", title="Milestone 2")
    ]
    assert titles(app, RIGHTS, world.rival_owner, now) == []


def test_a_judge_reads_the_work_of_the_stage_once_no_conflict_is_declared(worlds: Worlds, app, now):
    world = worlds(Age.FUNDED, teams=1)
    world.accepted(world.in_force().milestones[0])
    panel = Panel.convene(challenge=world.challenge, stage=world.stage(), by=world.staff, at=now)
    panel.seat(world.judge_one, by=world.staff, at=now)
    db.session.flush()
    assignment = Assignment.make(
        panel=panel, judge=world.judge_one, proposal=world.proposals[0], by=world.staff, at=now
    )
    db.session.commit()
    with app.test_request_context():
        assert work_to_judge(world.judge_one, assignment) is None
        assignment.declare_clear(by=world.judge_one, at=now)
        assert "All three junctions." in str(work_to_judge(world.judge_one, assignment))
        assert work_to_judge(world.stranger, assignment) is None
