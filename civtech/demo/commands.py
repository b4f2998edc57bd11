"""`flask demo`: load the demonstration programme."""

from datetime import datetime

import click
from flask import current_app
from flask.cli import AppGroup
from flask_security import hash_password
from sqlalchemy import select

from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.demo.programme import load
from civtech.people.models import User

demo = AppGroup("demo", help="The demonstration programme.")
commands = [demo]

PASSWORD = "demonstration only"  # noqa: S105
BATCH = 400
NOT_HERE = (
    "The demonstration adds people whose password is public. "
    "You can load it only with CIVTECH_DEMO=1, and never where real people work."
)


@demo.command("load")
@click.option("--seed", default=2016, show_default=True, help="A different seed gives a different programme.")
@click.option("--scale", default=1, show_default=True, help="100 gives ten thousand judged proposals.")
@click.option("--now", type=click.DateTime(), default=None, help="Play up to this day. Default: today.")
@click.option("--batch", default=BATCH, show_default=True, help="Actions per transaction; 1 commits like the pages.")
@click.option("--if-empty", is_flag=True, help="Do nothing if the database contains people.")
def load_command(seed: int, scale: int, now: datetime | None, batch: int, if_empty: bool) -> None:
    """Play the demonstration programme into the database. Needs CIVTECH_DEMO=1."""
    if not current_app.config["CIVTECH_DEMO"]:
        raise click.ClickException(NOT_HERE)
    if db.session.scalar(select(User.id).limit(1)) is not None:
        if if_empty:
            click.echo("The database already has data. Nothing has changed.")
            return
        raise click.ClickException("The database already has data. To start again, run `make demo-reset`.")
    instant = clock.now() if now is None else now.astimezone()
    click.echo("Playing the demonstration programme …")
    with unit_of_work():
        played = load(seed=seed, scale=scale, now=instant, batch=batch, password=hash_password(PASSWORD))
    click.echo(f"{played.acts:,} actions played.")
