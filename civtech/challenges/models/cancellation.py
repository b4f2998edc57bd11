"""Cancelling a challenge: when, by whom and on whose behalf, and why nothing more can happen to it."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from civtech.challenges.models.state import ChallengeState
from civtech.core.blank import is_blank
from civtech.core.db import stored
from civtech.core.errors import RuleViolation
from civtech.core.state import State
from civtech.core.text import N_, Text
from civtech.organisations.models import MemberRole, Organisation
from civtech.people.models import User

APPROVERS = (MemberRole.OWNER, MemberRole.APPROVER)
AUTHORS = (MemberRole.OWNER, MemberRole.AUTHOR)


class Side(State):
    """On whose behalf someone acted on a challenge. We save it, because people change their roles later."""

    SPONSOR = "sponsor", N_("The sponsor")
    PROGRAMME = "programme", N_("Programme staff")

    @classmethod
    def of(cls, person: User, sponsor_id: int, *roles: MemberRole) -> "Side":
        """The side `person` acts for now: the sponsor's if they hold one of these roles there, else the programme's."""
        return cls.SPONSOR if person.acts_for(sponsor_id, *roles) else cls.PROGRAMME


def require_reason(message: str) -> None:
    """Refuse to cancel or send back a challenge without saying why."""
    if is_blank(message):
        raise RuleViolation(N_("Enter a reason. Other people will see it."), field="message")


class Cancellation:
    """What we record when a challenge is cancelled. The reason is its `message`."""

    state: Mapped[ChallengeState]
    sponsor: Mapped[Organisation]
    message: Mapped[str | None]

    cancelled_at: Mapped[datetime | None]
    cancelled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    cancelled_for: Mapped[Side | None] = mapped_column(stored(Side))

    @property
    def who_cancelled(self) -> Text | str:
        """Who cancelled it, in words: the name of the public body, or programme staff."""
        return self.sponsor.name if self.cancelled_for is Side.SPONSOR else Side.PROGRAMME.label

    @property
    def ended_because(self) -> Text | None:
        """Why it is over, if it was cancelled: who cancelled it, and the reason."""
        if self.state is not ChallengeState.CANCELLED:
            return None
        return Text(
            N_("%(who)s cancelled this challenge. Reason: %(reason)s"),
            {"who": self.who_cancelled, "reason": self.message},
        )
