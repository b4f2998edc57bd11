"""Tasks that the outbox gives staff."""

from datetime import datetime

from flask import url_for
from sqlalchemy import func, select

from civtech.core.db import Rows
from civtech.core.text import N_, Text
from civtech.notifications import policy
from civtech.notifications.models import MessageState, OutboxMessage
from civtech.people.models import User
from civtech.web.tasks import Task, Waiting, brief, tasks_of


def _given_up(actor: User, _at: datetime) -> Rows | None:
    if not policy.read_outbox(actor):
        return None
    count = func.count(OutboxMessage.id)
    return select(*brief(number=count)).where(OutboxMessage.state == MessageState.DEAD).having(count > 0)


@tasks_of(_given_up)
def mails_given_up(row: Waiting) -> Task:
    """Show staff the emails that were not delivered."""
    count = row.number or 0
    return Task(
        Text(N_("Check %(count)s emails that could not be delivered"), {"count": count})
        if count > 1
        else Text(N_("Check an email that could not be delivered")),
        url_for("notifications.outbox", state=MessageState.DEAD.value),
        group=Text(N_("Email")),
    )
