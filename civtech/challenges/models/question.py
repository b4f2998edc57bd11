"""Questions: asked by one person and answered for everyone, without the asker's name."""

from datetime import datetime
from typing import cast

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from civtech.challenges.events import AnswerFacts, QuestionAnswered, QuestionAsked
from civtech.challenges.models.challenge import Challenge
from civtech.challenges.models.involvement import Tie, has_tie
from civtech.core.blank import is_blank
from civtech.core.db import Identity, Model, Versioned, db, one_of, required, stored
from civtech.core.errors import RuleViolation, WrongState
from civtech.core.events import emit
from civtech.core.references import new_reference
from civtech.core.state import State
from civtech.core.text import N_, Text
from civtech.core.workflow import transition
from civtech.organisations.models import MemberRole
from civtech.people.models import User

ANSWERERS = (MemberRole.OWNER, MemberRole.AUTHOR, MemberRole.APPROVER)
ANSWERED_FOR_THE_SPONSOR = N_(
    "Only owners, authors and approvers of the public body who were never in a team for the challenge can answer."
)


class QuestionState(State):
    ASKED = "asked", N_("Waiting for an answer"), "yellow"
    ANSWERED = "answered", N_("Answered"), "green"


class Question(Versioned, Model):
    """A question about a challenge. Everyone sees it once it is answered. The public never sees who asked."""

    __tablename__ = "question"
    __table_args__ = (
        one_of("state", QuestionState),
        CheckConstraint("(state = 'answered') = (answered_at IS NOT NULL)", name="answered_at_once_answered"),
        CheckConstraint("(state = 'answered') = (answer IS NOT NULL)", name="answer_once_answered"),
        CheckConstraint("(state = 'answered') = (answered_by_id IS NOT NULL)", name="answered_by_once_answered"),
        Index("ix_question_challenge_id_state", "challenge_id", "state"),
    )

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    asker_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[QuestionState] = mapped_column(stored(QuestionState), default=QuestionState.ASKED)
    text: Mapped[str]
    asked_at: Mapped[datetime]
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    challenge: Mapped[Challenge] = required(back_populates="questions")

    @classmethod
    def ask(cls, *, challenge: Challenge, text: str, by: User, at: datetime) -> "Question":
        """Ask the sponsor a question, while the challenge takes questions."""
        if (ended := challenge.ended_because) is not None:
            raise WrongState(ended, field="text")
        if not challenge.takes_questions(at):
            raise WrongState(
                N_("You cannot ask a question now. You can read the answers so far on the challenge page.")
            )
        if is_blank(text):
            raise RuleViolation(N_("Enter your question."), field="text")
        question = cls(
            reference=new_reference("Q"),
            challenge=challenge,
            asker_id=by.id,
            state=QuestionState.ASKED,
            text=text,
            asked_at=at,
        )
        db.session.add(question)
        emit(QuestionAsked(subject=question, by=by, at=at, facts={"challenge": challenge.reference}))
        return question

    @transition(
        QuestionState.ASKED,
        to=QuestionState.ANSWERED,
        emits=QuestionAnswered,
        sets=("answer", "answered_at", "answered_by_id"),
    )
    def give_answer(self, *, answer: str, by: User, at: datetime) -> AnswerFacts:
        """Publish the question with its answer for everyone."""
        if is_blank(answer):
            raise RuleViolation(N_("Enter your answer."), field="answer")
        if has_tie(by, self.challenge_id, Tie.TEAM):
            raise RuleViolation(ANSWERED_FOR_THE_SPONSOR)
        self.answered_by_id = by.id
        self.answered_at = at
        self.answer = answer
        return {"challenge": self.challenge.reference, "late": at > self.due_at}

    @property
    def ended_because(self) -> Text | None:
        """Why it can no longer be answered, if its challenge was cancelled. Answers given before that stay."""
        return self.challenge.ended_because

    @property
    def due_at(self) -> datetime:
        """When questions close. An answer up to this instant reaches everyone in time."""
        return cast(datetime, self.challenge.questions_close_at)

    @property
    def is_late(self) -> bool:
        """Whether the answer came after questions had closed. It still counts, and its page says so."""
        return self.answered_at is not None and self.answered_at > self.due_at
