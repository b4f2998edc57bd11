"""Two at once: exactly one wins, the other gets 409, and not a penny is out of place. On both databases."""

import pytest
from sqlalchemy import func, select, text

from civtech.core.db import db
from civtech.funding.models import AccountKind, LedgerAccount, Release, ReleaseState, Transfer
from civtech.funding.verification import findings
from civtech.rights.models import RightsStatement, binds
from civtech.stages.models import AgreementState, StageAgreement
from civtech.stages.models.bound import offered
from civtech.web.idempotency import new_idempotency_key
from civtech.web.seen import token
from tests.funding import racing
from tests.support.sessions import session_of
from tests.world import Age
from tests.world.kept import Worlds

pytestmark = [pytest.mark.both_databases("locks"), pytest.mark.takes(4, "Two people press at once.")]


def by(person, url, **data):
    session_of(person.fs_uniquifier)
    return (person.fs_uniquifier, url, {"idempotency_key": new_idempotency_key(), **data})


def settle():
    db.session.commit()
    db.session.expire_all()


def approvals(world, release):
    third = world.person("third", staff=True)
    settle()
    url, seen = f"/releases/{release.reference}/approval", token(list(release.binds()))
    return by(world.colleague, url, seen=seen), by(third, url, seen=seen)


def assert_released_once():
    settle()
    assert racing.sums() == {"source": -69_500_000, "budget": 69_000_000, "committed": 300_000, "released": 200_000}
    assert list(findings()) == []


def test_two_approve_the_same_release(worlds: Worlds, app, now):
    world = worlds(Age.FUNDED, teams=1)
    release = world.release(world.in_force().milestones[0])
    assert racing.in_threads(app, *approvals(world, release)) == [302, 409]
    assert_released_once()


def test_two_processes_approve_the_same_release(worlds: Worlds, app, now, tmp_path):
    world = worlds(Age.FUNDED, teams=1)
    release = world.release(world.in_force().milestones[0])
    assert racing.in_processes(tmp_path, *approvals(world, release)) == [302, 409]
    assert_released_once()


def test_two_propose_a_release_of_the_same_milestone(worlds: Worlds, app, now):
    world = worlds(Age.FUNDED, teams=1)
    milestone = world.accepted(world.in_force().milestones[0])
    settle()
    url = f"/milestones/{milestone.reference}/releases"
    assert racing.in_threads(app, by(world.staff, url), by(world.colleague, url)) == [302, 409]
    settle()
    assert db.session.scalar(select(func.count()).select_from(Release)) == 1


def test_one_approves_and_another_refuses(worlds: Worlds, app, now):
    world = worlds(Age.FUNDED, teams=1)
    release = world.release(world.in_force().milestones[0])
    settle()
    url = f"/releases/{release.reference}"
    approval = by(world.colleague, f"{url}/approval", seen=token(list(release.binds())))
    assert racing.in_threads(app, approval, by(world.finance, f"{url}/refusal", reason="No.")) == [302, 409]
    settle()
    released = racing.sums().get("released", 0)
    assert (release.state, released) in {(ReleaseState.APPROVED, 200_000), (ReleaseState.REFUSED, 0)}
    assert list(findings()) == []


def test_two_pay_the_same_release(worlds: Worlds, app, now):
    world = worlds(Age.FUNDED, teams=1)
    release = world.release(world.in_force().milestones[0])
    release.approve(by=world.colleague, at=now)
    other = world.person("other_finance", finance=True)
    settle()
    url = f"/releases/{release.reference}/payment"
    seen = token(list(release.binds()))
    presses = (
        by(world.finance, url, seen=seen, bank_reference="BACS-000001"),
        by(other, url, seen=seen, bank_reference="BACS-000002"),
    )
    assert racing.in_threads(app, *presses) == [302, 409]
    settle()
    assert racing.sums()["paid"] == 200_000


