"""Accessibility problems. Anyone can report one."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.blank import is_blank
from civtech.core.db import Identity, Model, Versioned, db, one_of, relationship, stored
from civtech.core.errors import RuleViolation
from civtech.core.events import emit
from civtech.core.references import new_reference
from civtech.core.state import State
from civtech.core.text import N_
from civtech.core.workflow import transition
from civtech.people.models import User, addresses
from civtech.privacy.events import ProblemDealtWith, ProblemReported

LONGEST = 4000
LONGEST_PAGE = 300


class ProblemState(State):
    REPORTED = "reported", N_("Not dealt with yet"), "yellow"
    DEALT_WITH = "dealt_with", N_("Dealt with"), "green"


class ProblemReport(Versioned, Model):
    """What the problem was, in the reporter's words, with the page and an address for the answer if given."""

    __tablename__ = "problem_report"
    __table_args__ = (
        one_of("state", ProblemState),
        CheckConstraint(f"length(words) <= {LONGEST} AND length(page) <= {LONGEST_PAGE}", name="words_have_an_end"),
        CheckConstraint("(state = 'dealt_with') = (dealt_with_at IS NOT NULL)", name="dealt_with_at_once_dealt_with"),
        CheckConstraint(
            "(state = 'dealt_with') = (dealt_with_by_id IS NOT NULL)", name="dealt_with_by_once_dealt_with"
        ),
        Index("ix_problem_report_state", "state"),
    )

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    state: Mapped[ProblemState] = mapped_column(stored(ProblemState), default=ProblemState.REPORTED)
    words: Mapped[str]
    page: Mapped[str] = mapped_column(default="")
    email: Mapped[str | None]
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    reported_at: Mapped[datetime]
    dealt_with_at: Mapped[datetime | None]
    dealt_with_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    dealt_with_by: Mapped[User | None] = relationship(foreign_keys=dealt_with_by_id)

    @classmethod
    def make(cls, *, words: str, page: str, email: str | None, by: User | None, at: datetime) -> "ProblemReport":
        """Report a problem; `by` is the reporter, if signed in, and `email` the address for the answer."""
        if is_blank(words):
            raise RuleViolation(N_("Enter what the problem was."), field="words")
        report = cls(
            reference=new_reference("T"),
            state=ProblemState.REPORTED,
            words=words,
            page=page,
            email=addresses.spelled(email) if email else None,
            reporter_id=by.id if by else None,
            reported_at=at,
        )
        db.session.add(report)
        emit(ProblemReported(subject=report, by=by, at=at))
        return report

    @transition(
        ProblemState.REPORTED,
        to=ProblemState.DEALT_WITH,
        emits=ProblemDealtWith,
        sets=("dealt_with_at", "dealt_with_by_id"),
    )
    def deal_with(self, *, by: User, at: datetime) -> None:
        """Mark it as answered or fixed."""
        self.dealt_with_by_id = by.id
        self.dealt_with_at = at
