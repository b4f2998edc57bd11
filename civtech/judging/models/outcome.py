"""Outcomes: what a decision says about each proposal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.db import Identity, Model, relationship, required
from civtech.proposals.models import Proposal

if TYPE_CHECKING:
    from civtech.judging.models.decision import Decision


@dataclass(frozen=True)
class Verdict:
    """What a decision says about one proposal. `total` is per cent × 100. Only its team reads `feedback`.

    `passes` says whether the proposal reached the pass mark and every threshold.
    """

    proposal: Proposal
    rank: int
    total: int
    goes_on: bool
    feedback: str
    passes: bool = True


def departs_from_the_ranking(verdicts: Sequence[Verdict], *, places: int | None) -> bool:
    """Whether the choice differs from the best proposals that pass, up to the number of places, or breaks a tie."""
    chosen = [verdict for verdict in verdicts if verdict.goes_on]
    passed_over = [verdict for verdict in verdicts if verdict.passes and not verdict.goes_on]
    if any(not verdict.passes for verdict in chosen):
        return True
    if passed_over and (places is None or len(chosen) < places):
        return True
    worst = max((verdict.rank for verdict in chosen), default=0)
    return any(verdict.rank <= worst for verdict in passed_over)


class Outcome(Model):
    """What a decision means for one proposal. A team only reads its own, once the decision is released."""

    __tablename__ = "outcome"
    __table_args__ = (
        UniqueConstraint("decision_id", "proposal_id"),
        CheckConstraint("total BETWEEN 0 AND 10000", name="total_is_per_cent"),
    )

    id: Mapped[Identity]
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    rank: Mapped[int]
    total: Mapped[int]
    goes_on: Mapped[bool]
    feedback: Mapped[str]

    decision: Mapped["Decision"] = relationship(back_populates="outcomes")
    proposal: Mapped[Proposal] = required()
