"""Criteria: what is judged, how much it counts, and the minimum a proposal needs."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.db import Identity, Model, Versioned, relationship

if TYPE_CHECKING:
    from civtech.programmes.models.stage import Stage

HIGHEST_POINTS = 5


@dataclass(frozen=True)
class CriterionFigures:
    """The values of a criterion: its texts, its percentage of the total and its minimum average points."""

    name: str
    description: str
    weight: int
    threshold: int = 0


class Criterion(Versioned, Model):
    """One criterion of a stage.

    `weight` is its percentage of the stage's total. `threshold` is the minimum average (0–5) a proposal needs here.
    Ties are broken by the criteria in their published order, never by time or chance.
    """

    __tablename__ = "criterion"
    __table_args__ = (
        UniqueConstraint("stage_id", "position"),
        CheckConstraint("weight BETWEEN 1 AND 100", name="weight_is_per_cent"),
        CheckConstraint("threshold BETWEEN 0 AND 5", name="threshold_is_on_the_scale"),
        CheckConstraint("position > 0", name="position_counts_from_one"),
    )

    id: Mapped[Identity]
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    description: Mapped[str]
    weight: Mapped[int]
    threshold: Mapped[int] = mapped_column(default=0)

    stage: Mapped["Stage"] = relationship(back_populates="criteria")

    @property
    def reference(self) -> str:
        return f"{self.stage.reference}/{self.position}"

    @property
    def figures(self) -> CriterionFigures:
        """Its current values."""
        return CriterionFigures(self.name, self.description, self.weight, self.threshold)

    def set(self, wanted: CriterionFigures) -> None:
        """Set its values. The stage has already checked that they may change."""
        self.name, self.description = wanted.name, wanted.description
        self.weight, self.threshold = wanted.weight, wanted.threshold
