"""Emails about accounts. They are queued in the transaction and sent later, never during a request."""

from collections.abc import Callable

from flask import current_app
from flask_security import MailUtil

Deliver = Callable[[str, str, str], None]

_deliver: list[Deliver] = []


def deliver_with(function: Deliver) -> Deliver:
    """Pass every email about an account to the function `(recipient, subject, body)`, which queues it."""
    _deliver[:] = [function]
    return function


class AccountMail(MailUtil):
    """Flask-Security's mail interface: it puts the rendered text in the outbox."""

    def send_mail(  # noqa: PLR0917 - Flask-Security passes these by position
        self,
        template: str,
        subject: str,
        recipient: str | tuple[str, str],
        sender: str | tuple[str, str],
        body: str | None,
        html: str | None,
        **context: object,
    ) -> None:
        if _deliver:
            _deliver[0](str(recipient), str(subject), body or "")
        elif not current_app.testing:
            raise RuntimeError("No package delivers the emails about accounts: call people.mail.deliver_with().")
