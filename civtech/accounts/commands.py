"""`flask user …`: people, for whoever runs the platform."""

import click
from flask import current_app
from flask.cli import AppGroup
from flask_security import hash_password
from sqlalchemy import select

from civtech.accounts import queries
from civtech.accounts.models import ProgrammeRole, User, addresses
from civtech.accounts.sign_in.passwords import Passwords
from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.core.errors import RuleViolation

user = AppGroup("user", help="People and the roles the programme gives them.")


def _address(_context: click.Context, _parameter: click.Parameter, given: str) -> str:
    try:
        return addresses.spelled(given)
    except RuleViolation as violation:
        raise click.BadParameter(str(violation.text)) from violation


def _find(email: str) -> User | None:
    return db.session.scalars(queries.person_by_email(email)).unique().first()


def _known(email: str) -> User:
    person = _find(email)
    if person is None:
        raise click.ClickException(f"Nobody has an account with {email}.")
    return person


@user.command()
@click.argument("email", callback=_address)
@click.option("--name", prompt="Full name", help="The name that others see.")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True, help="12 to 128 characters.")
def create(email: str, name: str, password: str) -> None:
    """Create a person whose address counts as confirmed."""
    problems, normal = Passwords(current_app).validate(password, True, name=name, email=email)
    if problems:
        raise click.ClickException(problems[0])
    with unit_of_work():
        if _find(email):
            raise click.ClickException(f"{email} has an account already.")
        now = clock.now()
        person = User.register(name=name, email=email, password=hash_password(normal), confirmed_at=now, at=now)
        click.echo(f"{person.reference} {email}")


@user.command()
@click.argument("email", callback=_address)
@click.argument("role", type=click.Choice([role.value for role in ProgrammeRole]))
def grant(email: str, role: str) -> None:
    """Give a person a programme role."""
    with unit_of_work():
        person = _known(email)
        try:
            person.grant(ProgrammeRole(role), by=None, at=clock.now())
        except RuleViolation as violation:
            raise click.ClickException(str(violation.text)) from violation
        click.echo(f"{email} is {role} now.")


@user.command()
@click.argument("email", callback=_address)
def reset_second_factor(email: str) -> None:
    """Remove a person's lost second factor, once you are sure who asks."""
    with unit_of_work():
        try:
            _known(email).remove_second_factor(by=None, at=clock.now())
        except RuleViolation as violation:
            raise click.ClickException(str(violation.text)) from violation
        click.echo(f"{email} signs in without a second factor now, until a new one is set up.")


@user.command(name="list")
def list_people() -> None:
    """List the people with a programme role."""
    people = db.session.scalars(select(User).where(User.granted_roles.any()).order_by(User.email)).unique()
    for person in people:
        roles = ", ".join(sorted(granted.role.value for granted in person.granted_roles))
        click.echo(f"{person.email}\t{person.name}\t{roles}")


commands = [user]
