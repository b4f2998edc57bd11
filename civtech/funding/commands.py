"""`flask ledger`."""

import sys

import click
from flask.cli import AppGroup

from civtech.funding.verification import findings

ledger = AppGroup("ledger", help="Check the accounts.")
commands = [ledger]


@ledger.command()
def verify() -> None:
    """Recompute every balance from its transfers, and every accepted statement's digest. Name what differs."""
    wrong = list(findings())
    for finding in wrong:
        click.echo(finding, err=True)
    if wrong:
        sys.exit(1)
    click.echo("Every balance is the sum of its transfers, and every accepted statement is unchanged.")
