"""Erasure: a person's identity is erased. What they did stays, under a reference that leads to no one."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core import personal
from civtech.core.db import Identity, Model, db, one_of, stored
from civtech.core.deciding import decides
from civtech.core.errors import RuleViolation, WrongState
from civtech.core.events import emit
from civtech.core.guards import append_only
from civtech.core.state import State
from civtech.core.text import N_
from civtech.notifications.outbox import silenced
from civtech.people.models import User
from civtech.privacy.events import PersonErased
from civtech.privacy.models.hold import HELD, is_held
from civtech.privacy.models.request import NOT_DUE, waiting_of


class ErasureGround(State):
    """Why a person's data was erased."""

    REQUEST = "request", N_("The person asked for it")
    RETENTION = "retention", N_("The retention period ended")
    OPERATOR = "operator", N_("The operator was instructed to do it")


class Erasure(Model):
    """A record that a person was erased. The database ensures that neither it nor the erasure can be undone."""

    __tablename__ = "erasure"
    __table_args__ = (
        one_of("ground", ErasureGround),
        CheckConstraint("erased_by_id <> person_id", name="erased_by_another_person"),
    )

    id: Mapped[Identity]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    ground: Mapped[ErasureGround] = mapped_column(stored(ErasureGround))
    erased_at: Mapped[datetime]
    erased_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    @classmethod
    def carry_out(cls, person: User, *, ground: ErasureGround, by: User | None, at: datetime) -> dict[str, int]:
        """Erase the data of `person` now, and return how many rows of each kind that changed.

        `RuleViolation` says what must be done first. A request must have waited for its period.
        """
        if db.session.scalar(select(cls.id).where(cls.person_id == person.id)) is not None:
            raise WrongState(N_("This person has already been erased."))
        request = waiting_of(person)
        if ground is ErasureGround.REQUEST and (request is None or not request.is_due(at)):
            raise WrongState(NOT_DUE)
        if is_held(person, at):
            raise WrongState(HELD)
        for hindrance in personal.hindrances(person, at):
            raise RuleViolation(hindrance.text)
        db.session.add(cls(person_id=person.id, ground=ground, erased_at=at, erased_by_id=by.id if by else None))
        db.session.flush()
        with silenced():
            counts = personal.erase(person, at)
        if request is not None:
            request.be_done(at=at)
        emit(PersonErased(subject=person, by=by, at=at, facts={"ground": ground.value, "rows": counts}))
        return counts


append_only("erasure", N_("You cannot change or undo an erasure."))
decides(Erasure, of=Erasure.person_id)
