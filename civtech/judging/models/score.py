"""The score for one criterion, with its reason."""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.db import Identity, Model, Versioned, relationship, required
from civtech.core.deciding import decides
from civtech.core.frozen import frozen
from civtech.core.guards import guard
from civtech.core.text import N_
from civtech.programmes.models import Criterion

if TYPE_CHECKING:
    from civtech.judging.models.assignment import Assignment


class Score(Versioned, Model):
    """The score for one criterion. Its reason becomes feedback, so it is written for the team."""

    __tablename__ = "score"
    __table_args__ = (
        UniqueConstraint("assignment_id", "criterion_id"),
        CheckConstraint("points BETWEEN 0 AND 5", name="points_are_on_the_scale"),
    )

    id: Mapped[Identity]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    points: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")

    assignment: Mapped["Assignment"] = relationship(back_populates="scores")
    criterion: Mapped[Criterion] = required()


NOT_OPEN = (
    "NOT EXISTS (SELECT 1 FROM assignment JOIN panel ON panel.id = assignment.panel_id "
    "WHERE assignment.id = {row}.assignment_id AND assignment.state = 'clear' AND panel.closed_at IS NULL)"
)

for _on, _condition in (
    ("INSERT", NOT_OPEN.format(row="NEW")),
    ("UPDATE", f"({NOT_OPEN.format(row='OLD')} OR {NOT_OPEN.format(row='NEW')})"),
    ("DELETE", NOT_OPEN.format(row="OLD")),
):
    guard(
        f"score_needs_an_open_scorecard_on_{_on.lower()}",
        table="score",
        on=_on,
        condition=_condition,
        message=N_("You cannot change this scorecard now. It is locked, or the decision has been proposed."),
    )
frozen(Score, but=("points", "reason"), message=N_("A score belongs to one scorecard and one criterion."))
decides(Score, of=Score.assignment_id)
