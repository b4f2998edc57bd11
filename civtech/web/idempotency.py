"""Pressing twice does it once. A form that creates something carries a key, made when its page is;
the same key with the same body gets the same answer, the same key with another body is refused.
"""

import hashlib
import hmac
from datetime import datetime

from flask import Response, current_app, redirect, request
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core import clock
from civtech.core.db import Identity, Model, db
from civtech.core.errors import RuleViolation
from civtech.core.references import new_token
from civtech.core.text import N_

FIELD = "idempotency_key"
LONGEST = 64
OUTSIDE_THE_BODY = frozenset({"csrf_token", "submit"})


class UsedKey(Model):
    """One key that was used, by whom, for what, and where the answer led."""

    __tablename__ = "used_key"

    id: Mapped[Identity]
    key: Mapped[str] = mapped_column(unique=True)
    actor: Mapped[str]
    digest: Mapped[str]
    location: Mapped[str]
    used_at: Mapped[datetime]


def new_idempotency_key() -> str:
    """A key for one showing of one form."""
    return new_token(24)


def _body_digest() -> str:
    """What the form said, under the application's key: a short answer could be guessed from a plain digest."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    body = hmac.new(secret, request.path.encode(), hashlib.sha256)
    for name in sorted(set(request.form) - OUTSIDE_THE_BODY):
        for value in request.form.getlist(name):
            body.update(b"\0" + name.encode() + b"\1" + value.encode("utf-8", "surrogatepass"))
    return body.hexdigest()


def _actor() -> str:
    return current_user.reference or ""


def _earlier(key: str) -> Response | None:
    used = db.session.scalar(select(UsedKey).where(UsedKey.key == key))
    if used is None:
        return None
    if used.digest != _body_digest() or used.actor != _actor():
        raise RuleViolation(
            N_("This form was already sent with other answers. Open the page again to send new ones."),
        )
    return redirect(used.location)  # type: ignore[return-value]


def replay() -> Response | None:
    """The answer this request got when it was sent before, if it was."""
    key = request.form.get(FIELD, "") if request.method == "POST" else ""
    return _earlier(key) if key and len(key) <= LONGEST else None


def remember(response: Response) -> Response:
    """Keep the key with the answer, in the transaction of the change; the loser of a race gets the winner's answer."""
    key = request.form.get(FIELD, "") if request.method == "POST" else ""
    if not key or len(key) > LONGEST or not response.location:
        return response
    used = UsedKey(key=key, actor=_actor(), digest=_body_digest(), location=response.location, used_at=clock.now())
    db.session.flush()
    db.session.add(used)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        return _earlier(key) or response
    return response
