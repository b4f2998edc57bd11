"""The session of a browser: where it starts, how long it lasts, and whose it is.

The cookie has the secret of a `BrowserSession` and when it was last used; the row has everything else.
"""

import hashlib
from datetime import UTC, datetime
from typing import cast

from flask import Flask, Response, g, request, session
from flask_security.utils import set_request_attr
from sqlalchemy import inspect
from sqlalchemy.orm import InstanceState

from civtech.core import clock
from civtech.core.db import db
from civtech.core.references import new_token
from civtech.people import queries
from civtech.people.models import BrowserSession, User, people
from civtech.people.models.browser_session import IDLE, LASTS, digest_of
from civtech.people.sign_in.next_page import worth_keeping
from civtech.web.actor import restored_by
from civtech.web.unsent import UNSENT

BROWSER = "browser"
SESSION_ID = "id"
USED_AT = "used"
LETTERS = 40
ONWARD = "onward"
KEPT = frozenset({"_user_id", "_fresh", "_id", "_flashes", "fs_paa", "fs_cc", UNSENT, ONWARD})


def browser() -> str:
    """What a session is tied to. The network address would not do: a phone's changes all day."""
    return hashlib.sha256(request.headers.get("User-Agent", "").encode()).hexdigest()[:32]


def _was_used() -> datetime | None:
    used = session.get(USED_AT)
    return datetime.fromtimestamp(used, UTC) if isinstance(used, int) else None


def _is_idle(at: datetime) -> bool:
    used = _was_used()
    return used is not None and used <= at - IDLE


def from_session(uniquifier: str) -> User | None:
    """The session's person, if it is used in its own browser and the account is confirmed and active."""
    signed_in = _signed_in(uniquifier, clock.now())
    if signed_in is None or _is_idle(clock.now()):
        return None
    person, g.browser_session, g.has_passkey = signed_in
    set_request_attr("fs_authn_via", "session")
    set_request_attr("fs_paa", session.get("fs_paa", 0))
    return person


@restored_by
def _read_again() -> None:
    state = inspect(g.get("_login_user"), raiseerr=False)
    if isinstance(state, InstanceState) and state.identity:
        db.session.scalars(people().where(User.id == state.identity[0])).unique().one_or_none()


def _signed_in(uniquifier: str, at: datetime) -> tuple[User, BrowserSession, bool] | None:
    secret = session.get(SESSION_ID)
    if secret is None or session.get(BROWSER) not in {None, browser()}:
        return None
    row = db.session.execute(queries.signed_in_with(uniquifier, digest_of(secret), at)).unique().first()
    if row is None or not row[0].active or not row[0].is_confirmed:
        return None
    return row[0], row[1], row[2]


def timed_out() -> User | None:
    """The person who was signed in here until the session timed out. They did not sign out."""
    uniquifier = session.get("_user_id")
    signed_in = _signed_in(uniquifier, clock.now() - LASTS) if uniquifier else None
    return signed_in[0] if signed_in else None


def this_session() -> BrowserSession | None:
    """This request's session, if code has already asked who is signed in."""
    return cast("BrowserSession | None", g.get("browser_session"))


def can_prove_more(person: User) -> bool:
    """Whether the person has a second factor. Makes no further query about the signed-in person."""
    return person.has_authenticator or bool(g.get("has_passkey"))


def end_other_sessions(person: User, at: datetime) -> None:
    """Sign the person out everywhere else."""
    for live in db.session.scalars(queries.sessions(person, at)):
        if live is not this_session():
            live.end(of=person, by=person, at=at)


def begin_session(person: User, *, with_second_factor: bool = False) -> None:
    """Start a new session on signing in, and drop the contents of the old one: a planted session gains nothing."""
    _replace_session(person, with_second_factor=with_second_factor, since=None)


def confirm_session(person: User, *, with_second_factor: bool) -> None:
    """Continue in a new session after the person proved their identity again. It ends when the old one would have."""
    here = this_session()
    _replace_session(person, with_second_factor=with_second_factor, since=here.begun_at if here else None)


def _replace_session(person: User, *, with_second_factor: bool, since: datetime | None) -> None:
    at = clock.now()
    forget_session(at)
    for name in set(session) - KEPT:
        del session[name]
    session[SESSION_ID] = new_token(LETTERS)
    session[BROWSER] = browser()
    session[USED_AT] = int(at.timestamp())
    g.browser_session = BrowserSession.begin(
        person,
        secret=session[SESSION_ID],
        browser=" ".join(request.headers.get("User-Agent", "").split()),
        at=at,
        with_second_factor=with_second_factor,
        since=since,
    )


def forget_session(at: datetime) -> None:
    """End this browser's session, including for anyone who copied its cookie."""
    if secret := session.get(SESSION_ID):
        for live in db.session.scalars(queries.session_with(digest_of(secret), at)):
            live.ended_at = at


def seconds_left() -> int | None:
    """How long this session lasts if the person does nothing more; None for a visitor."""
    here = this_session()
    if here is None:
        return None
    at = clock.now()
    return max(0, int(min(IDLE, here.begun_at + LASTS - at).total_seconds()))


def take_onward() -> str | None:
    """The page the person wanted before they had to protect their account. Returned once only."""
    return worth_keeping(session.pop(ONWARD, None))


def _note_the_use(answer: Response) -> Response:
    if this_session() is not None and SESSION_ID in session:
        session[USED_AT] = max(session.get(USED_AT, 0), int(clock.now().timestamp()))
    return answer


def init(app: Flask) -> None:
    """Record when a session is used. Give pages its remaining time and the page the person wanted."""
    app.after_request(_note_the_use)
    app.jinja_env.globals.update(session_seconds_left=seconds_left, take_onward=take_onward)
