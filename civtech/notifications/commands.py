"""`flask worker`, `flask outbox` and `flask emails`."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from civtech.notifications import directory
from civtech.notifications import worker as background
from civtech.notifications.delivery import deliver_due
from civtech.web.starting import refuse_bad_start
from config import Misconfigured

outbox = AppGroup("outbox", help="Emails that are waiting to be sent.")
emails = AppGroup("emails", help="The table in docs/emails.md of who is told about what.")
PLACE = click.option(
    "--file",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    default=directory.PLACE,
    help="The document. Default: docs/emails.md.",
)


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


@emails.command()
@PLACE
def write(path: Path) -> None:
    """Update the table of emails."""
    path.write_text(directory.table())
    click.echo(f"{path.name} is up to date.")


@emails.command()
@PLACE
def check(path: Path) -> None:
    """Exit with 1 if the table does not match the code."""
    if directory.stale(path):
        raise click.ClickException(f"{path.name} is out of date. Run `flask emails write`.")
    click.echo(f"{path.name} is up to date.")


commands = [worker, outbox, emails]
