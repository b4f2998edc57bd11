"""Accounts that hold money, in pence excluding VAT. Only the sponsor's own account may go below zero."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, mapped_column

from civtech.challenges.models import Challenge
from civtech.core.currency import InCurrency
from civtech.core.db import Identity, Model, Pence, db, one_of, required, stored
from civtech.core.state import State
from civtech.core.text import N_
from civtech.programmes.models import Stage
from civtech.stages.models import Milestone


class AccountKind(State):
    """`source` is the sponsor's own money outside the platform, and the only account that may be negative."""

    SOURCE = "source", N_("Sponsor’s funds")
    BUDGET = "budget", N_("Budget")
    COMMITTED = "committed", N_("Committed")
    RELEASED = "released", N_("Released")
    PAID = "paid", N_("Paid")


class LedgerAccount(InCurrency, Model):
    """Holds money for a challenge and stage, or for one milestone once its money is committed.

    The balance is the sum of the transfers. The database refuses any other figure.
    """

    __tablename__ = "account"
    __table_args__ = (
        one_of("kind", AccountKind),
        CheckConstraint("kind = 'source' OR balance_pence >= 0", name="balance_is_not_negative"),
        CheckConstraint("(kind IN ('source', 'budget')) = (milestone_id IS NULL)", name="milestone_once_committed"),
        UniqueConstraint("milestone_id", "kind"),
        Index(
            "uq_account_kind_challenge_id_stage_id",
            "kind",
            "challenge_id",
            "stage_id",
            unique=True,
            sqlite_where=text("milestone_id IS NULL"),
            postgresql_where=text("milestone_id IS NULL"),
        ),
        Index("ix_account_challenge_id_stage_id", "challenge_id", "stage_id"),
        Index(
            "ix_account_kind_challenge_id_milestone_id_balance_pence",
            *("kind", "challenge_id", "milestone_id", "balance_pence"),
            sqlite_where=text("balance_pence != 0"),
            postgresql_where=text("balance_pence != 0"),
        ),
    )

    id: Mapped[Identity]
    kind: Mapped[AccountKind] = mapped_column(stored(AccountKind))
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"))
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestone.id"))
    balance_pence: Mapped[Pence] = mapped_column(default=0)

    stage: Mapped[Stage] = required()

    @classmethod
    def of(
        cls, kind: AccountKind, *, challenge: Challenge, stage: Stage, milestone: Milestone | None = None
    ) -> "LedgerAccount":
        """Return the account of this kind, and create it at its first use."""
        query = select(cls).where(cls.kind == kind, cls.challenge_id == challenge.id, cls.stage_id == stage.id)
        query = query.where(cls.milestone_id == milestone.id if milestone else cls.milestone_id.is_(None))
        account = db.session.scalar(query)
        if account is None:
            account = cls(
                kind=kind,
                challenge_id=challenge.id,
                stage=stage,
                milestone_id=milestone.id if milestone else None,
                balance_pence=0,
            )
            db.session.add(account)
            db.session.flush()
        return account

    @classmethod
    def of_milestone(cls, kind: AccountKind, milestone: Milestone) -> "LedgerAccount":
        """Return the account of this kind for one milestone."""
        agreement = milestone.agreement
        return cls.of(kind, challenge=agreement.challenge, stage=agreement.stage, milestone=milestone)
