"""Money withstands plain SQL."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from civtech.core.db import db
from civtech.funding.models import AccountKind, LedgerAccount
from civtech.funding.models.release import RIGHTS_FIRST
from civtech.people.models import ProgrammeRole
from civtech.roles.models import RoleGrant
from tests.support.messages import fragment, wording
from tests.support.sql import done, refused, without
from tests.world import Age, build
from tests.world.kept import Worlds

pytestmark = pytest.mark.both_databases("guards", "types")
TRANSFER = (
    "INSERT INTO transfer (kind, debit_id, credit_id, amount_pence, currency, key, moved_at, moved_by_id) "
    "SELECT :kind, :debit, :credit, :amount, 'GBP', :key, {at}, :by"
)


def accepted(at):
    """A milestone that was accepted."""
    world = build(Age.FUNDED, at, teams=1)
    return world, world.accepted(world.in_force().milestones[0])


def released(at):
    """A release that waits for a second person."""
    world = build(Age.FUNDED, at, teams=1)
    return world, world.release(world.in_force().milestones[0])


BUILDERS = {"milestone": accepted, "release": released}


@pytest.fixture
def begun(request, worlds: Worlds, app, now):
    """A world, and in it the milestone or the release that the test asks for; else no agreement yet."""
    for name in request.fixturenames:
        if name in BUILDERS:
            return worlds(BUILDERS[name])
    return worlds(Age.FUNDED, teams=1), None


@pytest.fixture
def world(begun):
    return begun[0]


@pytest.fixture
def milestone(begun):
    return begun[1]


@pytest.fixture
def release(begun):
    return begun[1]


def trust(person):
    """Make somebody staff, so that what refuses them is not that they have no role."""
    if not person.is_staff:
        RoleGrant.by_operator(person, ProgrammeRole.STAFF, at=person.registered_at)
        db.session.flush()
    return person


def account(kind, milestone):
    found = (
        LedgerAccount.of_milestone(kind, milestone)
        if kind not in {AccountKind.SOURCE, AccountKind.BUDGET}
        else LedgerAccount.of(kind, challenge=milestone.agreement.challenge, stage=milestone.agreement.stage)
    )
    return found.id


def forge(world, milestone, kind, debit, credit, amount, at="(SELECT max(moved_at) FROM transfer)", by=None):
    return refused(
        TRANSFER.format(at=at),
        kind=kind,
        debit=account(AccountKind(debit), milestone),
        credit=account(AccountKind(credit), milestone),
        amount=amount,
        key=f"{kind}:{milestone.reference}",
        by=(by or world.colleague).id,
    )


def test_no_money_is_committed_released_or_paid_before_the_rights_statement_is_accepted(world):
    agreement = world.offered()
    milestone = agreement.milestones[0]
    for kind, debit, credit in (
        ("commitment", "budget", "committed"),
        ("release", "committed", "released"),
        ("payment", "released", "paid"),
    ):
        assert forge(world, milestone, kind, debit, credit, milestone.amount_pence)
    insert = (
        "INSERT INTO release (reference, milestone_id, state, amount_pence, vat_pence, proposed_at, proposed_by_id, version, currency) "  # noqa: E501
        "SELECT 'L-FORGED', :milestone, 'proposed', 1, 0, offered_at, :who, 1, currency FROM stage_agreement"
    )
    assert refused(insert, milestone=milestone.id, who=world.staff.id)
    agreement.statement.accept_for_company(by=world.company_owner, at=agreement.offered_at)
    assert refused(insert, milestone=milestone.id, who=world.staff.id), "one side is not enough"
    assert forge(world, milestone, "commitment", "budget", "committed", milestone.amount_pence)


@pytest.mark.parametrize(
    ("kind", "debit", "credit"),
    [
        ("budget", "source", "committed"),
        ("budget", "budget", "paid"),
        ("return", "released", "budget"),
        ("return", "committed", "paid"),
        ("payment", "committed", "paid"),
        ("release", "budget", "released"),
        ("withdrawal", "committed", "source"),
        ("withdrawal", "budget", "source"),
        ("return", "committed", "budget"),
    ],
)
def test_money_leaves_the_route_under_no_name(world, release, kind, debit, credit):
    for amount in (200_000, 1_500_000):
        assert forge(world, release.milestone, kind, debit, credit, amount)


def test_a_release_that_nobody_approved_moves_nothing(world, release):
    assert forge(world, release.milestone, "release", "committed", "released", 200_000)


@pytest.mark.parametrize(
    ("amount", "at", "by"),
    [
        (100_000, "approved_at", "colleague"),
        (199_999, "approved_at", "colleague"),
        (200_000, "proposed_at", "colleague"),
        (200_000, "approved_at", "staff"),
    ],
)
def test_a_release_moves_as_it_was_approved_or_not_at_all(world, release, amount, at, by):
    done(
        "UPDATE release SET state = 'approved', approved_by_id = :who, approved_at = :at WHERE id = :id",
        who=world.colleague.id,
        at=_text(world.at),
        id=release.id,
    )
    assert "as it was decided" in forge(
        world,
        release.milestone,
        "release",
        "committed",
        "released",
        amount,
        at=f"(SELECT {at} FROM release)",
        by=world.people[by],
    )


def _text(instant):
    return instant if db.engine.dialect.name == "postgresql" else instant.strftime("%Y-%m-%d %H:%M:%S.%f")


def test_a_milestone_is_released_and_paid_once(world, release):
    release.approve(by=world.colleague, at=world.at)
    db.session.flush()
    assert forge(world, release.milestone, "release", "committed", "released", 200_000)
    release.pay(bank_reference="BACS-000001", by=world.finance, at=world.at + timedelta(days=1))
    db.session.flush()
    assert forge(world, release.milestone, "payment", "released", "paid", 200_000, by=world.finance)


@pytest.mark.parametrize(
    "change",
    ["balance_pence = balance_pence + 1", "balance_pence = 0", "milestone_id = milestone_id + 100", "kind = 'paid'"],
)
def test_a_balance_is_what_the_transfers_add_up_to(world, release, change):
    assert wording("The balance of an account must equal the total of its transfers.") in refused(
        f"UPDATE account SET {change} WHERE kind = 'committed' AND milestone_id = :milestone",
        milestone=release.milestone_id,
    )


def test_an_account_does_not_begin_with_money(world, release):
    assert wording("A new account must start with a balance of zero.") in refused(
        "INSERT INTO account (kind, challenge_id, stage_id, milestone_id, balance_pence, currency) "
        "SELECT 'released', challenge_id, stage_id, milestone_id, 5, currency FROM account WHERE kind = 'committed' AND milestone_id = :m",  # noqa: E501
        m=release.milestone_id,
    )


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE transfer SET amount_pence = 1",
        "UPDATE transfer SET moved_at = moved_at",
        "DELETE FROM transfer",
        "DELETE FROM account",
        "DELETE FROM release",
    ],
)
def test_the_ledger_is_kept(world, release, sql):
    assert refused(sql)


INSERT = (
    "INSERT INTO release (reference, milestone_id, state, amount_pence, vat_pence, proposed_at, proposed_by_id, version, currency) "  # noqa: E501
    "SELECT 'L-FORGED', id, 'proposed', :net, :vat, {at}, :who, 1, currency FROM milestone WHERE id = :milestone"
)


@pytest.mark.parametrize(
    ("net", "vat", "who", "at", "said"),
    [
        (200_001, 40_000, "staff", "accepted_at", fragment("cannot be more than the amount of its accepted milestone")),
        (200_000, 40_001, "staff", "accepted_at", fragment("cannot be more than the amount of its accepted milestone")),
        (0, 0, "staff", "accepted_at", "amount_is_positive"),
        (200_000, 40_000, "acceptor", "accepted_at", fragment("The person who accepted the evidence cannot")),
        (200_000, 40_000, "company_owner", "accepted_at", "conflict of interest"),
        (200_000, 40_000, "company_viewer", "accepted_at", "conflict of interest"),
    ],
)
def test_a_release_keeps_to_its_milestone(world, milestone, net, vat, who, at, said):
    trust(world.people[who])
    assert said in refused(INSERT.format(at=at), net=net, vat=vat, who=world.people[who].id, milestone=milestone.id)


def test_a_release_is_not_dated_back_before_the_acceptance(world, milestone):
    at = "(SELECT activated_at FROM stage_agreement WHERE id = agreement_id)"
    assert fragment("cannot be more than the amount of its accepted milestone") in refused(
        INSERT.format(at=at), net=1, vat=0, who=world.staff.id, milestone=milestone.id
    )


def test_one_release_of_a_milestone_lives(world, release):
    assert refused(
        INSERT.format(at="accepted_at"), net=1, vat=0, who=world.colleague.id, milestone=release.milestone_id
    )


@pytest.mark.parametrize(
    ("change", "who", "said"),
    [
        ("state = 'approved', approved_at = proposed_at, approved_by_id = :who", "staff", "approver_is_another_person"),
        (
            "state = 'approved', approved_at = proposed_at, approved_by_id = :who",
            "acceptor",
            fragment("The person who accepted the evidence cannot"),
        ),
        (
            "state = 'approved', approved_at = proposed_at, approved_by_id = :who",
            "company_owner",
            "conflict of interest",
        ),
        (
            "state = 'approved', approved_at = (SELECT accepted_at FROM milestone WHERE id = milestone_id), approved_by_id = :who",  # noqa: E501
            "colleague",
            "approved_after_it_was_proposed",
        ),
        ("state = 'approved'", None, "approved_"),
        (
            "state = 'refused', refused_at = proposed_at, reason = 'x', refused_by_id = :who",
            "staff",
            "refused_by_another_person",
        ),
        (
            "state = 'refused', refused_at = proposed_at, reason = 'x', refused_by_id = :who",
            "company_editor",
            "conflict of interest",
        ),
        (
            "state = 'paid', approved_at = proposed_at, approved_by_id = :who, paid_at = proposed_at, paid_by_id = :who, bank_reference = 'BACS-000001'",  # noqa: E501
            "finance",
            "cannot be changed",
        ),
        ("amount_pence = 1", None, "amounts of a release"),
        ("vat_pence = 0", None, "amounts of a release"),
        ("proposed_by_id = :who", "colleague", "amounts of a release"),
    ],
)
def test_a_release_is_decided_by_whoever_may(world, release, change, who, said):
    values = {"who": trust(world.people[who]).id} if who else {}
    assert said in refused(f"UPDATE release SET {change} WHERE id = :id", id=release.id, **values)


def test_a_recused_judge_takes_no_part(world, milestone):
    world.recused(world.colleague, milestone.agreement.proposal)
    assert "conflict of interest" in refused(
        INSERT.format(at="accepted_at"), net=1, vat=0, who=world.colleague.id, milestone=milestone.id
    )


@pytest.mark.parametrize(
    "change", ["state = 'proposed'", "amount_pence = 1", "approved_by_id = :who", "state = 'refused'"]
)
def test_an_approved_release_is_fixed(world, release, change):
    release.approve(by=world.colleague, at=world.at)
    values = {"who": world.finance.id} if ":who" in change else {}
    assert refused(f"UPDATE release SET {change} WHERE id = :id", id=release.id, **values)


@pytest.mark.parametrize(
    "change",
    ["bank_reference = 'BACS-000002'", "paid_by_id = approved_by_id", "state = 'approved'", "bank_reference = 'x'"],
)
def test_a_paid_release_is_fixed(world, release, change):
    release.approve(by=world.colleague, at=world.at)
    release.pay(bank_reference="BACS-000001", by=world.finance, at=world.at)
    assert refused(f"UPDATE release SET {change} WHERE id = :id", id=release.id)


@pytest.mark.parametrize("reference", ["short", "x" * 36, "lower-case"])
def test_a_bank_reference_has_its_shape(world, release, reference):
    release.approve(by=world.colleague, at=world.at)
    assert "bank_reference" in refused(
        "UPDATE release SET state = 'paid', paid_at = approved_at, paid_by_id = :who, bank_reference = :reference WHERE id = :id",  # noqa: E501
        who=world.finance.id,
        reference=reference,
        id=release.id,
    )


def test_a_release_is_proposed_before_it_is_approved(world, milestone):
    assert wording("A release must be proposed first.") in refused(
        "INSERT INTO release (reference, milestone_id, state, amount_pence, vat_pence, proposed_at, proposed_by_id, "
        "approved_at, approved_by_id, version, currency) SELECT 'L-FORGED', id, 'approved', 1, 0, accepted_at, :staff, "
        "accepted_at, :colleague, 1, currency FROM milestone WHERE id = :milestone",
        staff=world.staff.id,
        colleague=world.colleague.id,
        milestone=milestone.id,
    )


@pytest.fixture
def unchecked(world):
    """SQLite lets a connection switch CHECKs off, such as those that keep instants in order; guards stay."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has no such switch")
    db.session.execute(text("PRAGMA ignore_check_constraints = ON"))
    yield
    db.session.rollback()
    db.session.execute(text("PRAGMA ignore_check_constraints = OFF"))


