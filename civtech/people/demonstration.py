"""Where the demonstration may run: only on this machine unless its operator opens it, and never in production."""

from flask import Flask, current_app, request

from civtech.core.errors import RuleViolation
from civtech.core.text import N_
from civtech.web.logs import log
from config import is_loopback

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


def init(app: Flask) -> None:
    """Restrict a demonstration to this machine."""
    app.before_request(_stay_here)