def rivals(world):
    """Two agreements that together exceed the stage's budget, each waiting for the public body alone."""
    agreements = [world.offered(world.proposals[0]), world.agreement(world.proposals[1])]
    agreements[1].statement.offer(by=world.staff, at=agreements[1].drafted_at)
    db.session.flush()
    db.session.execute(
        text(
            "UPDATE stage_agreement SET state = 'offered', offered_at = drafted_at, vat_reason = 'Asked' WHERE id = :id"
        ),
        {"id": agreements[1].id},
    )
    db.session.expire_all()
    for agreement in agreements:
        agreement.statement.accept_for_company(by=world.owner(agreement.proposal), at=world.at)
    settle()
    return [
        by(
            person,
            f"/rights-statements/{agreement.statement.reference}/body-acceptance",
            seen=token(binds(agreement.statement)),
        )
        for person, agreement in zip((world.approver, world.head), agreements, strict=True)
    ]


def assert_committed_once():
    settle()
    assert racing.sums() == {"source": -68_800_000, "budget": 68_300_000, "committed": 500_000}
    left = db.session.scalars(select(LedgerAccount.balance_pence).where(LedgerAccount.kind == AccountKind.BUDGET)).all()
    assert sorted(left) == [300_000, 3_000_000, 65_000_000]
    states = db.session.scalars(select(StageAgreement.state)).all()
    assert sorted(states, key=str) == [AgreementState.ACTIVE, AgreementState.OFFERED]
    accepted = db.session.scalars(select(RightsStatement.body_accepted_at)).all()
    assert sum(at is not None for at in accepted) == 1
    assert list(findings()) == []


def test_two_agreements_come_into_force_over_one_budget(worlds: Worlds, app, now):
    world = worlds(Age.FUNDED, teams=2, exploration=800_000)
    assert racing.in_threads(app, *rivals(world)) == [302, 409]
    assert_committed_once()


def test_two_processes_bring_agreements_into_force_over_one_budget(worlds: Worlds, app, now, tmp_path):
    world = worlds(Age.FUNDED, teams=2, exploration=800_000)
    assert racing.in_processes(tmp_path, *rivals(world)) == [302, 409]
    assert_committed_once()


def test_two_agreements_come_into_force_within_the_budget(worlds: Worlds, app, now):
    world = worlds(Age.FUNDED, teams=2, exploration=1_000_000)
    assert racing.in_threads(app, *rivals(world)) == [302, 302]
    settle()
    assert racing.sums() == {"source": -69_000_000, "budget": 68_000_000, "committed": 1_000_000}


def test_two_offers_over_one_budget(worlds: Worlds, app, now):
    world = worlds(Age.FUNDED, teams=2, exploration=800_000)
    agreements = [world.agreement(team) for team in world.proposals]
    settle()
    presses = [
        by(person, f"/agreements/{agreement.reference}/offer", seen=token(offered(agreement, left=800_000)))
        for person, agreement in zip((world.staff, world.colleague), agreements, strict=True)
    ]
    assert racing.in_threads(app, *presses) == [302, 409]


def test_what_is_accepted_is_what_was_listed(worlds: Worlds, app, now):
    world = worlds(Age.FUNDED, teams=1)
    statement = world.offered().statement
    settle()
    url = f"/rights-statements/{statement.reference}"
    listing = by(world.company_owner, f"{url}/background", kind="patent", title="A late patent", owner="Us")
    acceptance = by(world.approver, f"{url}/body-acceptance", seen=token(binds(statement)))
    assert racing.in_threads(app, listing, acceptance) == [302, 409]
    settle()
    assert (statement.body_accepted_at is None) == (len(statement.background) == 1)


def test_both_sides_accept_at_once_and_the_second_tries_again(worlds: Worlds, app, now):
    world = worlds(Age.FUNDED, teams=1)
    statement = world.offered().statement
    settle()
    url, seen = f"/rights-statements/{statement.reference}", token(binds(statement))
    presses = (
        by(world.company_owner, f"{url}/company-acceptance", seen=seen),
        by(world.approver, f"{url}/body-acceptance", seen=seen),
    )
    statuses = racing.in_threads(app, *presses)
    assert statuses in ([302, 302], [302, 409])
    settle()
    assert statement.is_accepted == (statuses == [302, 302]) == bool(racing.sums().get("committed"))
    assert db.session.scalar(select(func.count()).select_from(Transfer)) == (5 if statement.is_accepted else 3)
