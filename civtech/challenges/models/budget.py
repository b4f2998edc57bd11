"""What the sponsor sets aside for each stage of a challenge."""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civtech.core.db import Identity, Model, Pence
from civtech.core.guards import guard
from civtech.core.text import N_
from civtech.programmes.models import Stage

if TYPE_CHECKING:
    from civtech.challenges.models.challenge import Challenge


class StageBudget(Model):
    """The money one challenge has for one stage, in pence without VAT."""

    __tablename__ = "stage_budget"
    __table_args__ = (
        UniqueConstraint("challenge_id", "stage_id"),
        CheckConstraint("amount_pence >= 0", name="amount_is_not_negative"),
    )

    id: Mapped[Identity]
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"))
    amount_pence: Mapped[Pence]

    challenge: Mapped["Challenge"] = relationship(back_populates="budgets")
    stage: Mapped[Stage] = relationship(lazy="joined", innerjoin=True)


FIXED = N_("The challenge is published: its budget is fixed.")

for act, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
    guard(
        f"stage_budget_is_fixed_once_published_{act.lower()}",
        table="stage_budget",
        on=act,
        condition=(
            f"EXISTS (SELECT 1 FROM challenge WHERE challenge.id = {row}.challenge_id "  # noqa: S608
            "AND challenge.state IN ('published', 'cancelled'))"
        ),
        message=FIXED,
    )
