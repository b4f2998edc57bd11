"""`flask audit`, `flask access`, `flask charts` and `flask architecture`."""

import os
from pathlib import Path
from typing import TextIO

import click
from flask import current_app
from flask.cli import AppGroup

import config
from civtech.core import clock
from civtech.core.db import db
from civtech.oversight import access as access_table
from civtech.oversight import architecture as document
from civtech.oversight import charts as state_charts
from civtech.oversight import verification, witness

audit = AppGroup("audit", help="The audit log: verify its chain, sign a line for a witness.")
access = AppGroup("access", help="Who can see and do what.")
architecture = AppGroup("architecture", help="The generated parts of ARCHITECTURE.md.")
PLACE = click.option(
    "--file",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    default=config.ROOT / "ARCHITECTURE.md",
    help="The document. Default: ARCHITECTURE.md.",
)


def _one_snapshot() -> None:
    """Let every statement of this command read the same log, even if others write to it."""
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def _walk(seen: dict[int, str] | None = None) -> verification.Break | verification.End:
    _one_snapshot()
    result: int | verification.Break | verification.End = 0
    for result in verification.verify(db.session(), seen=seen):  # noqa: B007
        pass
    db.session.rollback()
    if isinstance(result, int):
        raise click.ClickException("The check did not reach the end of the log.")
    return result


@audit.command()
@click.option(
    "--witness",
    "checkpoints",
    type=click.File(encoding="utf-8"),
    help="A file of checkpoints. Without one, you cannot see if the end of the log was rewritten.",
)
def verify(checkpoints: TextIO | None) -> None:
    """Check every entry of the audit log. Name the first broken one, and exit with 1."""
    try:
        seen = witness.read(checkpoints, current_app.config["SECRET_KEY"]) if checkpoints else {}
    except (witness.Unsigned, ValueError) as error:
        raise click.ClickException(str(error)) from error
    result = _walk(seen)
    if isinstance(result, verification.Break):
        raise click.ClickException(f"The audit log is broken at entry {result.sequence}: {result.why}.")
    click.echo(f"The audit log is intact: {result.sequence} entries, the last with hash {result.hash}.")
    if seen:
        click.echo(f"Checkpoints of the witness that match: {len(seen)}.")


@audit.command()
@click.option(
    "--to",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Append the line to this file, best on another machine. Default: print it.",
)
def checkpoint(path: Path | None) -> None:
    """Verify the log and sign where it ends, as one line for a witness outside the database."""
    result = _walk()
    if isinstance(result, verification.Break):
        raise click.ClickException(f"Nothing was signed: the log is broken at entry {result.sequence}: {result.why}.")
    if not result.sequence:
        raise click.ClickException("Nothing was signed: the log is empty.")
    line = witness.Checkpoint.taken(result.sequence, result.hash, clock.now()).line(current_app.config["SECRET_KEY"])
    if path is None:
        click.echo(line)
        return
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())
    click.echo(f"Signed entry {result.sequence} in {path}.")


@access.command()
def table() -> None:
    """Print who can use which route, as Markdown."""
    click.echo(access_table.table(current_app))


@click.command()
def charts() -> None:
    """Print the state charts of every noun, as Markdown with mermaid."""
    click.echo(state_charts.charts())


@architecture.command()
@PLACE
def write(path: Path) -> None:
    """Update the state charts and the access table."""
    renewed = document.write(path, current_app)
    click.echo(f"{path.name} was updated." if renewed else f"{path.name} was already up to date.")


@architecture.command()
@PLACE
def check(path: Path) -> None:
    """Exit with 1 if the document does not match the code."""
    if document.stale(path, current_app):
        raise click.ClickException(f"{path.name} is out of date. Run `flask architecture write`.")
    click.echo(f"{path.name} is up to date.")


commands = [audit, access, charts, architecture]
