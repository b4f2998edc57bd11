"""One member of staff views one challenge as one role, in one browser."""

from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import CheckConstraint, ForeignKey, Index, and_, text
from sqlalchemy.orm import Mapped, joinedload, mapped_column

from civtech.challenges.models import Challenge
from civtech.core.db import Identity, Model, db, one_of, relationship, stored
from civtech.core.errors import RuleViolation
from civtech.core.events import Person, emit
from civtech.core.text import N_
from civtech.people.models import BrowserSession, User, Visitor
from civtech.people.queries import IN_SESSION
from civtech.viewing.events import ViewingBegan, ViewingEnded, ViewingFacts
from civtech.viewing.models.role import SeenRole
from civtech.viewing.models.stand_in import stand_in

LASTS = timedelta(minutes=15)


class Viewing(Model):
    """A browser shows a challenge as a role sees it. It ends with `end`, or without any action after `LASTS`.

    The row is deleted with its session. The audit log keeps that it existed.
    """

    __tablename__ = "viewing"
    __table_args__ = (
        one_of("role", SeenRole),
        CheckConstraint("ended_at >= begun_at", name="ends_after_it_began"),
        Index(
            "uq_viewing_one_in_a_browser",
            "browser_session_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[Identity]
    browser_session_id: Mapped[int] = mapped_column(ForeignKey("browser_session.id", ondelete="CASCADE"))
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    role: Mapped[SeenRole] = mapped_column(stored(SeenRole))
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    session: Mapped[BrowserSession] = relationship()
    challenge: Mapped[Challenge] = relationship()

    @classmethod
    def begin(
        cls, *, session: BrowserSession, challenge: Challenge, role: SeenRole, by: User, at: datetime
    ) -> "Viewing":
        """From now on, show `challenge` in this browser as `role` sees it."""
        if not role.sees(challenge):
            raise RuleViolation(
                N_("This challenge is not published yet. Only its sponsor, programme staff and auditors can see it."),
                field="role",
            )
        earlier = viewing_of(session)
        if earlier is not None:
            earlier.ended_at = min(at, earlier.ends_at)
            db.session.flush()
        begun = cls(session=session, challenge=challenge, role=role, begun_at=at)
        db.session.add(begun)
        facts = ViewingFacts(role=role.value, until=begun.ends_at.isoformat())
        emit(ViewingBegan(subject=challenge, by=by, at=at, facts=facts))
        return begun

    @property
    def ends_at(self) -> datetime:
        """Its latest end."""
        return self.begun_at + LASTS

    def is_on(self, at: datetime) -> bool:
        """Whether the browser shows pages as the role at `at`."""
        return self.ended_at is None and at < self.ends_at

    def stand_in(self, *, company: str) -> Visitor:
        """Return the stand-in who asks for pages meanwhile; `company` names its company, if the role has one."""
        return stand_in(self.role, self.challenge, company=company)

    def end(self, *, by: Person | None, at: datetime) -> None:
        """Show the browser's pages as the person's own again. Ending it twice does no harm."""
        if self.is_on(at):
            self.ended_at = at
            emit(ViewingEnded(subject=self.challenge, by=by, at=at, facts={"role": self.role.value}))


def viewing_of(session: BrowserSession) -> Viewing | None:
    """Return a browser's viewing that was not stopped. Its time may be over."""
    return cast("Viewing | None", getattr(session, "viewing"))  # noqa: B009 -- the attribute is added below


setattr(  # noqa: B010
    BrowserSession,
    "viewing",
    relationship(
        Viewing,
        primaryjoin=and_(Viewing.browser_session_id == BrowserSession.id, Viewing.ended_at.is_(None)),
        uselist=False,
        viewonly=True,
    ),
)
IN_SESSION.append(joinedload(getattr(BrowserSession, "viewing")))  # noqa: B009 -- the attribute was added above
