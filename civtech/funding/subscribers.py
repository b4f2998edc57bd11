"""Moves of money after decisions: publication opens budgets, agreements commit, unused money is returned."""

from sqlalchemy import select

from civtech.challenges.events import ChallengeCancelled, ChallengePublished
from civtech.core.db import db
from civtech.core.events import emit, subscribe
from civtech.funding.events import BudgetOpened, BudgetWithdrawn, MoneyCommitted, MoneyReturned
from civtech.funding.models import AccountKind, LedgerAccount, Transfer, TransferKind
from civtech.stages.events import AgreementActivated, AmountFacts, MilestoneEnded


@subscribe(ChallengePublished)
def open_budget(event: ChallengePublished) -> None:
    """Set aside the sponsor's money for each stage."""
    challenge = event.subject
    db.session.flush()
    for budget in challenge.budgets:
        if budget.amount_pence:
            Transfer.move(
                TransferKind.BUDGET,
                debit=LedgerAccount.of(AccountKind.SOURCE, challenge=challenge, stage=budget.stage),
                credit=LedgerAccount.of(AccountKind.BUDGET, challenge=challenge, stage=budget.stage),
                amount_pence=budget.amount_pence,
                key=f"budget:{challenge.reference}:{budget.stage.key}",
                by=event.by,
                at=event.at,
            )
    opened: AmountFacts = {"amount_pence": challenge.budget_pence, "currency": challenge.round.currency}
    emit(BudgetOpened(subject=challenge, by=event.by, at=event.at, facts=opened))


@subscribe(ChallengeCancelled)
def give_budget_back(event: ChallengeCancelled) -> None:
    """Return a cancelled challenge's budget to the sponsor."""
    challenge = event.subject
    db.session.flush()
    withdrawn = 0
    for budget in db.session.scalars(
        select(LedgerAccount)
        .where(
            LedgerAccount.challenge_id == challenge.id,
            LedgerAccount.kind == AccountKind.BUDGET,
            LedgerAccount.balance_pence > 0,
        )
        .order_by(LedgerAccount.id)
    ).all():
        stage = next(each.stage for each in challenge.budgets if each.stage_id == budget.stage_id)
        amount = budget.balance_pence
        Transfer.move(
            TransferKind.WITHDRAWAL,
            debit=budget,
            credit=LedgerAccount.of(AccountKind.SOURCE, challenge=challenge, stage=stage),
            amount_pence=amount,
            key=f"withdrawal:{challenge.reference}:{stage.key}",
            by=event.by,
            at=event.at,
        )
        withdrawn += amount
    if withdrawn:
        returned: AmountFacts = {"amount_pence": withdrawn, "currency": challenge.round.currency}
        emit(BudgetWithdrawn(subject=challenge, by=event.by, at=event.at, facts=returned))


@subscribe(AgreementActivated)
def commit_money(event: AgreementActivated) -> None:
    """Commit each milestone's amount from the stage's budget."""
    agreement = event.subject
    db.session.flush()
    budget = LedgerAccount.of(AccountKind.BUDGET, challenge=agreement.challenge, stage=agreement.stage)
    for milestone in agreement.milestones:
        Transfer.move(
            TransferKind.COMMITMENT,
            debit=budget,
            credit=LedgerAccount.of_milestone(AccountKind.COMMITTED, milestone),
            amount_pence=milestone.amount_pence,
            key=f"commitment:{milestone.reference}",
            by=event.by,
            at=event.at,
        )
    promised: AmountFacts = {"amount_pence": agreement.amount_pence, "currency": agreement.currency}
    emit(MoneyCommitted(subject=agreement, by=event.by, at=event.at, facts=promised))


@subscribe(MilestoneEnded)
def give_back(event: MilestoneEnded) -> None:
    """Return the amount committed to a milestone that was not delivered."""
    milestone = event.subject
    agreement = milestone.agreement
    db.session.flush()
    committed = LedgerAccount.of_milestone(AccountKind.COMMITTED, milestone)
    amount = committed.balance_pence
    if not amount:
        return
    Transfer.move(
        TransferKind.RETURN,
        debit=committed,
        credit=LedgerAccount.of(AccountKind.BUDGET, challenge=agreement.challenge, stage=agreement.stage),
        amount_pence=amount,
        key=f"return:{milestone.reference}",
        by=event.by,
        at=event.at,
    )
    emit(
        MoneyReturned(
            subject=agreement,
            by=event.by,
            at=event.at,
            facts={"milestone": milestone.reference, "amount_pence": amount, "currency": milestone.currency},
        )
    )
