"""Tasks that personal data and reported problems give to staff and administrators."""

from datetime import datetime

from flask import url_for
from sqlalchemy import func, select

from civtech.core.db import Rows
from civtech.core.text import N_, Text
from civtech.people.models import User
from civtech.privacy import queries
from civtech.privacy.models import ErasureRequest, ProblemReport, ProblemState, RequestState
from civtech.privacy.models.request import ANSWERED_WITHIN
from civtech.web.tasks import Task, Waiting, brief, tasks_of

PERSONAL_DATA = Text(N_("Personal data"))


def _to_carry_out(actor: User, at: datetime) -> Rows | None:
    if not queries.looks_after(actor):
        return None
    count = func.count(ErasureRequest.id)
    return (
        select(*brief(due=func.min(ErasureRequest.asked_at), number=count))
        .where(
            ErasureRequest.state == RequestState.ASKED,
            ErasureRequest.due_at <= at,
            ErasureRequest.person_id != actor.id,
        )
        .having(count > 0)
    )


@tasks_of(_to_carry_out)
def requests_to_carry_out(row: Waiting) -> Task:
    """Show erasure requests whose waiting period is over. The daily `flask privacy retention` carries them out too."""
    count = row.number or 0
    return Task(
        Text(N_("Carry out %(count)s erasure requests"), {"count": count})
        if count > 1
        else Text(N_("Carry out an erasure request")),
        url_for("privacy.stewardship"),
        due=row.due + ANSWERED_WITHIN if row.due else None,
        group=PERSONAL_DATA,
    )


def _reported(actor: User, _at: datetime) -> Rows | None:
    if not queries.looks_after(actor):
        return None
    count = func.count(ProblemReport.id)
    return select(*brief(number=count)).where(ProblemReport.state == ProblemState.REPORTED).having(count > 0)


@tasks_of(_reported)
def problems_to_look_at(row: Waiting) -> Task:
    """Show accessibility problems that are not dealt with yet."""
    count = row.number or 0
    return Task(
        Text(N_("Deal with %(count)s reported problems"), {"count": count})
        if count > 1
        else Text(N_("Deal with a reported problem")),
        url_for("privacy.problems"),
        group=Text(N_("Accessibility")),
    )
