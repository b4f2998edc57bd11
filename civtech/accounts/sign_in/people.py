"""Flask-Security's way to our people, and the way from a session to a person."""

import hashlib
from datetime import datetime
from typing import Any

from flask import request, session
from flask_security import SQLAlchemyUserDatastore
from flask_security.utils import set_request_attr
from sqlalchemy import select

from civtech.accounts import queries
from civtech.accounts.models import BrowserSession, User
from civtech.accounts.models.browser_session import signed_in_with
from civtech.core import clock
from civtech.core.db import db
from civtech.core.references import new_token

BROWSER = "browser"
SESSION_ID = "id"
LETTERS = 40
KEPT = frozenset({"_user_id", "_fresh", "_id", "_flashes", "fs_paa", "fs_cc"})


class People(SQLAlchemyUserDatastore):
    """The people of `accounts.models`. They have no roles in Flask-Security's sense, so there is no role model."""

    def __init__(self) -> None:
        super().__init__(db, User, None)  # type: ignore[arg-type]

    def commit(self) -> None:
        """Leave it to the request: a change, its event and its mail stand or fall together."""

    def find_user(self, case_insensitive: bool = False, **wanted: Any) -> User | None:
        """The person by one column; addresses are stored in lower case."""
        ((column, value),) = wanted.items()
        value = value.lower() if case_insensitive else value
        return db.session.scalars(select(User).where(getattr(User, column) == value)).unique().first()

    def create_user(self, **details: Any) -> User:
        """Register a person through the model, so that it is an event."""
        return User.register(at=clock.now(), **details)


def browser() -> str:
    """What a session is tied to. Not to the network address: a phone changes it all day."""
    return hashlib.sha256(request.headers.get("User-Agent", "").encode()).hexdigest()[:32]


def from_session(uniquifier: str) -> User | None:
    """The person a session belongs to, if it is used where it began and the account is confirmed and switched on."""
    secret = session.get(SESSION_ID)
    if secret is None or session.get(BROWSER) not in {None, browser()}:
        return None
    known = select(User).where(User.fs_uniquifier == uniquifier, signed_in_with(secret, clock.now()))
    person = db.session.scalars(known).unique().first()
    if person is None or not person.active or not person.is_confirmed:
        return None
    set_request_attr("fs_authn_via", "session")
    set_request_attr("fs_paa", session.get("fs_paa", 0))
    return person


def begin_session(person: User) -> None:
    """Keep nothing in the session that was there before signing in: a session that was planted is worth nothing."""
    at = clock.now()
    forget_session(at)
    for name in set(session) - KEPT:
        del session[name]
    session[SESSION_ID] = new_token(LETTERS)
    session[BROWSER] = browser()
    said = " ".join(request.headers.get("User-Agent", "").split())
    BrowserSession.begin(person, secret=session[SESSION_ID], browser=said, at=at)


def forget_session(at: datetime) -> None:
    """This browser's session counts no more, also for whoever copied its cookie."""
    if secret := session.get(SESSION_ID):
        for found in db.session.scalars(queries.session_with(secret, at)):
            found.ended_at = at
