"""Emails about accounts. They are queued in the transaction and sent later, never during a request."""

from collections.abc import Callable
from typing import Any

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

    def send_mail(  # type: ignore[override]
        self, _template: str, subject: str, recipient: str | tuple[str, str], *rest: Any, **_context: Any
    ) -> None:
        _sender, body, _html = rest
        if _deliver:
            _deliver[0](str(recipient), str(subject), body or "")
        elif not current_app.testing:
            raise RuntimeError("Nobody delivers the mails about accounts: call people.mail.deliver_with().")
