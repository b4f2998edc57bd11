"""One section of a team's working copy."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.blank import is_blank
from civtech.core.db import Identity, Model, Versioned, relationship
from civtech.core.text import Text
from civtech.people.models import User
from civtech.proposals.models.limits import refuse_unfit, words_in
from civtech.proposals.models.parts import Part

if TYPE_CHECKING:
    from civtech.proposals.models.proposal import Proposal


class Section(Versioned, Model):
    """What the team has written under one heading of the pathway, and who in the team wrote it last."""

    __tablename__ = "section"
    __table_args__ = (UniqueConstraint("proposal_id", "key"),)

    id: Mapped[Identity]
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    position: Mapped[int]
    key: Mapped[str]
    body: Mapped[str] = mapped_column(default="")
    written_at: Mapped[datetime | None]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    proposal: Mapped["Proposal"] = relationship(back_populates="sections")

    @property
    def part(self) -> Part:
        """What it asks for, from the pathway of its round."""
        templates = self.proposal.challenge.round.pathway.sections
        return next(Part.of(template) for template in templates if template.key == self.key)

    @property
    def ended_because(self) -> Text | None:
        """Why it can no longer be written, if its challenge was cancelled."""
        return self.proposal.ended_because

    @property
    def words(self) -> int:
        """Its number of words."""
        return words_in(self.body)

    def write(self, body: str, *, by: User, at: datetime) -> None:
        """Replace the text, within the limit of the pathway. Blank text becomes no text."""
        refuse_unfit(self.part, body, field="body")
        self.body = "" if is_blank(body) else body
        self.written_at = at
        self.written_by_id = by.id
