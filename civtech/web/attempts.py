"""Running a verb from a form. If the model or a faster user prevents it, the form says why and keeps what was typed."""

from collections.abc import Callable
from typing import TypeVar

from civtech.core.db import db
from civtech.web.errors import REFUSALS, undone
from civtech.web.forms import Form
from civtech.web.gate import find_again

Made = TypeVar("Made")


def made(form: Form, create: Callable[[], Made]) -> Made | None:
    """What `create` made, written to the database; None if `form` was not sent or was refused (the form says why).

    A refusal rolls everything back, so that the page shows the current values. `form.status` is the page's status.
    """
    if not form.validate_on_submit():
        return None
    try:
        form.refuse_if_changed()
        result = create()
        db.session.flush()
    except REFUSALS as refusal:
        refused = undone(refusal)
        find_again()
        form.refused(refused)
        return None
    return result


def done(form: Form, act: Callable[[], object]) -> bool:
    """Whether `form` was sent and `act` worked. Handles a refusal like `made`."""
    return made(form, lambda: (act(),)) is not None
