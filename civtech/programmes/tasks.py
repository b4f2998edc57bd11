"""Tasks about rounds for staff."""

from datetime import datetime

from flask import url_for

from civtech.core.db import Rows
from civtech.core.text import N_, Text
from civtech.people.models import ProgrammeRole, User
from civtech.programmes import queries
from civtech.programmes.models import Round, RoundState
from civtech.web.tasks import Task, Waiting, brief, tasks_of

ROUNDS = Text(N_("Rounds"))


def _to_prepare(actor: User, _at: datetime) -> Rows | None:
    reach = actor.reach(ProgrammeRole.STAFF)
    if not queries.reaches_rounds(reach):
        return None
    prepared = queries.visible_to(actor).where(queries.within(reach), Round.state == RoundState.PREPARED)
    return prepared.order_by(Round.created_at, Round.id).with_only_columns(
        *brief(reference=Round.reference, name=Round.name)
    )


@tasks_of(_to_prepare)
def prepare_rounds(row: Waiting) -> Task:
    """A round in preparation is a task until staff open it."""
    return Task(
        Text(N_("Check the figures for “%(name)s” and open the round"), {"name": row.name}),
        url_for("programmes.round", reference=row.reference),
        group=ROUNDS,
    )
