"""Tasks that personal data and reported problems give to staff and administrators."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from sqlalchemy import func, select

from civtech.core.db import db
from civtech.core.text import N_, Text
from civtech.people.models import User
from civtech.privacy import queries
from civtech.privacy.models import ErasureRequest, ProblemReport, ProblemState, RequestState
from civtech.privacy.models.request import ANSWERED_WITHIN
from civtech.web.registries import Task, task

PERSONAL_DATA = Text(N_("Personal data"))


@task
def requests_to_carry_out(actor: User, at: datetime) -> Iterator[Task]:
    """Show erasure requests whose waiting period is over. The daily `flask privacy retention` carries them out too."""
    if not queries.looks_after(actor):
        return
    due, oldest = db.session.execute(
        select(func.count(), func.min(ErasureRequest.asked_at)).where(
            ErasureRequest.state == RequestState.ASKED,
            ErasureRequest.due_at <= at,
            ErasureRequest.person_id != actor.id,
        )
    ).one()
    if due:
        yield Task(
            Text(N_("Carry out %(count)s erasure requests"), {"count": due})
            if due > 1
            else Text(N_("Carry out an erasure request")),
            url_for("privacy.stewardship"),
            due=oldest + ANSWERED_WITHIN,
            group=PERSONAL_DATA,
        )


@task
def problems_to_look_at(actor: User, _at: datetime) -> Iterator[Task]:
    """Show accessibility problems that are not dealt with yet."""
    if not queries.looks_after(actor):
        return
    waiting = db.session.scalar(
        select(func.count()).select_from(ProblemReport).where(ProblemReport.state == ProblemState.REPORTED)
    )
    if waiting:
        yield Task(
            Text(N_("Deal with %(count)s reported problems"), {"count": waiting})
            if waiting > 1
            else Text(N_("Deal with a reported problem")),
            url_for("privacy.problems"),
            group=Text(N_("Accessibility")),
        )
