"""Where a person is signed in: one row per browser, so that they can list them and sign any of them out."""

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
    """A browser in which a person signed in. It ends by signing out, there or elsewhere, or after twelve hours.

    The cookie has the secret and the row only its digest, so reading the database does not let anyone sign in.
    `confirmed_at` is when the person last proved their identity there; `with_second_factor` is whether they used more
    than a password.
    """

    __tablename__ = "browser_session"

    id: Mapped[Identity]
    reference: Mapped[str] = mapped_column(unique=True)
    digest: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    browser: Mapped[str] = mapped_column(default="")
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
        """Record that `person` signed in; `browser` is how the browser describes itself.

        `since` is the start of the session that this one continues, so that continuing does not make it last longer.
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
        """Sign the person out of this browser; its next request is a visitor's. Ending it twice does nothing."""
        if self.ended_at is None:
            self.ended_at = at
            emit(BrowserSessionEnded(subject=of, by=by, at=at, facts={"session": self.reference}))

    def is_fresh(self, at: datetime) -> bool:
        """Whether the person proved their identity recently."""
        return self.confirmed_at > at - FRESH

    def has_secret(self, secret: str | None) -> bool:
        """Whether `secret` belongs to this session."""
        return secret is not None and self.digest == digest_of(secret)


def digest_of(secret: str) -> str:
    """The digest of a session's secret, for the database."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_live(at: datetime) -> ColumnElement[bool]:
    """Whether a session is still valid at `at`."""
    return BrowserSession.ended_at.is_(None) & (BrowserSession.begun_at > at - LASTS)
