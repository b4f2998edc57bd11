"""Until when a page stays as it is if nothing happens. What depends on the clock notes here when it changes next."""

from datetime import datetime

from flask import g, has_app_context


def lasts_until(instant: datetime) -> None:
    """Say that something on this page changes at `instant` without an event."""
    if has_app_context():
        g.lasts_until = min(instant, g.get("lasts_until", instant))


def noted() -> datetime | None:
    """The first instant at which something on this page changes."""
    first: datetime | None = g.get("lasts_until")
    return first
