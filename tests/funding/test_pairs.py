"""A decision about money and its transfer exist together: neither is committed alone, whoever writes plain SQL."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from civtech.core.db import db
from civtech.core.guards import CONSEQUENCES, GUARDS
from civtech.funding.verification import findings
from civtech.stages.models import MilestoneState
from tests.support.messages import fragment, wording
from tests.support.sql import done, refused
from tests.world import Age
from tests.world.kept import Worlds

pytestmark = pytest.mark.both_databases("guards")


@pytest.fixture
def world(worlds: Worlds, app, now):
    made = worlds(Age.FUNDED, teams=1)
    db.session.commit()
    return made


def as_text(instant):
    return instant if db.engine.dialect.name == "postgresql" else instant.strftime("%Y-%m-%d %H:%M:%S.%f")


def not_committed():
    """The commit is refused, and everything is as it was before."""
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        db.session.commit()
    db.session.rollback()
    assert list(findings()) == []


APPROVE = "UPDATE release SET state = 'approved', approved_by_id = :who, approved_at = :at WHERE id = :id"
PAY = (
    "UPDATE release SET state = 'paid', paid_by_id = :who, paid_at = :at, bank_reference = 'BACS-000001' WHERE id = :id"
)
MOVE = (
    "INSERT INTO transfer (kind, debit_id, credit_id, amount_pence, currency, key, moved_at, moved_by_id) "
    "SELECT :kind, debit.id, credit.id, :amount, debit.currency, :key, :at, :who "
    "FROM account AS debit, account AS credit "
    "WHERE debit.kind = :debit AND credit.kind = :credit AND debit.milestone_id = :milestone "
    "AND credit.milestone_id = :milestone"
)
ACCOUNT = (
    "INSERT INTO account (kind, challenge_id, stage_id, milestone_id, balance_pence, currency) "
    "SELECT :kind, challenge_id, stage_id, milestone_id, 0, currency "
    "FROM account WHERE kind = 'committed' AND milestone_id = :m"
)


def test_a_release_approved_with_plain_sql_is_not_committed_without_its_transfer(world):
    release = world.release(world.in_force().milestones[0])
    db.session.commit()
    done(APPROVE, who=world.colleague.id, at=as_text(world.at), id=release.id)
    not_committed()


def test_a_release_paid_with_plain_sql_is_not_committed_without_its_transfer(world):
    release = world.release(world.in_force().milestones[0])
    release.approve(by=world.colleague, at=world.at)
    db.session.commit()
    done(PAY, who=world.finance.id, at=as_text(world.at), id=release.id)
    not_committed()


def test_an_agreement_brought_into_force_with_plain_sql_is_not_committed_without_its_commitments(world):
    agreement = world.offered()
    at = as_text(world.at)
    terms = {"terms": "a" * 64, "at": at, "id": agreement.statement_id}
    db.session.commit()
    done(
        "UPDATE rights_statement SET company_accepted_at = :at, company_accepted_by_id = :owner, "
        "company_accepted_terms = :terms, body_accepted_at = :at, body_accepted_by_id = :approver, "
        "body_accepted_terms = :terms, digest = :terms WHERE id = :id",
        owner=world.company_owner.id,
        approver=world.approver.id,
        **terms,
    )
    done("UPDATE stage_agreement SET state = 'active', activated_at = :at WHERE id = :id", at=at, id=agreement.id)
    not_committed()


def test_a_milestone_ended_with_plain_sql_is_not_committed_without_its_return(world):
    milestone = world.in_force().milestones[0]
    db.session.commit()
    done(
        "UPDATE milestone SET state = 'undelivered', ended_at = '2027-03-01 09:00:00.000000' WHERE id = :id",
        id=milestone.id,
    )
    not_committed()


def test_an_approved_release_and_its_transfer_are_committed_together_with_plain_sql_too(world):
    release = world.release(world.in_force().milestones[0])
    db.session.commit()
    milestone, at = release.milestone, as_text(world.at)
    done(ACCOUNT, kind="released", m=milestone.id)
    values = {
        "kind": "release",
        "debit": "committed",
        "credit": "released",
        "key": f"release:{milestone.reference}",
        "milestone": milestone.id,
        "at": at,
        "who": world.colleague.id,
    }
    assert wording(
        "Money can only move as it was decided. The amount, the person and the time must match the decision."
    ) in refused(MOVE, amount=200_000, **values), "nobody approved it yet"
    done(APPROVE, who=world.colleague.id, at=at, id=release.id)
    assert wording(
        "Money can only move as it was decided. The amount, the person and the time must match the decision."
    ) in refused(MOVE, amount=199_999, **values)
    assert wording("The key of a transfer must name its kind and what it is for.") in refused(
        MOVE, amount=200_000, **(values | {"key": "release:M-0000-0000"})
    )
    assert wording("The key of a transfer must name its kind and what it is for.") in refused(
        MOVE, amount=200_000, **(values | {"key": f"payment:{milestone.reference}"})
    )
    done(MOVE, amount=200_000, **values)
    db.session.commit()
    assert list(findings()) == [], "the balances moved with the transfer"
    assert refused(MOVE, amount=200_000, **values)


@pytest.mark.parametrize("sql", ["UPDATE owed_transfer SET key = 'x'", "DELETE FROM owed_transfer"])
def test_what_is_owed_is_kept(world, sql):
    assert fragment("change or delete") in refused(sql)


def test_the_ledger_check_names_what_has_no_partner(world):
    agreement = world.in_force()
    release = world.release(agreement.milestones[0])
    db.session.commit()
    connection = db.session.connection()
    for name in ("release_approved_owes_its_release", "milestone_undelivered_owes_its_return"):
        for statement in CONSEQUENCES[name].drop(connection.dialect.name):
            connection.execute(text(statement))
    done(APPROVE, who=world.colleague.id, at=as_text(world.at), id=release.id)
    other = agreement.milestones[1]
    done(
        "UPDATE milestone SET state = 'undelivered', ended_at = '2027-03-01 09:00:00.000000' WHERE id = :id",
        id=other.id,
    )
    assert other.state is MilestoneState.UNDELIVERED
    found = list(findings())
    assert f"Release {release.reference} is approved, but its money has not moved." in found
    for key in (f"release:{release.milestone.reference}", f"return:{other.reference}"):
        assert f"Transfer {key}: it is due, but the money has not moved." in found
    db.session.rollback()


def test_the_ledger_check_names_a_transfer_that_nothing_decided(world, now):
    release = world.release(world.in_force().milestones[0])
    release.approve(by=world.colleague, at=now)
    db.session.flush()
    connection = db.session.connection()
    for name in ("release_moves_as_declared", "release_is_fixed"):
        for statement in GUARDS[name].drop(connection.dialect.name):
            connection.execute(text(statement))
    done(
        "UPDATE release SET state = 'proposed', approved_at = NULL, approved_by_id = NULL WHERE id = :id", id=release.id
    )
    assert f"Transfer release:{release.milestone.reference}: nothing decided it." in list(findings())
    db.session.rollback()


@pytest.mark.parametrize("amount", [1, 199_999])
def test_what_was_not_delivered_is_returned_as_a_whole(world, amount):
    milestone = world.in_force().milestones[0]
    db.session.commit()
    done(
        "UPDATE milestone SET state = 'undelivered', ended_at = '2027-03-01 09:00:00.000000' WHERE id = :id",
        id=milestone.id,
    )
    account = "(SELECT id FROM account WHERE kind = '{}' AND {})"
    assert wording(
        "Money can only move as it was decided. The amount, the person and the time must match the decision."
    ) in refused(
        "INSERT INTO transfer (key, kind, debit_id, credit_id, amount_pence, currency, moved_at, moved_by_id) VALUES "
        f"(:key, 'return', {account.format('committed', 'milestone_id = :id')}, "
        f"{account.format('budget', 'stage_id = :stage')}, :amount, 'GBP', :at, :who)",
        key=f"return:{milestone.reference}",
        id=milestone.id,
        stage=milestone.agreement.stage_id,
        amount=amount,
        at=as_text(world.at),
        who=world.staff.id,
    )
    db.session.rollback()
