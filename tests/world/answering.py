"""Answers to the world's challenge."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from civtech.organisations.models import Organisation
from civtech.proposals.models import Opening, Proposal
from tests.factories.proposals import OpeningFactory, ProposalFactory
from tests.factories.verbs import DAY

if TYPE_CHECKING:
    from tests.world.world import World


class Answering:
    """Makes proposals by `company`, or by another, and opens them."""

    @property
    def answering_at(self: "World") -> datetime:
        """When proposals are written: now, or ten days before the challenge closed."""
        return self.at if self.challenge.is_open(self.at) else self.closes_at - 10 * DAY

    def started(
        self: "World", company: Organisation | None = None, title: str = "Cables that listen", **how: Any
    ) -> Proposal:
        """A draft by the company's owner."""
        said = {"challenge": self.challenge, "organisation": company or self.company, "at": self.answering_at}
        made: Proposal = ProposalFactory(title=title, **{**said, **how})
        return made

    def written(
        self: "World", company: Organisation | None = None, title: str = "Cables that listen", **how: Any
    ) -> Proposal:
        """A complete draft, with `words` in each of its parts."""
        return self.started(company, title, written=True, **how)

    def submitted(
        self: "World", company: Organisation | None = None, title: str = "Cables that listen", **how: Any
    ) -> Proposal:
        """A proposal that was submitted straight away."""
        return self.started(company, title, submitted=True, **how)

    def opened(self: "World", at: datetime | None = None) -> Opening:
        """Two members of staff open the proposals, at the closing time."""
        made: Opening = OpeningFactory(
            challenge=self.challenge, by=self.staff, colleague=self.colleague, confirmed=True, at=at or self.closes_at
        )
        return made
