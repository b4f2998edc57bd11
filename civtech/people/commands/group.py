"""Shared by the commands about people: their group, and finding the person."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask.cli import AppGroup
from sqlalchemy.orm import selectinload

from civtech.core.db import db
from civtech.core.errors import RuleViolation
from civtech.people import queries
from civtech.people.models import User, addresses

user = AppGroup("user", help="People and the roles the programme gives them.")


def address(_context: click.Context, _parameter: click.Parameter, given: str) -> str:
    try:
        return addresses.spelled(given)
    except RuleViolation as violation:
        raise click.BadParameter(str(violation.text)) from violation


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """Say what was refused, without a traceback."""
    try:
        yield
    except RuleViolation as violation:
        raise click.ClickException(str(violation.text)) from violation


def find(email: str) -> User | None:
    person = queries.person_by_email(email).options(selectinload(User.passkeys))
    return db.session.scalars(person).unique().first()


def person_at(email: str) -> User:
    person = find(email)
    if person is None:
        raise click.ClickException(f"There is no account with the email address {email}.")
    return person


email_argument = click.argument("email", callback=address)
