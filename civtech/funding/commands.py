"""`flask ledger`."""

import sys

import click
from flask.cli import AppGroup

from civtech.funding.verification import findings

ledger = AppGroup("ledger", help="Look after the accounts.")
commands = [ledger]


@ledger.command()
def verify() -> None:
    """Recompute every balance from its transfers and every accepted statement's digest; name what differs."""
    wrong = list(findings())
    for finding in wrong:
        click.echo(finding, err=True)
    if wrong:
        sys.exit(1)
    click.echo("Every balance is what its transfers add up to, and every accepted statement is as it was accepted.")
