"""How much an agreement can pay: what the stage pays one team, and what the challenge has left for the stage."""

from typing import TYPE_CHECKING

from sqlalchemy import case, func, select
from sqlalchemy.orm import Mapped

from civtech.challenges.models import Challenge, StageBudget
from civtech.core.db import db
from civtech.programmes.models import Stage, VatBasis
from civtech.proposals.models import Proposal
from civtech.stages.models.milestone import Milestone
from civtech.stages.models.states import AgreementState, MilestoneState


class Limits:
    """The part of a stage agreement that knows its limits."""

    if TYPE_CHECKING:
        id: Mapped[int]
        stage_id: Mapped[int]
        proposal_id: Mapped[int]
        state: Mapped[AgreementState]
        amount_pence: Mapped[int]
        vat_pence: Mapped[int]
        stage: Mapped[Stage]

        @property
        def challenge(self) -> Challenge: ...

    def budget_left(self, *, locking: bool = False) -> int:
        """Return the pence the challenge has left for this stage after all other agreements.

        Money that an ended agreement did not need counts as left. `locking` holds the budget until the commit, so
        that of two simultaneous offers the second sees the first.
        """
        agreement = type(self)
        db.session.flush()
        budget = select(StageBudget.amount_pence).where(
            StageBudget.challenge_id == self.challenge.id, StageBudget.stage_id == self.stage_id
        )
        amount = db.session.scalar(budget.with_for_update() if locking else budget) or 0
        needed = case((Milestone.state == MilestoneState.UNDELIVERED, 0), else_=Milestone.amount_pence)
        promised = db.session.scalar(
            select(func.coalesce(func.sum(needed), 0))
            .join(agreement, agreement.id == Milestone.agreement_id)
            .join(Proposal, Proposal.id == agreement.proposal_id)
            .where(
                Proposal.challenge_id == self.challenge.id,
                agreement.stage_id == self.stage_id,
                agreement.id != self.id,
                agreement.state.not_in([AgreementState.DRAFT, AgreementState.LAPSED]),
            )
        )
        return amount - int(promised or 0)

    @property
    def exceeds_the_stage(self) -> bool:
        """Whether the agreement is more than the stage pays one team."""
        return self._is_beyond_the_stage(self.amount_pence, self.vat_pence)

    def _is_beyond_the_stage(self, net_pence: int, vat_pence: int) -> bool:
        """Whether the sum is more than the stage pays one team. The stage says whether its figure includes VAT."""
        amount = net_pence + vat_pence if self.stage.vat_basis is VatBasis.INCLUDING else net_pence
        return self.stage.amount_pence is not None and amount > self.stage.amount_pence