DATED_BACK = "(SELECT drafted_at FROM stage_agreement)"


def test_a_release_that_was_dated_back_before_the_rights_statement_moves_nothing(world, release, unchecked):
    done(
        f"UPDATE release SET state = 'approved', approved_by_id = :who, approved_at = {DATED_BACK}", who=world.staff.id
    )
    assert RIGHTS_FIRST in forge(
        world, release.milestone, "release", "committed", "released", 200_000, at=DATED_BACK, by=world.staff
    )


def test_nothing_is_released_for_evidence_that_was_dated_back_before_the_rights_statement(world, unchecked):
    milestone = world.in_force().milestones[0]
    milestone.deliver(evidence="Counts.", link=None, by=world.company_owner, at=world.at)
    acceptor = world.acceptor.id
    done(f"UPDATE deliverable SET state = 'accepted', decided_at = {DATED_BACK}, decided_by_id = {acceptor}")
    done(
        "UPDATE milestone SET state = 'accepted', "
        f"accepted_at = {DATED_BACK}, accepted_by_id = {acceptor} WHERE id = :id",
        id=milestone.id,
    )
    insert = INSERT.format(at="accepted_at")
    assert RIGHTS_FIRST in refused(insert, net=1, vat=0, who=world.staff.id, milestone=milestone.id)


