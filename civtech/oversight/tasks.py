"""The task that the audit log gives administrators: find out why it is not signed."""

from datetime import datetime, timedelta

from flask import url_for

from civtech.core.db import Rows
from civtech.core.text import N_, Text
from civtech.oversight import queries
from civtech.people.models import ProgrammeRole, User
from civtech.web.tasks import Task, Waiting, tasks_of

LATE = timedelta(days=2)


def _unsigned(actor: User, at: datetime) -> Rows | None:
    return queries.unsigned_since(at - LATE) if actor.has(ProgrammeRole.ADMINISTRATOR) else None


@tasks_of(_unsigned)
def sign_the_log(_row: Waiting) -> Task:
    """Show that no checkpoint was made for two days: there is no key, no worker, or the log is broken."""
    return Task(
        Text(N_("The audit log was not signed in the last two days. Ask an operator to run flask audit sign.")),
        url_for("oversight.checkpoints"),
        group=Text(N_("Audit log")),
    )
