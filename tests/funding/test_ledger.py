"""The ledger under any order of verbs: sums conserved, nothing below zero, balances what the transfers add up to."""

import re
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from civtech.core.db import db
from civtech.core.errors import RuleViolation
from civtech.core.guards import GUARDS, message_in
from civtech.funding.models import AccountKind, LedgerAccount, Release, Transfer, TransferKind
from civtech.funding.verification import findings
from civtech.stages.models import Milestone, StageAgreement
from tests.world import Age, build
from tests.world.kept import Worlds

pytestmark = pytest.mark.both_databases("guards", "types")

PEOPLE = (
    "staff",
    "colleague",
    "finance",
    "approver",
    "acceptor",
    "company_owner",
    "rival_owner",
    "company_editor",
    "auditor",
    "stranger",
)
BUDGET = 800_000
ROLES = {guard.message for name, guard in GUARDS.items() if re.fullmatch(r"release_is_\w+_by_\w+", name)}


class Ledger(RuleBasedStateMachine):
    """People of every role try every verb on every noun, mostly in the wrong order or without the right."""

    at = None

    @initialize(amounts=st.lists(st.integers(1, 250_000), min_size=1, max_size=2))
    def begin(self, amounts):
        db.session.rollback()
        self.outer = db.session.begin_nested()
        self.references = count(1)
        self.now = self.at
        self.world.accepted(self.world.in_force(amounts=tuple(amounts)).milestones[0])

    def attempt(self, act, *args, **kwargs):
        """Whether it was done; what the rules refuse leaves no trace."""
        self.now += timedelta(seconds=1)
        inner = db.session.begin_nested()
        try:
            act(*args, **kwargs, at=self.now)
            db.session.flush()
        except (RuleViolation, IntegrityError) as refused:
            if isinstance(refused, IntegrityError) and message_in(refused) not in ROLES:
                raise
            inner.rollback()
            db.session.expire_all()
        else:
            inner.commit()

    def who(self, data, likely=None):
        """Half of the time somebody who may, so that the machine gets far; otherwise anybody."""
        key = likely if likely and data.draw(st.booleans()) else data.draw(st.sampled_from(PEOPLE))
        return self.world.people[key]

    def one(self, noun, data):
        rows = db.session.scalars(select(noun).order_by(noun.id)).unique().all()
        return data.draw(st.sampled_from(rows)) if rows else None

    @rule(data=st.data(), team=st.integers(0, 1), amounts=st.lists(st.integers(1, 600_000), min_size=1, max_size=3))
    def draw_up(self, data, team, amounts):
        self.attempt(self._draw_up, data, team, amounts)

    def _draw_up(self, data, team, amounts, *, at):
        self.world.agreement(self.world.proposals[team], amounts=tuple(amounts), at=at)

    @rule(data=st.data())
    def offer(self, data):
        if agreement := self.one(StageAgreement, data):
            self.attempt(agreement.offer, by=self.world.staff)

    @rule(data=st.data())
    def take_back(self, data):
        if agreement := self.one(StageAgreement, data):
            self.attempt(agreement.take_back, by=self.world.staff)

    @rule(data=st.data(), side=st.sampled_from(["accept_for_company", "accept_for_body"]))
    def accept_rights(self, data, side):
        if agreement := self.one(StageAgreement, data):
            likely = self.world.owner(agreement.proposal) if side == "accept_for_company" else self.world.approver
            by = likely if data.draw(st.booleans()) else self.who(data)
            self.attempt(getattr(agreement.statement, side), by=by)

    @rule(data=st.data())
    def deliver(self, data):
        if milestone := self.one(Milestone, data):
            by = self.world.owner(milestone.agreement.proposal)
            self.attempt(milestone.deliver, evidence="Done.", link=None, by=by)

    @rule(data=st.data())
    def accept_evidence(self, data):
        if milestone := self.one(Milestone, data):
            self.attempt(milestone.accept, by=self.world.acceptor if data.draw(st.booleans()) else self.who(data))

    @rule(data=st.data())
    def return_evidence(self, data):
        if milestone := self.one(Milestone, data):
            self.attempt(milestone.send_back, reason="More.", by=self.world.acceptor)

    @rule(data=st.data(), end=st.sampled_from(["stop", "complete"]))
    def end(self, data, end):
        if (agreement := self.one(StageAgreement, data)) and data.draw(st.integers(0, 3)) == 0:
            self.attempt(getattr(agreement, end), by=self.world.staff)

    @rule(data=st.data())
    def propose(self, data):
        if milestone := self.one(Milestone, data):
            self.attempt(Release.propose, milestone=milestone, by=self.who(data, "staff"))

    @rule(data=st.data(), verb=st.sampled_from(["approve", "approve", "refuse", "pay"]))
    def decide(self, data, verb):
        if release := self.one(Release, data):
            extra = {"refuse": {"reason": "No."}, "pay": {"bank_reference": f"BACS-{next(self.references):06}"}}
            likely = "finance" if verb == "pay" else "colleague"
            self.attempt(getattr(release, verb), by=self.who(data, likely), **extra.get(verb, {}))

    @invariant()
    def money_is_conserved(self):
        db.session.flush()
        balances = db.session.scalars(select(LedgerAccount)).all()
        assert sum(account.balance_pence for account in balances) == 0
        assert all(account.balance_pence >= 0 for account in balances if account.kind is not AccountKind.SOURCE)
        moved: dict[int, int] = {}
        for transfer in db.session.scalars(select(Transfer)):
            moved[transfer.debit_id] = moved.get(transfer.debit_id, 0) - transfer.amount_pence
            moved[transfer.credit_id] = moved.get(transfer.credit_id, 0) + transfer.amount_pence
        assert {account.id: account.balance_pence for account in balances} == {
            a.id: moved.get(a.id, 0) for a in balances
        }

    @invariant()
    def each_is_within_the_next(self):
        for wrong in (
            "SELECT id FROM stage_agreement WHERE amount_pence <> (SELECT COALESCE(SUM(milestone.amount_pence), 0) "
            "FROM milestone WHERE milestone.agreement_id = stage_agreement.id)",
            "SELECT stage_agreement.id FROM stage_agreement JOIN stage ON stage.id = stage_agreement.stage_id "
            "WHERE stage_agreement.state NOT IN ('draft', 'lapsed') AND stage_agreement.amount_pence > stage.amount_pence",  # noqa: E501
            "SELECT release.id FROM release JOIN milestone ON milestone.id = release.milestone_id "
            "WHERE release.amount_pence > milestone.amount_pence OR milestone.state <> 'accepted'",
            "SELECT release.id FROM release JOIN milestone ON milestone.id = release.milestone_id "
            "WHERE release.proposed_by_id IN (milestone.accepted_by_id, release.approved_by_id, release.paid_by_id) "
            "OR milestone.accepted_by_id IN (release.approved_by_id, release.refused_by_id, release.paid_by_id)",
        ):
            assert db.session.execute(text(wrong)).all() == []
        promised = (
            "SELECT COALESCE(SUM(milestone.amount_pence), 0) FROM milestone JOIN stage_agreement "
            "ON stage_agreement.id = milestone.agreement_id WHERE milestone.state <> 'undelivered' "
            "AND stage_agreement.state NOT IN ('draft', 'lapsed')"
        )
        assert db.session.scalar(text(promised)) <= BUDGET

    @invariant()
    def money_moved_only_under_accepted_rights(self):
        statement = (
            "SELECT COUNT(*) FROM transfer JOIN account ON account.id = transfer.credit_id "
            "JOIN milestone ON milestone.id = account.milestone_id "
            "JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id "
            "JOIN rights_statement ON rights_statement.id = stage_agreement.statement_id "
            "WHERE rights_statement.digest IS NULL OR transfer.moved_at < rights_statement.company_accepted_at "
            "OR transfer.moved_at < rights_statement.body_accepted_at"
        )
        assert db.session.scalar(text(statement)) == 0

    def teardown(self):
        if hasattr(self, "outer"):
            assert list(findings()) == []
            db.session.rollback()


