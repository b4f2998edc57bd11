"""Stages of a round: how many teams take part, how long it lasts, what it pays and how it is judged."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NotRequired, TypedDict

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.currency import InCurrency
from civtech.core.db import Identity, Model, Pence, Versioned, one_of, relationship, stored
from civtech.core.deciding import decides
from civtech.core.errors import RuleViolation, WrongState
from civtech.core.events import emit
from civtech.core.frozen import frozen
from civtech.core.guards import guard
from civtech.core.money import net_of_vat
from civtech.core.state import State
from civtech.core.text import N_
from civtech.programmes.events import CriteriaChanged, StageFiguresChanged
from civtech.programmes.models.criterion import Criterion, CriterionFigures

if TYPE_CHECKING:
    from civtech.people.models import User
    from civtech.programmes.models.round import Round

WHOLE = 100


class StageKind(State):
    """The few kinds of stage that every programme uses. Names, numbers and criteria are data."""

    SIFT = "sift", N_("Written assessment")
    INTERVIEW = "interview", N_("Interview")
    FUNDED = "funded", N_("Funded work")


class VatBasis(State):
    """Whether the stage's amount excludes or includes VAT. Programmes differ, so we never guess."""

    EXCLUDING = "excluding", N_("excluding VAT")
    INCLUDING = "including", N_("including VAT")


class CriterionTemplate(TypedDict):
    """A criterion in the definition of a pathway."""

    name: str
    description: str
    weight: int
    threshold: NotRequired[int]


class StageTemplate(TypedDict):
    """A stage in the definition of a pathway, with its amount in pounds."""

    key: str
    name: str
    kind: str
    purpose: str
    teams: NotRequired[int]
    amount: NotRequired[int]
    up_to: NotRequired[bool]
    vat: NotRequired[str]
    weeks: NotRequired[int]
    quorum: NotRequired[int]
    pass_mark: NotRequired[int]
    criteria: NotRequired[list[CriterionTemplate]]


class Stage(InCurrency, Versioned, Model):
    """One stage of a round.

    `teams` is the maximum number of teams (None: all). A stage's panel can choose as many teams as the next stage has
    places. `amount_pence` is for each team; `amount_is_ceiling` says "up to". The criteria decide, at the end of this
    stage, which teams go through.
    """

    __tablename__ = "stage"
    __table_args__ = (
        one_of("kind", StageKind),
        one_of("vat_basis", VatBasis),
        UniqueConstraint("round_id", "position"),
        UniqueConstraint("round_id", "key"),
        CheckConstraint("(kind = 'funded') = (amount_pence IS NOT NULL)", name="amount_if_funded"),
        CheckConstraint("amount_pence > 0", name="amount_is_positive"),
        CheckConstraint("teams > 0", name="teams_are_some"),
        CheckConstraint("weeks > 0", name="weeks_are_some"),
        CheckConstraint("quorum > 0", name="quorum_is_some"),
        CheckConstraint("pass_mark BETWEEN 0 AND 100", name="pass_mark_is_per_cent"),
    )

    id: Mapped[Identity]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    position: Mapped[int]
    key: Mapped[str]
    name: Mapped[str]
    kind: Mapped[StageKind] = mapped_column(stored(StageKind))
    purpose: Mapped[str]
    teams: Mapped[int | None]
    amount_pence: Mapped[Pence | None]
    amount_is_ceiling: Mapped[bool] = mapped_column(default=False)
    vat_basis: Mapped[VatBasis] = mapped_column(stored(VatBasis), default=VatBasis.EXCLUDING)
    weeks: Mapped[int | None]
    quorum: Mapped[int] = mapped_column(default=2)
    pass_mark: Mapped[int] = mapped_column(default=0)

    round: Mapped["Round"] = relationship(back_populates="stages")
    criteria: Mapped[list[Criterion]] = relationship(
        order_by=Criterion.position, back_populates="stage", cascade="all, delete-orphan"
    )

    @classmethod
    def from_template(cls, template: StageTemplate, *, position: int) -> "Stage":
        """A stage with the figures of a pathway's template, which gives amounts in pounds."""
        pounds = template.get("amount")
        return cls(
            position=position,
            key=template["key"],
            name=template["name"],
            kind=StageKind(template["kind"]),
            purpose=template["purpose"],
            teams=template.get("teams"),
            amount_pence=None if pounds is None else pounds * 100,
            amount_is_ceiling=template.get("up_to", False),
            vat_basis=VatBasis(template.get("vat", "excluding")),
            weeks=template.get("weeks"),
            quorum=template.get("quorum", 2),
            pass_mark=template.get("pass_mark", 0),
            criteria=[
                Criterion(
                    position=position,
                    name=criterion["name"],
                    description=criterion["description"],
                    weight=criterion["weight"],
                    threshold=criterion.get("threshold", 0),
                )
                for position, criterion in enumerate(template.get("criteria", ()), start=1)
            ],
        )

    @property
    def reference(self) -> str:
        return f"{self.round.reference}/{self.key}"

    @property
    def is_funded(self) -> bool:
        return self.kind is StageKind.FUNDED

    @property
    def net_amount_pence(self) -> int:
        """Pence excluding VAT for each team. If the amount includes VAT, its net part, rounded half up."""
        amount = self.amount_pence or 0
        return net_of_vat(amount) if self.vat_basis is VatBasis.INCLUDING else amount

    @property
    def budget_pence(self) -> int:
        """The most that the stage costs for one challenge, in pence excluding VAT, with its current figures."""
        return self.net_amount_pence * (self.teams or 1)

    def change_figures(
        self,
        *,
        teams: int | None,
        amount_pence: int | None,
        amount_is_ceiling: bool,
        vat_basis: VatBasis,
        weeks: int | None,
        quorum: int,
        pass_mark: int,
        by: "User",
        at: datetime,
    ) -> None:
        """Set the figures. Only possible until the round opens."""
        self._still_prepared(at)
        if self.is_funded and not amount_pence:
            raise RuleViolation(N_("Enter an amount for each team. A funded stage needs one."), field="amount")
        if not self.is_funded and amount_pence:
            raise RuleViolation(N_("This stage is judged, not funded, so it cannot have an amount."), field="amount")
        self.teams = teams
        self.amount_pence = amount_pence if self.is_funded else None
        self.amount_is_ceiling = self.is_funded and amount_is_ceiling
        self.vat_basis = vat_basis
        self.weeks = weeks
        self.quorum = quorum
        self.pass_mark = pass_mark
        emit(
            StageFiguresChanged(
                subject=self,
                by=by,
                at=at,
                facts={
                    "teams": teams,
                    "amount_pence": amount_pence,
                    "currency": self.currency,
                    "vat": vat_basis.value,
                    "weeks": weeks,
                    "quorum": quorum,
                    "pass_mark": pass_mark,
                },
            )
        )

    def judge_by(self, criteria: Sequence[CriterionFigures], *, by: "User", at: datetime) -> None:
        """Set the criteria for judging the stage, in their published order. Only possible until the round opens."""
        self._still_prepared(at)
        check_criteria(criteria)
        for index, wanted in enumerate(criteria):
            if index == len(self.criteria):
                self.criteria.append(Criterion(position=index + 1, **vars(wanted)))
            elif self.criteria[index].figures != wanted:
                self.criteria[index].set(wanted)
        del self.criteria[len(criteria) :]
        weights = [wanted.weight for wanted in criteria]
        emit(CriteriaChanged(subject=self, by=by, at=at, facts={"weights": weights}))

    def _still_prepared(self, at: datetime) -> None:
        """Refuse once the round is open. Touching the round means no one can open it on figures they have not seen."""
        if self.round.opened_at is not None:
            raise WrongState(N_("You can no longer change these figures and criteria because the round has opened."))
        self.round.changed_at = at


