"""`flask user …`: people, for whoever runs the platform."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import click
from flask import current_app
from flask.cli import AppGroup
from flask_security import hash_password
from sqlalchemy import select

from civtech.accounts import grants, queries
from civtech.accounts.models import EVERYWHERE, ProgrammeRole, RoleGrant, Scope, ScopeKind, User, addresses
from civtech.accounts.models.term import has_not_run_out
from civtech.accounts.sign_in.passwords import Passwords
from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.core.errors import RuleViolation
from civtech.web.display import start_of, zone
from civtech.web.registries import scope_names

user = AppGroup("user", help="People and the roles the programme gives them.")


def _address(_context: click.Context, _parameter: click.Parameter, given: str) -> str:
    try:
        return addresses.spelled(given)
    except RuleViolation as violation:
        raise click.BadParameter(str(violation.text)) from violation


@contextmanager
def _said() -> Iterator[None]:
    """Say what was refused, without a trace."""
    try:
        yield
    except RuleViolation as violation:
        raise click.ClickException(str(violation.text)) from violation


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


def _scope(_context: click.Context, _parameter: click.Parameter, given: str | None) -> Scope:
    """What `--for` names: the whole programme, or a round or challenge there is."""
    if given is None:
        return EVERYWHERE
    for kind in (ScopeKind.ROUND, ScopeKind.CHALLENGE):
        if scope_names({kind.value: [given]}):
            return Scope(kind, given)
    raise click.BadParameter(f"There is no round and no challenge {given}.")


def _day(_context: click.Context, _parameter: click.Parameter, given: str | None) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise click.BadParameter("Enter a day such as 2027-03-27.") from error


email_argument = click.argument("email", callback=_address)
role_argument = click.argument("role", type=click.Choice([role.value for role in ProgrammeRole]))
scope_option = click.option(
    "--for", "scope", callback=_scope, metavar="REFERENCE", help="One round or challenge; else the whole programme."
)


@user.command()
@email_argument
@role_argument
@scope_option
@click.option("--from", "first", callback=_day, metavar="DAY", help="The first day; else at once.")
@click.option("--until", "last", callback=_day, metavar="DAY", help="The last day; else until somebody ends it.")
def grant(email: str, role: str, scope: Scope, first: date | None, last: date | None) -> None:
    """Give a person a programme role, without asking a second administrator."""
    with unit_of_work(), _said():
        now = clock.now()
        granted = _known(email).grant(
            ProgrammeRole(role),
            by=None,
            at=now,
            scope=scope,
            starts_at=start_of(first) if first else now,
            ends_at=start_of(last + timedelta(days=1)) if last else None,
        )
        click.echo(f"{email} is {_in_words(granted)} now.")


@user.command()
@email_argument
@role_argument
@scope_option
def revoke(email: str, role: str, scope: Scope) -> None:
    """Take a programme role away from a person; the last administrator stays."""
    with unit_of_work(), _said():
        now = clock.now()
        held = db.session.scalars(grants.held_by(email, ProgrammeRole(role), scope, now)).unique().first()
        if held is None:
            raise click.ClickException(f"{email} does not have this role.")
        held.end(by=None, at=now)
        click.echo(f"{email} is not {_in_words(held)} any more.")


@user.command()
@click.argument("email", callback=_address)
def reset_second_factor(email: str) -> None:
    """Remove a person's lost second factor, once you are sure who asks."""
    with unit_of_work(), _said():
        _known(email).remove_second_factor(by=None, at=clock.now())
        click.echo(f"{email} signs in without a second factor now, until a new one is set up.")


@user.command(name="list")
def list_people() -> None:
    """List the people with a programme role, in force or to begin."""
    people = db.session.scalars(select(User).where(User.granted_roles.any()).order_by(User.email)).unique()
    for person in people:
        held = [grant for grant in person.granted_roles if has_not_run_out(grant, clock.now())]
        if held:
            click.echo(f"{person.email}\t{person.name}\t{', '.join(sorted(map(_in_words, held)))}")


def _in_words(held: RoleGrant) -> str:
    """`staff`, `secretary for R-7K3M-92QX until 2027-03-27`."""
    words = str(held.role)
    if held.scope_reference:
        words += f" for {held.scope_reference}"
    if held.starts_at > clock.now():
        words += f" from {held.starts_at.astimezone(zone()).date()}"
    if held.last_instant:
        words += f" until {held.last_instant.astimezone(zone()).date()}"
    return words


commands = [user]
