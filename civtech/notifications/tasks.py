"""Tasks that the outbox gives staff."""

from datetime import datetime

from flask import url_for

from civtech.core.db import Rows
from civtech.core.text import N_, Text
from civtech.notifications import policy
from civtech.notifications.models import MessageState, OutboxMessage
from civtech.people.models import User
from civtech.web.tasks import Task, Waiting, counted, how_many, tasks_of


def _given_up(actor: User, _at: datetime) -> Rows | None:
    if not policy.read_outbox(actor):
        return None
    return how_many(OutboxMessage.id, OutboxMessage.state == MessageState.DEAD)


@tasks_of(_given_up)
def mails_given_up(row: Waiting) -> Task:
    """Show staff the emails that were not delivered."""
    return Task(
        counted(
            N_("Check an email that could not be delivered"),
            N_("Check %(count)s emails that could not be delivered"),
            row,
        ),
        url_for("notifications.outbox", state=MessageState.DEAD.value),
        group=Text(N_("Email")),
    )
