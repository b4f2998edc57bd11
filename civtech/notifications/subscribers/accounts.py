"""Mails about accounts come ready-made from Flask-Security."""

from sqlalchemy import select

from civtech.accounts.mail import deliver_with
from civtech.accounts.models import User
from civtech.core import clock
from civtech.core.db import db
from civtech.notifications.outbox import queue_ready_made


@deliver_with
def post_account_mail(recipient: str, subject: str, body: str) -> None:
    """Mails about accounts come ready-made from Flask-Security."""
    person = db.session.scalar(select(User.id).where(User.email == recipient.lower()))
    queue_ready_made(person, recipient, subject, body, at=clock.now())