OUTSIDERS = ("stranger", "auditor", "judge_one", "author")


@pytest.mark.parametrize("who", [*OUTSIDERS, "finance"])
def test_only_staff_propose_a_release(world, milestone, who):
    values = {"net": 200_000, "vat": 40_000, "milestone": milestone.id}
    assert wording("Only programme staff can propose a release.") in refused(
        INSERT.format(at="accepted_at"), who=world.people[who].id, **values
    )
    done(INSERT.format(at="accepted_at"), who=world.staff.id, **values)


@pytest.mark.parametrize("who", OUTSIDERS)
def test_only_staff_or_finance_decide_on_a_release(world, release, who):
    for change in (
        "state = 'approved', approved_at = proposed_at, approved_by_id = :who",
        "state = 'refused', refused_at = proposed_at, reason = 'x', refused_by_id = :who",
    ):
        assert "Only programme staff or finance" in refused(f"UPDATE release SET {change}", who=world.people[who].id)
    done(
        "UPDATE release SET state = 'approved', approved_at = proposed_at, approved_by_id = :who", who=world.finance.id
    )


@pytest.mark.parametrize("who", [*OUTSIDERS, "colleague"])
def test_only_finance_pays_a_release(world, release, who):
    release.approve(by=world.colleague, at=world.at)
    pay = "UPDATE release SET state = 'paid', paid_at = approved_at, paid_by_id = :who, bank_reference = 'BACS-000001'"
    with without("release_is_paid_by_another_than_approved_it"):
        assert "Only finance" in refused(pay, who=world.people[who].id)
    done(pay, who=world.finance.id)


def test_a_stranger_approves_no_release_by_the_verb_either(world, release):
    with pytest.raises(IntegrityError, match="Only programme staff or finance"):
        release.approve(by=world.stranger, at=world.at)
