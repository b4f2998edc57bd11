"""Tasks about rounds for staff."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from civtech.core.db import db
from civtech.core.text import N_, Text
from civtech.people.models import ProgrammeRole, User
from civtech.programmes import queries
from civtech.programmes.models import Round, RoundState
from civtech.web.registries import Task, task

ROUNDS = Text(N_("Rounds"))


@task
def prepare_rounds(actor: User, _at: datetime) -> Iterator[Task]:
    """A round in preparation is a task until staff open it."""
    reach = actor.reach(ProgrammeRole.STAFF)
    if not queries.reaches_rounds(reach):
        return
    prepared_rounds = queries.visible_to(actor).where(queries.within(reach), Round.state == RoundState.PREPARED)
    waiting = prepared_rounds.order_by(Round.created_at, Round.id)
    for prepared in db.session.scalars(waiting.limit(20)).unique():
        yield Task(
            Text(N_("Check the figures for “%(name)s” and open the round"), {"name": prepared.name}),
            url_for("programmes.round", reference=prepared.reference),
            group=ROUNDS,
        )
