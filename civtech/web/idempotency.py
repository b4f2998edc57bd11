"""Sending a form twice has the same effect as sending it once. Each form gets a key when its page is shown.

The same key with the same body gets the same answer; with a different body it is refused. The key is checked before
anything else. If two requests come at once, the second waits for the first to be answered. If the first is refused,
its key is not kept, and the second is handled like a first.
"""

import hashlib
import hmac
from datetime import datetime

from flask import Flask, Response, current_app, g, redirect, request
from flask_login import current_user
from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core import clock, locks
from civtech.core.db import Identity, Model, db
from civtech.core.deciding import decides_nothing
from civtech.core.errors import RuleViolation
from civtech.core.references import new_token
from civtech.core.statements import built_once
from civtech.core.text import N_
from civtech.web.kept.declaring import only_for_this_reader

FIELD = "idempotency_key"
LONGEST = 64
PATIENCE = 10.0  # seconds that the second of two simultaneous requests waits for the first
OUTSIDE_THE_BODY = frozenset({"csrf_token", "submit"})


class AlreadySent(RuleViolation):
    """The form was sent before, with other answers (422)."""


class StillWorking(AlreadySent):
    """The same form was sent a moment ago and has not been answered yet (409)."""

    status = 409


class UsedKey(Model):
    """A used key, with its actor, a digest of the form and the location of the answer."""

    __tablename__ = "used_key"

    id: Mapped[Identity]
    key: Mapped[str] = mapped_column(unique=True)
    actor: Mapped[str] = mapped_column(default="")
    digest: Mapped[str]
    location: Mapped[str]
    used_at: Mapped[datetime]


decides_nothing(UsedKey, because="It only keeps a form from being sent twice.")


def new_idempotency_key() -> str:
    """A key for one form on one showing of its page."""
    only_for_this_reader()
    return new_token(24)


def _body_digest() -> str:
    """A digest of the form, keyed with the application's secret: short answers could be guessed from a plain digest."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    body = hmac.new(secret, request.path.encode(), hashlib.sha256)
    for name in sorted(set(request.form) - OUTSIDE_THE_BODY):
        for value in request.form.getlist(name):
            body.update(b"\0" + name.encode() + b"\1" + value.encode("utf-8", "surrogatepass"))
    return body.hexdigest()


def _actor() -> str:
    return current_user.reference or ""


@built_once
def _used(key: str) -> Select[UsedKey]:
    return select(UsedKey).where(UsedKey.key == key)


def _earlier(key: str) -> Response | None:
    used = db.session.scalar(_used(key))
    if used is None:
        return None
    if used.digest != _body_digest() or used.actor != _actor():
        raise AlreadySent(
            N_("This form has already been sent with different answers. Open the page again to send new ones."),
        )
    return redirect(used.location)  # type: ignore[return-value]


def _key() -> str | None:
    """The key of this request's form, if it has one short enough to keep."""
    key = request.form.get(FIELD, "") if request.method == "POST" else ""
    return key if 0 < len(key) <= LONGEST else None


def replay() -> Response | None:
    """The answer to this form if it was sent before. Waits while the same form is being answered."""
    key = _key()
    if key is None:
        return None
    try:
        locks.wait_for(f"form {key}", seconds=PATIENCE)
    except locks.Busy as busy:
        raise StillWorking(
            N_("You have already sent this form. We are still working on it. Wait a minute, then open the page again."),
        ) from busy
    return _earlier(key)


def turn_away() -> None:
    """Keep no answer for this request: its form was not read, because the sender must prove their identity first."""
    g.turned_away = True


def remember(response: Response) -> Response:
    """Save the key with the answer, in the same transaction as the change.

    On PostgreSQL, a view that rolled back has released the key. If another request used it since, its answer counts.
    """
    key = _key()
    if key is None or not response.location or g.get("turned_away"):
        return response
    used = UsedKey(key=key, actor=_actor(), digest=_body_digest(), location=response.location, used_at=clock.now())
    db.session.flush()
    db.session.add(used)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        if (earlier := _earlier(key)) is None:
            raise
        return earlier
    return response


def init(app: Flask) -> None:
    """Check the key before anything else: the first request may have made the same one impossible now."""
    app.before_request(replay)
