"""The outbox: emails as rows, written in the transaction of the change they report."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.blank import ERASABLE
from civtech.core.db import Identity, Model, Versioned, one_of, relationship, stored
from civtech.core.deciding import decides_nothing
from civtech.core.references import new_reference, new_token
from civtech.core.state import State
from civtech.core.text import N_
from civtech.core.workflow import follows, transition
from civtech.notifications.events import GivenUpFacts, MailFacts, MailGivenUp, MailRetried
from civtech.people.models import User

if TYPE_CHECKING:
    from collections.abc import Mapping

READY_MADE = "account"


class MessageState(State):
    QUEUED = "queued", N_("Waiting to be sent"), "yellow"
    SENT = "sent", N_("Sent"), "green"
    DEAD = "dead", N_("Not delivered"), "red"


class Details(TypedDict, total=False):
    """What `OutboxMessage.row` takes for some emails only."""

    recipient_id: int | None
    address: str | None
    facts: "Mapping[str, object] | None"
    subject: str | None
    body: str | None


class OutboxMessage(Versioned, Model):
    """One email to one person.

    The text is written at delivery, from `template` and `facts`. So queueing stays cheap even for a thousand
    applicants at once. No name or address is kept twice, and no one gets an email after their data is erased. The
    facts are fixed, so a repeat says the same under the same `message_id`. Emails about accounts come ready-made,
    because they carry a secret link. Their text is removed once they are sent.
    """

    __tablename__ = "outbox_message"
    __table_args__ = (
        one_of("state", MessageState),
        CheckConstraint("(recipient_id IS NULL) <> (address IS NULL)", name="goes_to_a_person_or_an_address"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_at_once_sent"),
        CheckConstraint("state <> 'dead' OR failure IS NOT NULL", name="failure_if_dead"),
        CheckConstraint("(template = 'account') = (subject IS NOT NULL)", name="subject_if_ready_made"),
        CheckConstraint("body IS NULL OR (template = 'account' AND state <> 'sent')", name="body_until_sent"),
        CheckConstraint("attempts >= 0", name="attempts_are_counted"),
        Index("ix_outbox_message_state_due_at_id_queued_at", "state", "due_at", "id", "queued_at"),
        Index("ix_outbox_message_state_id", "state", "id"),
    )

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    recipient_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    address: Mapped[str | None]
    template: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    subject: Mapped[str | None] = mapped_column(info=ERASABLE)
    body: Mapped[str | None]
    state: Mapped[MessageState] = mapped_column(stored(MessageState), default=MessageState.QUEUED)
    queued_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    failure: Mapped[str | None]

    recipient: Mapped[User | None] = relationship()

    @classmethod
    def write(cls, template: str, *, domain: str, at: datetime, **details: Unpack[Details]) -> "OutboxMessage":
        """Make an email to a person, or to an address without an account; see `row`."""
        return cls(**cls.row(template, domain=domain, at=at, **details))

    @staticmethod
    def row(
        template: str,
        *,
        domain: str,
        at: datetime,
        recipient_id: int | None = None,
        address: str | None = None,
        facts: "Mapping[str, object] | None" = None,
        subject: str | None = None,
        body: str | None = None,
    ) -> dict[str, object]:
        """Return the columns of an email, so that one statement can insert many; `domain` ends its Message-ID."""
        return {
            "reference": new_reference("X"),
            "message_id": f"<{new_token(24).lower()}@{domain}>",
            "recipient_id": recipient_id,
            "address": address,
            "template": template,
            "facts": dict(facts or {}),
            "subject": subject,
            "body": body,
            "state": MessageState.QUEUED,
            "queued_at": at,
            "due_at": at,
            "attempts": 0,
        }

    @follows(MessageState.QUEUED, to=MessageState.SENT)
    def be_sent(self, *, at: datetime) -> None:
        """Record that the email server took it, and forget what need not be kept."""
        self.sent_at = at
        self.failure = None
        self.body = None

    @transition(MessageState.QUEUED, to=MessageState.DEAD, emits=MailGivenUp)
    def give_up(self, *, failure: str, by: "User | None", at: datetime) -> GivenUpFacts:
        """Stop trying and record why the last attempt failed. Staff see it and may try again."""
        self.failure = failure
        return {"template": self.template, "attempts": self.attempts}

    @transition(MessageState.DEAD, to=MessageState.QUEUED, emits=MailRetried)
    def retry(self, *, by: "User", at: datetime) -> MailFacts:
        """Try again from the start, under the same Message-ID."""
        self.attempts = 0
        self.due_at = at
        return {"template": self.template}


decides_nothing(OutboxMessage, because="An email tells of what was decided elsewhere.")
