"""`flask user create`, and commands that help people who cannot sign in, or that keep people out."""

import click
from flask import current_app
from flask_security import hash_password

from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.people import queries
from civtech.people.commands.group import email_argument, find, person_at, refusals_in_words, user
from civtech.people.models import User
from civtech.people.sign_in.passwords import Passwords


@user.command()
@email_argument
@click.option("--name", prompt="Full name", help="The name that others see.")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True, help="12 to 128 characters.")
def create(email: str, name: str, password: str) -> None:
    """Create a person whose email address counts as confirmed."""
    problems, normal = Passwords(current_app).validate(password, True, name=name, email=email)
    if problems:
        raise click.ClickException(problems[0])
    with unit_of_work():
        if find(email):
            raise click.ClickException(f"{email} already has an account.")
        now = clock.now()
        person = User.register(name=name, email=email, password=hash_password(normal), confirmed_at=now, at=now)
        click.echo(f"{person.reference} {email}")


@user.command()
@email_argument
def reset_second_factor(email: str) -> None:
    """Remove a person's lost second factor. First make sure who is asking."""
    with unit_of_work(), refusals_in_words():
        person_at(email).remove_second_factor(by=None, at=clock.now())
        click.echo(f"{email} can now sign in without a second factor, until they set up a new one.")


@user.command()
@email_argument
def sign_out(email: str) -> None:
    """End a person's sessions everywhere, for example after their phone was stolen."""
    with unit_of_work():
        click.echo(f"{email} was signed out. Browsers: {_sign_out(person_at(email))}.")


@user.command()
@email_argument
def deactivate(email: str) -> None:
    """Deactivate an account, from the person's next page. The only administrator must stay."""
    with unit_of_work(), refusals_in_words():
        person = person_at(email)
        person.deactivate(by=None, at=clock.now())
        click.echo(f"{email} was deactivated and signed out. Browsers: {_sign_out(person)}.")


@user.command()
@email_argument
def reactivate(email: str) -> None:
    """Reactivate an account that was deactivated."""
    with unit_of_work(), refusals_in_words():
        person_at(email).reactivate(by=None, at=clock.now())
        click.echo(f"{email} was reactivated and can sign in again.")


def _sign_out(person: User) -> int:
    """End the person's sessions. Returns how many there were."""
    at = clock.now()
    live = db.session.scalars(queries.sessions(person, at)).all()
    for session in live:
        session.end(of=person, by=None, at=at)
    return len(live)
