"""Erasure requests: made by the person, and withdrawn by them at any time before erasure."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.db import Identity, Model, Versioned, db, one_of, required, stored
from civtech.core.errors import RuleViolation
from civtech.core.events import emit
from civtech.core.references import new_reference
from civtech.core.state import State
from civtech.core.text import N_
from civtech.core.workflow import follows, transition
from civtech.people.models import User
from civtech.privacy.events import ErasureRequested, ErasureTakenBack

WAITING_TIME = timedelta(days=14)
ANSWERED_WITHIN = timedelta(days=30)
NOT_DUE = N_("The person can still withdraw the request. Wait until the waiting period ends.")


class RequestState(State):
    ASKED = "asked", N_("Waiting"), "yellow"
    TAKEN_BACK = "taken_back", N_("Withdrawn"), "grey"
    DONE = "done", N_("Erased"), "blue"


class ErasureRequest(Versioned, Model):
    """A person's request to erase their data, carried out two weeks later in case of a slip or a stolen account.

    The law requires an answer within a month (UK GDPR Article 12(3)).
    """

    __tablename__ = "erasure_request"
    __table_args__ = (
        one_of("state", RequestState),
        CheckConstraint("due_at > asked_at", name="due_after_it_was_asked"),
        CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name="answered_at_once_answered"),
        Index(
            "uq_erasure_request_waiting",
            "person_id",
            unique=True,
            sqlite_where=text("state = 'asked'"),
            postgresql_where=text("state = 'asked'"),
        ),
    )

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[RequestState] = mapped_column(stored(RequestState), default=RequestState.ASKED)
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    person: Mapped[User] = required()

    @classmethod
    def ask(cls, *, by: User, at: datetime) -> "ErasureRequest":
        """Ask for one's own erasure. No one can ask for anyone else's."""
        if waiting_of(by) is not None:
            raise RuleViolation(N_("You have already asked us to erase your data."))
        request = cls(
            reference=new_reference("Y"),
            person=by,
            state=RequestState.ASKED,
            asked_at=at,
            due_at=at + WAITING_TIME,
        )
        db.session.add(request)
        emit(ErasureRequested(subject=request, by=by, at=at, facts={"due_at": request.due_at.isoformat()}))
        return request

    @transition(RequestState.ASKED, to=RequestState.TAKEN_BACK, emits=ErasureTakenBack, sets=("answered_at",))
    def take_back(self, *, by: User, at: datetime) -> None:
        """Withdraw the request, at any time before it is carried out."""
        self.answered_at = at

    @follows(RequestState.ASKED, to=RequestState.DONE, sets=("answered_at",))
    def be_done(self, *, at: datetime) -> None:
        """Record that the person has been erased."""
        self.answered_at = at

    def is_due(self, at: datetime) -> bool:
        """Whether the waiting period is over."""
        return self.due_at <= at

    @property
    def answer_by(self) -> datetime:
        """When the law requires an answer."""
        return self.asked_at + ANSWERED_WITHIN


def waiting_of(person: User) -> ErasureRequest | None:
    """Return the waiting request of `person`, if there is one."""
    query = select(ErasureRequest).where(
        ErasureRequest.person_id == person.id, ErasureRequest.state == RequestState.ASKED
    )
    return db.session.scalars(query).unique().one_or_none()
