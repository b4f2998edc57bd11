"""What the sponsor sets aside for each stage of a challenge."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.currency import InCurrency, takes_currency_of
from civtech.core.db import Identity, Model, Pence, relationship, required
from civtech.core.deciding import decides
from civtech.core.frozen import frozen
from civtech.core.guards import guard
from civtech.core.text import N_
from civtech.programmes.models import Round, Stage

if TYPE_CHECKING:
    from civtech.challenges.models.challenge import Challenge


class StageBudget(InCurrency, Model):
    """The money one challenge has for one stage, in pence excluding VAT."""

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
    stage: Mapped[Stage] = required()


def carried_over(
    budgets: Iterable[StageBudget], to: Round
) -> tuple[list[tuple[StageBudget, Stage]], list[StageBudget]]:
    """The amounts that a move to another round keeps, each with its new stage, and those it drops.

    A stage with the same key is the same kind of stage, so its amount stays as its author wrote it. An amount in
    another currency would be another amount, so it is dropped.
    """
    there = {(stage.key, stage.currency): stage for stage in to.funded_stages}
    places = [(budget, there.get((budget.stage.key, budget.currency))) for budget in budgets]
    return [(budget, stage) for budget, stage in places if stage], [budget for budget, stage in places if not stage]


FIXED = N_("You cannot change the budget after the challenge is published.")

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

for act, on in (("insert", "INSERT"), ("update", "UPDATE")):
    guard(
        f"stage_budget_is_for_a_stage_of_its_round_{act}",
        table="stage_budget",
        on=on,
        condition=(
            "NOT EXISTS (SELECT 1 FROM challenge JOIN stage ON stage.round_id = challenge.round_id "
            "WHERE challenge.id = NEW.challenge_id AND stage.id = NEW.stage_id)"
        ),
        message=N_("You can only set a budget for stages in this challenge’s round."),
    )
takes_currency_of(StageBudget, "stage")
frozen(StageBudget, but=("amount_pence", "stage_id"), message=N_("A budget belongs to one challenge."))
decides(StageBudget, of=StageBudget.challenge_id)
