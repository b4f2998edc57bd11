"""Judges need a second factor."""

from civtech.core.db import db
from civtech.judging import queries
from civtech.people.models import User
from civtech.web.registries import duty


@duty
def judges(actor: User) -> bool:
    """Whether the person is on any panel."""
    return bool(db.session.scalar(queries.is_seated(actor)))
