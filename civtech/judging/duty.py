"""Judges need a second factor."""

from sqlalchemy import exists, select

from civtech.core.db import db
from civtech.judging.models import Seat
from civtech.people.models import User
from civtech.web.registries import duty


@duty
def judges(actor: User) -> bool:
    """Whether the person is on any panel."""
    return bool(db.session.scalar(select(exists().where(Seat.judge_id == actor.id))))
