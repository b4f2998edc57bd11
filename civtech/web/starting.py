"""What the server and the worker look at before they start: whether the settings agree with what the database holds."""

from collections.abc import Callable

from flask import Flask
from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError, ProgrammingError

from civtech.core.db import Model, db
from civtech.web.logs import log
from config import Misconfigured

Look = Callable[[], str | None]
CHECKS: list[tuple[str, Look]] = []


def before_start(noun: type[Model]) -> Callable[[Look], Look]:
    """Ask the function at each start, once `noun` has its table. It returns why the platform cannot start, or None."""

    def register(look: Look) -> Look:
        CHECKS.append((noun.__tablename__, look))
        return look

    return register


def refuse_bad_start(app: Flask) -> None:
    """Raise `Misconfigured` if a check finds a reason.

    A database without tables holds nothing yet. If the database is unreachable or waits for `flask db upgrade`, start
    anyway: each request tries again.
    """
    with app.app_context():
        try:
            tables = set(inspect(db.engine).get_table_names())
            reasons = [look() for table, look in CHECKS if table in tables]
        except (OperationalError, ProgrammingError) as error:
            log.error("start_not_checked", error=type(error.orig).__name__)
            return
        finally:
            db.session.remove()
            db.engine.dispose()
    for reason in reasons:
        if reason:
            raise Misconfigured(reason)
