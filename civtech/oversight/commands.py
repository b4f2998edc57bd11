"""`flask audit`, `flask access`, `flask charts` and `flask architecture`."""

from itertools import islice
from pathlib import Path
from typing import TextIO

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

import config
from civtech.core import clock
from civtech.core.db import db
from civtech.oversight import access as access_table
from civtech.oversight import architecture as document
from civtech.oversight import charts as state_charts
from civtech.oversight import daily, queries, rebinding, signing, whole, witness
from civtech.oversight.models import Checkpoint
from civtech.web.display import zone

audit = AppGroup("audit", help="The audit log: check it, sign where it ends.")
access = AppGroup("access", help="Who can see and do what.")
architecture = AppGroup("architecture", help="The generated parts of ARCHITECTURE.md.")
PLACE = click.option(
    "--file",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    default=config.ROOT / "ARCHITECTURE.md",
    help="The document. Default: ARCHITECTURE.md.",
)


MOST_NAMED = 20


def _known_keys(files: tuple[TextIO, ...]) -> dict[str, Ed25519PublicKey]:
    """The public keys in these files, or without any, those of the database's checkpoints and our own."""
    if files:
        keys = [signing.public_key(file.read()) for file in files]
    else:
        kept = db.session.scalars(select(Checkpoint.public_key).distinct())
        keys = [*map(signing.public_key, kept), *([own.public_key()] if (own := daily.own_key()) else [])]
    return {signing.id_of(key): key for key in keys}


def _strange_keys() -> list[str]:
    """The names of keys that signed checkpoints of the database, except the one in use."""
    own = daily.own_key()
    in_use = signing.id_of(own.public_key()) if own else ""
    return list(db.session.scalars(select(Checkpoint.key).where(Checkpoint.key != in_use).distinct()))


@audit.command()
@click.option(
    "--witness",
    "lines",
    type=click.File(encoding="utf-8"),
    help="A file of checkpoints. Without one, you cannot see if the end of the log was rewritten.",
)
@click.option(
    "--key",
    "keys",
    multiple=True,
    type=click.File(encoding="utf-8"),
    help="A public key that you saved. Checkpoints must be signed with one of those. Default: any key in the database.",
)
def verify(lines: TextIO | None, keys: tuple[TextIO, ...]) -> None:
    """Check every entry of the audit log and every record it accounts for. Exit with 1 if something is wrong."""
    try:
        known = _known_keys(keys)
        seen = witness.read(lines, known) if lines else {}
    except (witness.Unsigned, signing.NotAKey, UnicodeDecodeError) as error:
        raise click.ClickException(str(error)) from error
    result = whole.check(seen, trusted=known if keys else None)
    if result.broken or result.end is None:
        raise click.ClickException(f"{result.broken}.")
    click.echo(f"The audit log is intact: {result.end.sequence} entries, the last with hash {result.end.hash}.")
    for erased in result.erased:
        who = f" ({erased.subject})" if erased.subject else ""
        click.echo(f"Erased by entry {erased.sequence}{who}: {erased.rows} of {erased.kind.replace('_', ' ')}.")
    if result.altered:
        for fault in islice(result.faults(), MOST_NAMED):
            click.echo(f"Wrong: {fault}.", err=True)
        raise click.ClickException(
            f"{len(result.altered)} records are not as the audit log says. The first is {result.first_fault}."
        )
    if result.rules:
        for rule in islice(result.rules, MOST_NAMED):
            click.echo(f"Wrong: {rule}.", err=True)
        raise click.ClickException(f"{len(result.rules)} rules of the database are not as declared.")
    click.echo(f"Records that are as the log says: {result.matching.total()}.")
    click.echo(f"Checkpoints of this database that match: {result.checkpoints}.")
    for day in whole.missing_days(queries.days_signed(), clock.now().astimezone(zone()).date()):
        click.echo(f"There is no checkpoint of {day}.")
    if not keys and (strange := _strange_keys()):
        click.echo(f"Keys that signed checkpoints and are not in AUDIT_SIGNING_KEY: {', '.join(strange)}.")
        click.echo("Give the keys that you saved with --key, to be sure that these checkpoints are ours.")
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
    """Check everything and sign where the log ends now, as one line for a witness outside the database."""
    key = _key()
    try:
        head = daily.head_now()
    except daily.NothingSigned as why:
        raise click.ClickException(f"Nothing was signed: {why}") from why
    line = head.line(key)
    if path is None:
        click.echo(line)
        return
    daily.append(path, [line])
    click.echo(f"Signed entry {head.sequence} in {path}.")


def _key() -> Ed25519PrivateKey:
    key = daily.own_key()
    if key is None:
        raise click.ClickException("Nothing was signed: set AUDIT_SIGNING_KEY. Make one with: flask audit new-key")
    return key


@audit.command("sign")
def sign_today() -> None:
    """Sign today's checkpoint now. The worker does this every day by itself."""
    try:
        made = daily.sign(_key())
        told = daily.tell_witness()
    except daily.NothingSigned as why:
        raise click.ClickException(f"Nothing was signed: {why}") from why
    except OSError as error:
        raise click.ClickException(f"The witness file cannot be written: {error}") from error
    click.echo(f"Signed entry {made.sequence}." if made else "Today’s checkpoint is already there.")
    if told:
        click.echo(f"Lines added to the witness file: {told}.")


@audit.command()
def new_key() -> None:
    """Make a key for AUDIT_SIGNING_KEY and print it. Keep it outside the database."""
    click.echo(signing.new_key())


@audit.command()
def bind() -> None:
    """Account for records that an upgrade made count, or columns it added. Refuse if anything else differs."""
    try:
        counts = rebinding.bind(clock.now())
    except rebinding.Refused as error:
        raise click.ClickException(str(error)) from error
    for kind, count in counts.items():
        click.echo(f"  {count:>6} {kind.replace('_', ' ')}")
    click.echo("Done. The audit log has an entry that says so." if counts else "Everything is accounted for already.")


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
