"""`flask user grant`, `revoke` and `list`: who has which role in the programme."""

from datetime import date, timedelta

import click

from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.people.commands.group import email_argument, person_at, refusals_in_words, user
from civtech.people.models import EVERYWHERE, ProgrammeRole, Scope, ScopeKind, User, people
from civtech.roles import queries
from civtech.roles.models import RoleGrant
from civtech.roles.models.term import has_not_run_out
from civtech.web.display import start_of, zone
from civtech.web.registries import scope_names


def _scope(_context: click.Context, _parameter: click.Parameter, given: str | None) -> Scope:
    """The scope that `--for` names: a round or challenge that exists. Without it, the whole programme."""
    if given is None:
        return EVERYWHERE
    for kind in (ScopeKind.ROUND, ScopeKind.CHALLENGE):
        if scope_names({kind.value: [given]}):
            return Scope(kind, given)
    raise click.BadParameter(f"There is no round or challenge {given}.")


def _day(_context: click.Context, _parameter: click.Parameter, given: str | None) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise click.BadParameter("Enter a date, like 2027-03-27.") from error


role_argument = click.argument("role", type=click.Choice([role.value for role in ProgrammeRole]))
scope_option = click.option(
    "--for", "scope", callback=_scope, metavar="REFERENCE", help="One round or challenge. Default: the whole programme."
)


@user.command()
@email_argument
@role_argument
@scope_option
@click.option("--from", "first", callback=_day, metavar="DAY", help="The first day. Default: now.")
@click.option("--until", "last", callback=_day, metavar="DAY", help="The last day. Default: until someone ends it.")
def grant(email: str, role: str, scope: Scope, first: date | None, last: date | None) -> None:
    """Give a person a programme role. No other administrator needs to approve it."""
    with unit_of_work(), refusals_in_words():
        now = clock.now()
        granted = RoleGrant.by_operator(
            person_at(email),
            ProgrammeRole(role),
            at=now,
            scope=scope,
            starts_at=start_of(first) if first else now,
            ends_at=start_of(last + timedelta(days=1)) if last else None,
        )
        click.echo(f"{email} is now {_in_words(granted)}.")


@user.command()
@email_argument
@role_argument
@scope_option
def revoke(email: str, role: str, scope: Scope) -> None:
    """End a person's programme role. The only administrator must stay."""
    with unit_of_work(), refusals_in_words():
        now = clock.now()
        held = db.session.scalars(queries.held_by(email, ProgrammeRole(role), scope, now)).unique().first()
        if held is None:
            raise click.ClickException(f"{email} does not have this role.")
        held.end(by=None, at=now)
        click.echo(f"{email} is no longer {_in_words(held)}.")


@user.command(name="list")
def list_people() -> None:
    """List the people with a programme role that is current or starts later."""
    holders = people().where(User.granted_roles.any()).order_by(User.email)
    for person in db.session.scalars(holders).unique():
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
