"""`flask pathways …`: the pathways that come with the platform."""

import click
from flask.cli import AppGroup

from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.programmes import presets
from civtech.programmes.presets.reading import BadFiles

pathways = AppGroup("pathways", help="Pathways that a round can follow.")


@pathways.command()
def load() -> None:
    """Publish each preset that is new or has changed. Running it again changes nothing.

    If any file has a mistake, nothing is published.
    """
    with unit_of_work():
        try:
            current = presets.publish_missing(by=None, at=clock.now())
        except BadFiles as error:
            raise click.ClickException(
                f"{error}\nNothing has changed. Fix this, then load the pathways again."
            ) from error
        db.session.flush()
        for pathway in current:
            click.echo(f"{pathway.key}\tversion {pathway.number}\t{pathway.name}")


commands = [pathways]
