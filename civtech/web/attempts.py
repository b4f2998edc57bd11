"""Trying a verb from a form: what the model, or somebody faster, refuses is shown in the form with everything typed."""

from collections.abc import Callable
from typing import TypeVar

from civtech.core.db import db
from civtech.web.errors import REFUSALS, undone
from civtech.web.forms import Form

Made = TypeVar("Made")


def made(form: Form, create: Callable[[], Made]) -> Made | None:
    """What `create` made, in the database; None if `form` was not sent or holds the reason why nothing was made.

    After a refusal everything is rolled back, so that the page shows how things stand; `form.status` is its status.
    """
    if not form.validate_on_submit():
        return None
    try:
        form.refuse_if_changed()
        result = create()
        db.session.flush()
    except REFUSALS as refusal:
        form.refused(undone(refusal))
        return None
    return result


def done(form: Form, act: Callable[[], object]) -> bool:
    """Whether `form` was sent and `act` worked; a refusal is treated as by `made`."""
    return made(form, lambda: (act(),)) is not None
