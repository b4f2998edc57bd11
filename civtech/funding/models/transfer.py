"""Transfers: the ledger. Budget → committed → released → paid, each movement one row that never changes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.currency import InCurrency
from civtech.core.db import Identity, Model, Pence, db, one_of, relationship, stored
from civtech.core.errors import LostRace
from civtech.core.events import Person
from civtech.core.guards import message_in
from civtech.core.state import State
from civtech.core.text import N_
from civtech.funding.models.ledger_account import LedgerAccount

NOT_ENOUGH = N_("There is not enough money left for this.")
ALREADY_MOVED = N_("This money has already been moved.")


class TransferKind(State):
    BUDGET = "budget", N_("Budget set aside")
    COMMITMENT = "commitment", N_("Committed to a milestone")
    RELEASE = "release", N_("Released")
    PAYMENT = "payment", N_("Paid")
    RETURN = "return", N_("Returned to the budget")
    WITHDRAWAL = "withdrawal", N_("Budget of a cancelled challenge returned to the sponsor")


class Transfer(InCurrency, Model):
    """One movement of money. Its key makes a second attempt at the same movement impossible."""

    __tablename__ = "transfer"
    __table_args__ = (
        one_of("kind", TransferKind),
        CheckConstraint("amount_pence > 0", name="amount_is_positive"),
        CheckConstraint("debit_id <> credit_id", name="moves_between_two_accounts"),
        Index(
            "uq_transfer_once_credit_id",
            "kind",
            "credit_id",
            unique=True,
            sqlite_where=text("kind <> 'return'"),
            postgresql_where=text("kind <> 'return'"),
        ),
    )

    id: Mapped[Identity]
    kind: Mapped[TransferKind] = mapped_column(stored(TransferKind))
    debit_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    credit_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    amount_pence: Mapped[Pence]
    key: Mapped[str] = mapped_column(unique=True)
    moved_at: Mapped[datetime]
    moved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    debit: Mapped[LedgerAccount] = relationship(foreign_keys=debit_id)
    credit: Mapped[LedgerAccount] = relationship(foreign_keys=credit_id)

    @classmethod
    def move(
        cls,
        kind: TransferKind,
        *,
        debit: LedgerAccount,
        credit: LedgerAccount,
        amount_pence: int,
        key: str,
        by: Person | None,
        at: datetime,
    ) -> "Transfer":
        """Move money from `debit` to `credit`. The database changes both balances together with the row.

        Too little money, or the same movement twice, is a lost race (409).
        """
        transfer = cls(
            kind=kind,
            debit=debit,
            credit=credit,
            amount_pence=amount_pence,
            key=key,
            moved_at=at,
            moved_by_id=by.id if by else None,
        )
        with db.session.no_autoflush:
            _lock(debit, credit)
        try:
            db.session.add(transfer)
            db.session.flush()
        except IntegrityError as error:
            raise _understood(error) from error
        for account in (debit, credit):
            db.session.expire(account, ["balance_pence"])
        return transfer


def _lock(*accounts: LedgerAccount) -> None:
    """Lock the accounts until the commit, always in the same order, so that no two movements wait for each other."""
    ids = sorted(account.id for account in accounts)
    db.session.execute(
        select(LedgerAccount.id).where(LedgerAccount.id.in_(ids)).order_by(LedgerAccount.id).with_for_update()
    )


def _understood(error: IntegrityError) -> Exception:
    """Put the database's refusal into words, or return the error itself if the fault is ours."""
    detail = str(error.orig)
    if "balance_is_not_negative" in detail:
        return LostRace(NOT_ENOUGH)
    if message := message_in(error):
        return LostRace(message)
    if (
        "transfer.key" in detail
        or "transfer_key" in detail
        or "transfer_once" in detail
        or "transfer.credit_id" in detail
    ):
        return LostRace(ALREADY_MOVED)
    return error
