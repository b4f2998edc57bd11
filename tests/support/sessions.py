"""Sessions for people who are signed in without the sign-in page."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from civtech.core.db import db, unit_of_work
from civtech.people.models import BrowserSession, User
from civtech.people.models.browser_session import digest_of

WHATEVER_THE_CLOCK_SAYS = datetime(2999, 1, 1, tzinfo=UTC)


def session_of(identity: str) -> dict[str, Any]:
    """The content of the cookie of the person with this `fs_uniquifier`. It does not expire with a story's clock."""
    secret = f"session of {identity}"
    if db.session.scalar(select(BrowserSession.id).where(BrowserSession.digest == digest_of(secret))) is None:
        with unit_of_work():
            person = db.session.scalars(select(User).where(User.fs_uniquifier == identity)).unique().one()
            BrowserSession.begin(
                person, secret=secret, browser="Test/1.0", at=WHATEVER_THE_CLOCK_SAYS, with_second_factor=True
            )
    db.session.rollback()
    used = int(WHATEVER_THE_CLOCK_SAYS.timestamp())
    return {"_user_id": identity, "_fresh": True, "id": secret, "used": used}
