"""`flask privacy`: export, erase, retention."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from civtech.core import clock
from civtech.core.db import begin_writing, db, end_writing, unit_of_work
from civtech.core.errors import RuleViolation
from civtech.people.commands.group import person_at
from civtech.privacy import export as exports
from civtech.privacy import retention as retaining
from civtech.privacy.categories import CATEGORIES
from civtech.privacy.models import Erasure, ErasureGround

privacy = AppGroup("privacy", help="What we hold about people: export it, erase it, and apply the retention periods.")
DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would happen, but change nothing.")


@contextmanager
def transaction(*, dry: bool) -> Iterator[None]:
    """Run a command in a transaction. A dry run does everything and rolls it back."""
    if not dry:
        with unit_of_work():
            yield
        return
    begin_writing()
    try:
        yield
    finally:
        db.session.rollback()
        end_writing()


@privacy.command()
@click.argument("email")
@click.option("--to", "path", type=click.Path(dir_okay=False, path_type=Path), required=True, help="ZIP file to write.")
def export(email: str, path: Path) -> None:
    """Write everything we hold about a person into a ZIP file."""
    with unit_of_work():
        packed = exports.archive(person_at(email), by=None, at=clock.now())
        path.touch(mode=0o600)
        path.write_bytes(packed)
    click.echo(f"{path}: {len(packed):,} bytes.")


@privacy.command()
@click.argument("email")
@DRY_RUN
def erase(email: str, dry_run: bool) -> None:
    """Erase a person now, without the waiting time of a request. A hold or unfinished work prevents it."""
    with transaction(dry=dry_run):
        person = person_at(email)
        try:
            counts = Erasure.carry_out(person, ground=ErasureGround.OPERATOR, by=None, at=clock.now())
        except RuleViolation as violation:
            raise click.ClickException(str(violation.text)) from violation
        click.echo(f"{person.reference} {'would be' if dry_run else 'was'} erased:")
        for kind, count in counts.items():
            click.echo(f"  {count:>6} {kind.replace('_', ' ')}")


def _years(count: int) -> str:
    return "1 year" if count == 1 else f"{count} years"


@privacy.command()
@DRY_RUN
def retention(dry_run: bool) -> None:
    """Erase people whose time has run out, or who asked for it two weeks ago or earlier. Run it every day."""
    years = current_app.config["RETENTION_YEARS"]
    with transaction(dry=dry_run):
        report = retaining.apply(years, clock.now())
    click.echo("Nothing has changed. This would happen:" if dry_run else "Done:")
    for category in CATEGORIES[:-1]:
        click.echo(f"  {report.erased[category.key]:>6} people  {category.key}, after {_years(years[category.key])}")
    click.echo(f"  {report.erased['asked']:>6} people  at their own request")
    for kind, count in report.rows.items():
        click.echo(f"  {count:>6} rows    {kind.replace('_', ' ')}, after {_years(years['traces'])}")
    for why, count in report.prevented.items():
        click.echo(f"  {count:>6} people  not erased because of {why}")


@privacy.command()
def schema() -> None:
    """Print the parts and keys of an export, as Markdown."""
    click.echo(exports.described())


commands = [privacy]
