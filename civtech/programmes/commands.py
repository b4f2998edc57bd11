"""`flask pathways …`: the pathways that ship with the platform."""

import click
from flask.cli import AppGroup

from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.programmes import presets

pathways = AppGroup("pathways", help="Pathways that a round can follow.")


@pathways.command()
def load() -> None:
    """Publish each preset that is new or has changed; doing it again changes nothing."""
    with unit_of_work():
        current = presets.publish_missing(by=None, at=clock.now())
        db.session.flush()
        for pathway in current:
            click.echo(f"{pathway.key}\tversion {pathway.number}\t{pathway.name}")


commands = [pathways]
