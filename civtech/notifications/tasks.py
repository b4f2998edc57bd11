"""Tasks that the outbox gives staff."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from sqlalchemy import func, select

from civtech.core.db import db
from civtech.core.text import N_, Text
from civtech.notifications import policy
from civtech.notifications.models import MessageState, OutboxMessage
from civtech.people.models import User
from civtech.web.registries import Task, task


@task
def mails_given_up(actor: User, _at: datetime) -> Iterator[Task]:
    """Show staff the emails that were not delivered."""
    if not policy.read_outbox(actor):
        return
    count = db.session.scalar(
        select(func.count()).select_from(OutboxMessage).where(OutboxMessage.state == MessageState.DEAD)
    )
    if count:
        yield Task(
            title=Text(N_("Check %(count)s emails that could not be delivered"), {"count": count})
            if count > 1
            else Text(N_("Check an email that could not be delivered")),
            url=url_for("notifications.outbox", state=MessageState.DEAD.value),
            group=Text(N_("Email")),
        )
