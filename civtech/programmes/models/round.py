"""Rounds: a set of challenges on one timetable and one pathway."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.alphabet import folded
from civtech.core.currency import InCurrency, takes_currency_of
from civtech.core.db import Identity, Model, Versioned, db, one_of, relationship, required, stored
from civtech.core.deciding import decides
from civtech.core.errors import RuleViolation, WrongState
from civtech.core.events import emit
from civtech.core.frozen import begins, frozen, moves
from civtech.core.guards import guard
from civtech.core.references import new_reference
from civtech.core.signs import refuse_hidden
from civtech.core.state import State
from civtech.core.text import N_
from civtech.core.workflow import transition
from civtech.people.models import Scope, ScopeKind
from civtech.programmes.events import RoundCreated, RoundFinished, RoundOpened
from civtech.programmes.models.pathway import Pathway
from civtech.programmes.models.stage import WHOLE, Stage
from civtech.programmes.models.unfinished import unfinished_in

if TYPE_CHECKING:
    from civtech.people.models import User


ROUND_CLOSED = N_("The round of this challenge is closed. Move the draft to another round first.")
STILL_OPEN = N_("You cannot close this round yet. Items still open: %(count)s. They are listed below.")


class RoundState(State):
    PREPARED = "prepared", N_("In preparation"), "grey"
    OPEN = "open", N_("Open"), "green"
    FINISHED = "finished", N_("Closed"), "blue"


class Round(InCurrency, Versioned, Model):
    """A set of challenges. Its stages are copied from the pathway and can be edited until the round opens.

    Every amount below it is in its currency. With `payer_must_differ`, the person who approved a release cannot mark
    it as paid.
    """

    __tablename__ = "round"
    __table_args__ = (
        one_of("state", RoundState),
        CheckConstraint("(state = 'prepared') = (opened_at IS NULL)", name="opened_at_once_open"),
        CheckConstraint("(state = 'finished') = (finished_at IS NOT NULL)", name="finished_at_once_finished"),
    )

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    pathway_id: Mapped[int] = mapped_column(ForeignKey("pathway.id"))
    state: Mapped[RoundState] = mapped_column(stored(RoundState), default=RoundState.PREPARED)
    payer_must_differ: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    pathway: Mapped[Pathway] = required()
    stages: Mapped[list[Stage]] = relationship(order_by=Stage.position, back_populates="round")

    @classmethod
    def create(
        cls,
        *,
        name: str,
        pathway: Pathway,
        currency: str,
        payer_must_differ: bool = True,
        by: "User",
        at: datetime,
    ) -> "Round":
        """Create a round on a version of a pathway. Its figures start as the pathway's, in `currency`."""
        refuse_hidden(name, field="name")
        with db.session.no_autoflush:
            if folded(name) in map(folded, db.session.scalars(select(Round.name))):
                raise RuleViolation(N_("A round already has this name. Enter a different name."), field="name")
        created = cls(
            reference=new_reference("R"),
            name=name,
            pathway=pathway,
            currency=currency,
            payer_must_differ=payer_must_differ,
            state=RoundState.PREPARED,
            created_at=at,
        )
        created.stages = [
            Stage.from_template(template, position=position)
            for position, template in enumerate(pathway.definition["stages"], start=1)
        ]
        db.session.add(created)
        emit(
            RoundCreated(
                subject=created,
                by=by,
                at=at,
                facts={"pathway": pathway.reference, "currency": currency, "payer_must_differ": payer_must_differ},
            )
        )
        return created

    @transition(RoundState.PREPARED, to=RoundState.OPEN, emits=RoundOpened, sets=("opened_at",))
    def open(self, *, by: "User", at: datetime) -> None:
        """Fix the figures and allow challenges of this round to be published."""
        for stage in self.stages:
            if not stage.criteria and stage is not self.stages[-1]:
                raise RuleViolation(N_("Add at least one criterion to “%(stage)s”."), stage=stage.name)
            if stage.criteria and sum(criterion.weight for criterion in stage.criteria) != WHOLE:
                raise RuleViolation(N_("The weights for “%(stage)s” must add up to 100."), stage=stage.name)
        self.opened_at = at

    @transition(RoundState.OPEN, to=RoundState.FINISHED, emits=RoundFinished, sets=("finished_at",))
    def finish(self, *, by: "User", at: datetime) -> None:
        """Close the round for good, once nothing in it is open."""
        if left := unfinished_in(self, at):
            raise WrongState(STILL_OPEN, count=sum(kind.count for kind in left))
        self.finished_at = at

    def join(self) -> None:
        """Keep the round from being closed until this transaction ends. Refuse if it is closed already."""
        state = select(Round.state).where(Round.id == self.id).with_for_update(read=True)
        if db.session.scalar(state) is RoundState.FINISHED:
            raise WrongState(ROUND_CLOSED)

    def stage_after(self, stage: Stage) -> Stage | None:
        """The next stage, or None after the last."""
        return next((later for later in self.stages if later.position == stage.position + 1), None)

    @property
    def scopes(self) -> frozenset[Scope]:
        """The scopes in which a role covers this round: the round itself."""
        return frozenset({Scope(ScopeKind.ROUND, self.reference)})

    @property
    def funded_stages(self) -> list[Stage]:
        return [stage for stage in self.stages if stage.is_funded]


guard(
    "role_grant_is_for_a_round_that_is_there",
    table="role_grant",
    on="INSERT",
    condition=(
        "NEW.scope_kind = 'round' AND NOT EXISTS (SELECT 1 FROM round WHERE round.reference = NEW.scope_reference)"
    ),
    message=N_("This round does not exist."),
)
takes_currency_of(Stage, "round")
begins(Round, having=("changed_at",), message=N_("A new round must start in preparation."))
moves(Round, message=N_("A round is opened once and closed once."))
frozen(
    Round,
    unless={"changed_at": "OLD.state = 'prepared'"},
    message=N_("The name, pathway and dates of a round cannot be changed."),
)
decides(Round)