@pytest.mark.takes(30, "Ten plays of thirty acts each, the ledger added up after every act.")
def test_no_order_of_verbs_breaks_the_ledger(worlds: Worlds, app, now):
    world = worlds(Age.FUNDED, teams=2, exploration=BUDGET)
    db.session.commit()
    machine = type("World", (Ledger,), {"world": world, "at": now})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=10,
            stateful_step_count=30,
            database=None,
        ),
    )


def with_a_payment(at):
    world = build(Age.FUNDED, at, teams=1)
    return world.release(world.in_force().milestones[0], paid=True, at=at)


@pytest.fixture
def paid(worlds: Worlds, app, now):
    return worlds(with_a_payment)


def test_verify_says_that_everything_adds_up(app, paid):
    result = app.test_cli_runner().invoke(args=["ledger", "verify"])
    assert (result.exit_code, "Every balance is the sum of its transfers" in result.output) == (0, True)


@pytest.mark.parametrize(
    ("table", "sql", "named"),
    [
        ("account", "UPDATE account SET balance_pence = balance_pence + 1 WHERE kind = 'paid'", "paid of milestone M-"),
        ("account", "UPDATE account SET balance_pence = 0 WHERE kind = 'budget'", "budget of challenge C-"),
        ("transfer", "UPDATE transfer SET amount_pence = 1 WHERE kind = 'release'", "released of milestone M-"),
        (
            "transfer",
            "DELETE FROM owed_transfer WHERE key LIKE 'payment:%'; DELETE FROM transfer WHERE kind = 'payment'",
            "Release L-",
        ),
        ("rights_statement", "UPDATE rights_statement SET licence_exclusive = 'Yes'", "Rights statement S-"),
        ("background_item", "UPDATE background_item SET owner = 'The public body'", "Rights statement S-"),
    ],
)
def test_verify_names_what_was_changed_past_the_guards(app, paid, table, sql, named):
    dialect = db.engine.dialect.name
    guards = [guard for guard in GUARDS.values() if guard.table in {table, f"owed_{table}"}]
    for guard in guards:
        for statement in guard.drop(dialect):
            db.session.execute(text(statement))
    for one in sql.split("; "):
        db.session.execute(text(one))
    for guard in guards:
        for statement in guard.create(dialect):
            db.session.connection().exec_driver_sql(
                statement.replace("%", "%%") if dialect == "postgresql" else statement
            )
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["ledger", "verify"])
    assert result.exit_code == 1
    assert named in result.output


def test_the_kinds_of_transfer_are_all_guarded(app):
    assert {
        name.removeprefix("transfer_follows_a_decision_on_") for name in GUARDS if "follows_a_decision" in name
    } == {kind.value for kind in TransferKind}
