"""Trying a verb from a form: what the model, or somebody faster, refuses is shown in the form with everything typed."""

from collections.abc import Callable
from typing import Any

from flask import request
from sqlalchemy.orm.exc import StaleDataError

from civtech.core.db import db
from civtech.core.errors import LostRace, RuleViolation
from civtech.core.text import N_
from civtech.web.errors import CHANGED_MEANWHILE, record
from civtech.web.forms import Form

CHANGED = N_("This was changed after you opened the page: it is now “%(state)s”. Look at it again before you decide.")


def tried(form: Form, act: Callable[[], object]) -> int | None:
    """Call `act` and send it to the database. None when it worked; else the status to answer, the reason in `form`.

    After a refusal everything is rolled back, so that the page shows how things stand.
    """
    try:
        act()
        db.session.flush()
    except RuleViolation as refusal:
        return _refused(form, refusal)
    except StaleDataError:
        return _refused(form, LostRace(CHANGED_MEANWHILE))
    return None


def _refused(form: Form, refusal: RuleViolation) -> int:
    db.session.rollback()
    record(refusal)
    form.refused(refusal)
    return refusal.status


def seen_version() -> int | None:
    """The version of the noun that the sent form was opened with."""
    return request.form.get("version", type=int)


def unchanged(noun: Any) -> None:
    """Raise `LostRace` if `noun` is no longer as it was when the sent form was opened."""
    if seen_version() != noun.version:
        raise LostRace(CHANGED, state=noun.state.label)


def carried_version(noun: Any, status: int | None) -> int:
    """The version a form shown again carries: the one it was opened with, or the present one after a 409."""
    sent = seen_version()
    return noun.version if sent is None or status == LostRace.status else sent
