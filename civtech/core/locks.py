"""Named locks. The second caller waits for the first one's transaction to end, then sees its changes.

SQLite needs none: a transaction that may write has the whole database to itself from its first statement.
"""

import hashlib

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from civtech.core.db import db

NOT_AVAILABLE = "55P03"  # PostgreSQL's SQLSTATE lock_not_available


class Busy(Exception):
    """The lock was not free in the time we are ready to wait."""


def wait_for(name: str, *, seconds: float) -> None:
    """Hold the lock `name` until this transaction ends, even by rollback. `Busy` if it is not free in `seconds`."""
    if db.session.get_bind().dialect.name != "postgresql":
        return
    number = {"number": int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)}
    if db.session.scalar(text("SELECT pg_try_advisory_xact_lock(:number)"), number):
        return
    db.session.execute(text("SELECT set_config('lock_timeout', :wait, true)"), {"wait": f"{int(seconds * 1000)}ms"})
    try:
        db.session.execute(text("SELECT pg_advisory_xact_lock(:number)"), number)
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) != NOT_AVAILABLE:
            raise
        db.session.rollback()
        raise Busy from error
    db.session.execute(text("SET LOCAL lock_timeout TO DEFAULT"))
