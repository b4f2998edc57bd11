"""`flask ledger`."""

import sys

import click
from flask.cli import AppGroup

from civtech.funding.verification import findings

ledger = AppGroup("ledger", help="Check the accounts.")
commands = [ledger]


@ledger.command()
def verify() -> None:
    """Recompute balances and digests of accepted statements, and compare currencies. Name what differs."""
    wrong = list(findings())
    for finding in wrong:
        click.echo(finding, err=True)
    if wrong:
        sys.exit(1)
    click.echo("Every balance is the sum of its transfers, in one currency. Every accepted statement is unchanged.")
