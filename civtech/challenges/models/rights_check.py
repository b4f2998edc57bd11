"""The programme's rule on rights, checked for the text of a challenge: IP and equity stay with the company.

If the text contains a phrase that may move them, staff look at it before publication. They record that it moves
nothing, or name an exception, which everyone can read. Another member of staff must approve an exception, and also a
record that a strong phrase moves nothing. A record holds for one exact text: if the text changes, it no longer counts.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.attributes import set_committed_value

from civtech.challenges.events import (
    RightsCheckApproved,
    RightsCheckFacts,
    RightsCheckRecorded,
    RightsCheckRefused,
    RightsCheckWithdrawn,
)
from civtech.challenges.models.cancellation import require_reason
from civtech.challenges.models.state import ChallengeState
from civtech.core.blank import is_blank, says_little
from civtech.core.db import Identity, Model, Versioned, db, one_of, relationship, required, stored
from civtech.core.errors import RuleViolation, WrongState
from civtech.core.events import emit
from civtech.core.facts import Fact, digest_of
from civtech.core.references import new_reference
from civtech.core.state import State
from civtech.core.text import N_, Text
from civtech.core.workflow import condition, transition
from civtech.people.models import User

if TYPE_CHECKING:
    from civtech.challenges.models.challenge import Challenge

IN_REVIEW = (ChallengeState.PROPOSED, ChallengeState.APPROVED)
BEFORE_PUBLICATION = (ChallengeState.DRAFT, *IN_REVIEW)
NOT_IN_REVIEW = N_("You can only check the rights in a challenge between its request for approval and its publication.")
NO_LONGER_OPEN = N_("You can no longer change this record because the challenge is published or cancelled.")
CHECKED_ALREADY = N_("Someone has already recorded a check of this text. Withdraw that record first.")
ANOTHER_APPROVES = N_("Another member of staff must approve or refuse this record.")
NEEDS_NO_ONE_ELSE = N_("This record does not need the approval of another member of staff.")
LEAST_REASON = 20
TOO_SHORT = N_("Explain the reason in at least 20 characters. Spaces do not count.")


class RightsCheckKind(State):
    """What staff found when they checked the text."""

    HARMLESS = "harmless", N_("This does not move IP or equity")
    EXCEPTION = "exception", N_("Exception to the rights rule")


class RightsCheckState(State):
    RECORDED = "recorded", N_("Recorded"), "yellow"
    APPROVED = "approved", N_("Approved by another member of staff"), "green"
    REFUSED = "refused", N_("Refused"), "red"
    WITHDRAWN = "withdrawn", N_("Withdrawn"), "grey"


LIVE = (RightsCheckState.RECORDED, RightsCheckState.APPROVED)


@condition(NOT_IN_REVIEW)
def is_in_review(check: "RightsCheck", _at: datetime) -> bool:
    return check.challenge.state in IN_REVIEW


@condition(NO_LONGER_OPEN)
def is_before_publication(check: "RightsCheck", _at: datetime) -> bool:
    return check.challenge.state in BEFORE_PUBLICATION


@condition(N_("The text of the challenge has changed, so this record no longer counts."))
def is_about_the_current_text(check: "RightsCheck", _at: datetime) -> bool:
    return check.text_digest == check.challenge.text_digest


@condition(NEEDS_NO_ONE_ELSE)
def needs_another(check: "RightsCheck", _at: datetime) -> bool:
    return check.challenge.needs_another(check.kind)


class RightsCheck(Versioned, Model):
    """What staff recorded about one text of one challenge."""

    __tablename__ = "rights_check"
    __table_args__ = (
        one_of("kind", RightsCheckKind),
        one_of("state", RightsCheckState),
        CheckConstraint(
            "(kind = 'exception') = (what <> '' AND to_whom <> '')",
            name="exception_says_what_moves_and_to_whom",
        ),
        CheckConstraint("approved_by_id <> recorded_by_id", name="approver_is_another_person"),
        CheckConstraint("refused_by_id <> recorded_by_id", name="refuser_is_another_person"),
        CheckConstraint("state <> 'approved' OR approved_by_id IS NOT NULL", name="approved_by_once_approved"),
        CheckConstraint("(approved_by_id IS NULL) = (approved_at IS NULL)", name="approved_by_at_a_time"),
        CheckConstraint("(state = 'refused') = (refused_by_id IS NOT NULL)", name="refused_by_once_refused"),
        CheckConstraint("(state = 'refused') = (refused_at IS NOT NULL)", name="refused_at_once_refused"),
        CheckConstraint("(state = 'refused') = (message IS NOT NULL)", name="refused_with_a_message"),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_by_id IS NOT NULL)", name="withdrawn_by_once_withdrawn"),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn_at_once_withdrawn"),
        Index(
            "uq_rights_check_of_one_text",
            "challenge_id",
            "text_digest",
            unique=True,
            sqlite_where=text("state IN ('recorded', 'approved')"),
            postgresql_where=text("state IN ('recorded', 'approved')"),
        ),
    )

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), index=True)
    kind: Mapped[RightsCheckKind] = mapped_column(stored(RightsCheckKind))
    state: Mapped[RightsCheckState] = mapped_column(stored(RightsCheckState), default=RightsCheckState.RECORDED)
    text_digest: Mapped[str]
    what: Mapped[str] = mapped_column(default="")
    to_whom: Mapped[str] = mapped_column(default="")
    reason: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    refused_at: Mapped[datetime | None]
    refused_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    message: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    challenge: Mapped["Challenge"] = required()
    recorded_by: Mapped[User] = relationship(foreign_keys=recorded_by_id)
    approved_by: Mapped[User | None] = relationship(foreign_keys=approved_by_id)
    refused_by: Mapped[User | None] = relationship(foreign_keys=refused_by_id)
    withdrawn_by: Mapped[User | None] = relationship(foreign_keys=withdrawn_by_id)

    @classmethod
    def record(
        cls, *, challenge: "Challenge", reason: str, by: User, at: datetime, what: str = "", to_whom: str = ""
    ) -> "RightsCheck":
        """Record what staff found in the current text. With `what` and `to_whom` it is an exception."""
        if challenge.state not in IN_REVIEW:
            raise WrongState(challenge.ended_because or NOT_IN_REVIEW)
        if challenge.rights_check is not None:
            raise WrongState(CHECKED_ALREADY)
        _require(reason, "reason", N_("Enter the reason."))
        if says_little(reason, LEAST_REASON):
            raise RuleViolation(TOO_SHORT, field="reason")
        if what.strip() or to_whom.strip():
            _require(what, "what", N_("Enter what moves to someone else."))
            _require(to_whom, "to_whom", N_("Enter who it moves to."))
        kind = RightsCheckKind.EXCEPTION if what.strip() else RightsCheckKind.HARMLESS
        check = cls(
            reference=new_reference("Z"),
            challenge=challenge,
            kind=kind,
            state=RightsCheckState.RECORDED,
            text_digest=challenge.text_digest,
            what=what.strip(),
            to_whom=to_whom.strip(),
            reason=reason,
            recorded_at=at,
            recorded_by_id=by.id,
        )
        db.session.add(check)
        set_committed_value(challenge, "rights_check", check)
        emit(RightsCheckRecorded(subject=check, by=by, at=at, facts=check._facts()))
        return check

    @transition(
        RightsCheckState.RECORDED,
        to=RightsCheckState.APPROVED,
        emits=RightsCheckApproved,
        when=(needs_another, is_in_review, is_about_the_current_text),
        sets=("approved_at", "approved_by_id"),
    )
    def approve(self, *, by: User, at: datetime) -> RightsCheckFacts:
        """Approve it, as another member of staff. Everyone can read an exception once the challenge is published."""
        self._refuse_recorder(by)
        self.approved_at, self.approved_by_id = at, by.id
        return self._facts()

    @transition(
        RightsCheckState.RECORDED,
        to=RightsCheckState.REFUSED,
        emits=RightsCheckRefused,
        when=(needs_another, is_before_publication),
        sets=("refused_at", "refused_by_id", "message"),
    )
    def refuse(self, *, message: str, by: User, at: datetime) -> RightsCheckFacts:
        """Refuse it with a message, as another member of staff."""
        self._refuse_recorder(by)
        require_reason(message)
        self.refused_at, self.refused_by_id, self.message = at, by.id, message
        return self._facts()

    @transition(
        *LIVE,
        to=RightsCheckState.WITHDRAWN,
        emits=RightsCheckWithdrawn,
        when=is_before_publication,
        sets=("withdrawn_at", "withdrawn_by_id"),
    )
    def withdraw(self, *, by: User, at: datetime) -> RightsCheckFacts:
        """Take the record back before publication, so that the text can be checked again."""
        self.withdrawn_at, self.withdrawn_by_id = at, by.id
        return self._facts()

    @property
    def ended_because(self) -> Text | None:
        """Why it can no longer change, if its challenge was cancelled."""
        return self.challenge.ended_because

    def said(self) -> list[Fact]:
        """What was recorded. The page shows it, and an approval binds it."""
        exception = [
            Fact("what", Text(N_("What moves")), self.what),
            Fact("to_whom", Text(N_("Who it moves to")), self.to_whom),
        ]
        reason = Fact("reason", Text(N_("Reason")), self.reason)
        return [*exception, reason] if self.kind is RightsCheckKind.EXCEPTION else [reason]

    def _facts(self) -> RightsCheckFacts:
        return {
            "challenge": self.challenge.reference,
            "kind": self.kind.value,
            "text_sha256": self.text_digest,
            "record_sha256": digest_of(self.said()),
        }

    def _refuse_recorder(self, by: User) -> None:
        if by.id == self.recorded_by_id:
            raise RuleViolation(ANOTHER_APPROVES)


def _require(words: str, field: str, otherwise: str) -> None:
    if is_blank(words):
        raise RuleViolation(otherwise, field=field)
