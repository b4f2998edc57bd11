"""Where the demonstration may run: only on this machine unless its operator opens it, and never in production."""

from flask import Flask, current_app, request
from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError

from civtech.core.db import db
from civtech.core.errors import RuleViolation
from civtech.core.text import N_
from civtech.people import queries
from civtech.people.models import User
from civtech.web.logs import log
from config import Misconfigured, is_loopback

DOMAIN = "demo.civtech.example"
PASSED_ON = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")


class NotFromHere(RuleViolation):
    """Another machine reached a demonstration that is not open to all (403)."""

    status = 403


def _hosts() -> list[str]:
    """Every host and address this request mentions: where it was sent, and where it came from."""
    passed_on = [part for name in PASSED_ON for part in request.headers.get(name, "").split(",")]
    before = request.environ.get("werkzeug.proxy_fix.orig", {})
    direct = [before.get(name) or "" for name in ("REMOTE_ADDR", "HTTP_HOST")]
    return [host for host in (request.host, request.remote_addr or "", *direct, *map(str.strip, passed_on)) if host]


def _stay_here() -> None:
    """Check each request: a server started without HOST does not say where it listens, but its requests do."""
    if current_app.config["CIVTECH_DEMO_OPEN_TO_ALL"]:
        return
    if not request.host or not all(map(is_loopback, _hosts())):
        log.warning("demonstration_reached_from_elsewhere", setting="CIVTECH_DEMO_OPEN_TO_ALL")
        raise NotFromHere(
            N_(
                "You can only use this demonstration on the computer it runs on. The operator can open it to "
                "others with the setting CIVTECH_DEMO_OPEN_TO_ALL."
            )
        )


def refuse_among_real_people(app: Flask) -> None:
    """Raise `Misconfigured` in production if the database has demonstration people, whose password is public.

    A database without tables has no people yet. If the database is unreachable, start anyway: each request tries again.
    """
    if app.config["CIVTECH_ENV"] != "production":
        return
    with app.app_context():
        try:
            has_tables = inspect(db.engine).has_table(User.__tablename__)
            has_invented = has_tables and db.session.scalar(queries.with_address_at(DOMAIN).limit(1)) is not None
        except OperationalError as error:
            log.error("demonstration_not_looked_for", error=type(error.orig).__name__)
            return
        finally:
            db.session.remove()
            db.engine.dispose()
    if has_invented:
        raise Misconfigured(
            f"The database holds people of the demonstration (addresses at {DOMAIN}), whose password is public. "
            "Production does not start with it. Set DATABASE_URL to a database without them."
        )


def init(app: Flask) -> None:
    """Restrict a demonstration to this machine."""
    app.before_request(_stay_here)
