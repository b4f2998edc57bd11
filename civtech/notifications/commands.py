"""`flask worker` and `flask outbox`."""

import click
from flask import current_app
from flask.cli import AppGroup

from civtech.notifications import worker as background
from civtech.notifications.delivery import deliver_due
from civtech.web.starting import refuse_bad_start
from config import Misconfigured

outbox = AppGroup("outbox", help="Emails that are waiting to be sent.")


@click.command()
def worker() -> None:
    """Run the background worker for jobs and emails, until told to stop."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    try:
        refuse_bad_start(app)
    except Misconfigured as reason:
        raise click.ClickException(str(reason)) from reason
    background.run(app)


@outbox.command()
def deliver() -> None:
    """Send the emails that are due, once."""
    report = deliver_due()
    click.echo(f"{report.sent} sent, {report.postponed} postponed, {report.given_up} not delivered.")
    if report.away:
        raise click.ClickException(f"The mail server cannot be reached: {report.away}")


commands = [worker, outbox]
