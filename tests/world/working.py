"""Funded work in the world, and its money."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from civtech.funding.models import Release
from civtech.proposals.models import Proposal
from civtech.stages.models import Milestone, StageAgreement
from tests.factories import stages
from tests.factories.funding import ReleaseFactory
from tests.factories.stages import AgreementFactory
from tests.factories.verbs import DAY

if TYPE_CHECKING:
    from tests.world.world import World


class Working:
    """Makes agreements with the first team, or with another. `how` is what `AgreementFactory` takes."""

    def agreement(
        self: "World", team: Proposal | None = None, *, stage: str = "exploration", **how: Any
    ) -> StageAgreement:
        """An agreement drafted thirty days ago, with two milestones."""
        said = {"stage": self.stage(stage), "by": self.staff, "at": self.at - 30 * DAY}
        made: StageAgreement = AgreementFactory(proposal=team or self.proposals[0], **{**said, **how})
        return made

    def offered(self: "World", team: Proposal | None = None, **how: Any) -> StageAgreement:
        """An agreement that is waiting for both sides."""
        return self.agreement(team, offered=True, **how)

    def in_force(self: "World", team: Proposal | None = None, **how: Any) -> StageAgreement:
        """An agreement that both sides accepted."""
        return self.agreement(team, in_force=True, **how)

    def accepted(self: "World", milestone: Milestone, *, at: datetime | None = None) -> Milestone:
        """A milestone with evidence that was accepted, ten days ago."""
        return stages.accepted(milestone, at=at or self.at - 10 * DAY)

    def release(self: "World", milestone: Milestone, *, at: datetime | None = None, **how: Any) -> Release:
        """The release of an accepted milestone, waiting five days for approval by another member of staff."""
        said = {"colleague": self.colleague, "finance": self.finance, "by": self.staff, "at": at or self.at - 5 * DAY}
        made: Release = ReleaseFactory(milestone=self.accepted(milestone), **{**said, **how})
        return made
