"""Where a person is signed in: one row for each browser, so that they can look and end it from elsewhere."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.db import Identity, Model, db
from civtech.core.events import emit
from civtech.core.references import new_reference
from civtech.people.events import BrowserSessionEnded
from civtech.people.models.person import User

LASTS = timedelta(hours=12)
IDLE = timedelta(hours=1)
FRESH = timedelta(minutes=15)
LONGEST_NAME = 300


class BrowserSession(Model):
    """One browser in which a person signed in. It ends by signing out, from elsewhere, or after twelve hours.

    The cookie holds the secret, the row only its digest: whoever reads the database can sign in nowhere.
    `confirmed_at` is when the person last proved who they are there, `with_second_factor` whether by more than a
    password.
    """

    __tablename__ = "browser_session"

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    digest: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    browser: Mapped[str]
    begun_at: Mapped[datetime]
    with_second_factor: Mapped[bool]
    confirmed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    @classmethod
    def begin(
        cls,
        person: User,
        *,
        secret: str,
        browser: str,
        at: datetime,
        with_second_factor: bool,
        since: datetime | None = None,
    ) -> "BrowserSession":
        """Remember where `person` signs in; `browser` is what it says of itself.

        `since` is when the session before began that this one goes on from; it lasts no longer for that.
        """
        begun = cls(
            reference=new_reference("B"),
            digest=digest_of(secret),
            user_id=person.id,
            browser=browser[:LONGEST_NAME],
            begun_at=since or at,
            with_second_factor=with_second_factor,
            confirmed_at=at,
        )
        db.session.add(begun)
        return begun

    def end(self, *, of: User, by: User | None, at: datetime) -> None:
        """Sign the browser of a person out; its next request is a visitor's. Ending twice is no mistake."""
        if self.ended_at is None:
            self.ended_at = at
            emit(BrowserSessionEnded(subject=of, by=by, at=at, facts={"session": self.reference}))

    def is_fresh(self, at: datetime) -> bool:
        """Whether the person proved who they are a short while ago."""
        return self.confirmed_at > at - FRESH

    def has_secret(self, secret: str | None) -> bool:
        """Whether this is the session that `secret` belongs to."""
        return secret is not None and self.digest == digest_of(secret)


def digest_of(secret: str) -> str:
    """What is stored of a session's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_live(at: datetime) -> ColumnElement[bool]:
    """Whether a session still counts at `at`."""
    return BrowserSession.ended_at.is_(None) & (BrowserSession.begun_at > at - LASTS)