def check_criteria(criteria: Sequence[CriterionFigures]) -> None:
    """Refuse criteria whose weights do not add up to 100, or two with the same name."""
    total = sum(wanted.weight for wanted in criteria)
    if criteria and total != WHOLE:
        raise RuleViolation(N_("The weights must add up to 100. They add up to %(total)s now."), total=total)
    if len({wanted.name.casefold() for wanted in criteria}) < len(criteria):
        raise RuleViolation(N_("Two criteria have the same name. Give each one a different name."))


FIXED_STAGE = N_("You can no longer change these figures because the round has opened.")
FIXED_CRITERIA = N_("You can no longer change these criteria because the round has opened.")


def _in_a_started_round(row: str) -> str:
    return f"EXISTS (SELECT 1 FROM round WHERE round.id = {row}.round_id AND round.state <> 'prepared')"  # noqa: S608


def _of_a_started_round(row: str) -> str:
    started = f"WHERE stage.id = {row}.stage_id AND round.state <> 'prepared'"
    return f"EXISTS (SELECT 1 FROM stage JOIN round ON round.id = stage.round_id {started})"  # noqa: S608


for act, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
    guard(
        f"stage_is_fixed_once_the_round_opens_{act.lower()}",
        table="stage",
        on=act,
        condition=_in_a_started_round(row),
        message=FIXED_STAGE,
    )
    guard(
        f"criterion_is_fixed_once_the_round_opens_{act.lower()}",
        table="criterion",
        on=act,
        condition=_of_a_started_round(row),
        message=FIXED_CRITERIA,
    )

frozen(
    Stage,
    but=("teams", "amount_pence", "amount_is_ceiling", "vat_basis", "weeks", "quorum", "pass_mark"),
    message=N_("Only the figures of a stage can be changed."),
)
frozen(
    Criterion,
    but=("position", "name", "description", "weight", "threshold"),
    message=N_("A criterion belongs to one stage."),
)
decides(Stage, of=Stage.round_id)
decides(Criterion, of=Criterion.stage_id)
