"""Tasks that personal data and reported problems give to staff and administrators."""

from datetime import datetime

from flask import url_for
from sqlalchemy import func

from civtech.core.db import Rows
from civtech.core.text import N_, Text
from civtech.people.models import User
from civtech.privacy import queries
from civtech.privacy.models import ErasureRequest, ProblemReport, ProblemState, RequestState
from civtech.privacy.models.request import ANSWERED_WITHIN
from civtech.web.tasks import Task, Waiting, counted, how_many, tasks_of

PERSONAL_DATA = Text(N_("Personal data"))


def _to_carry_out(actor: User, at: datetime) -> Rows | None:
    if not queries.looks_after(actor):
        return None
    return how_many(
        ErasureRequest.id,
        ErasureRequest.state == RequestState.ASKED,
        ErasureRequest.due_at <= at,
        ErasureRequest.person_id != actor.id,
        due=func.min(ErasureRequest.asked_at),
    )


@tasks_of(_to_carry_out)
def requests_to_carry_out(row: Waiting) -> Task:
    """Show erasure requests whose waiting period is over. The daily `flask privacy retention` carries them out too."""
    return Task(
        counted(N_("Carry out an erasure request"), N_("Carry out %(count)s erasure requests"), row),
        url_for("privacy.stewardship"),
        due=row.due + ANSWERED_WITHIN if row.due else None,
        group=PERSONAL_DATA,
    )


def _reported(actor: User, _at: datetime) -> Rows | None:
    if not queries.looks_after(actor):
        return None
    return how_many(ProblemReport.id, ProblemReport.state == ProblemState.REPORTED)


@tasks_of(_reported)
def problems_to_look_at(row: Waiting) -> Task:
    """Show accessibility problems that are not dealt with yet."""
    return Task(
        counted(N_("Deal with a reported problem"), N_("Deal with %(count)s reported problems"), row),
        url_for("privacy.problems"),
        group=Text(N_("Accessibility")),
    )
