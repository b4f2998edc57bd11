"""Commands for the platform as a whole. Commands for one package are in its `commands.py`."""

import click
from flask.cli import AppGroup

from civtech.web import catalogues, wording

i18n = AppGroup("i18n", help="The catalogue of texts that people see.")
commands = [i18n]


@i18n.command("extract")
def extract() -> None:
    """Renew the template that translators start from."""
    catalogues.keep(catalogues.extract())
    click.echo(f"{len(catalogues.kept())} texts in {catalogues.TEMPLATE.name}.")


@i18n.command("check")
def check() -> None:
    """Fail if the template does not match the code, or if a text uses a word that the word list refuses."""
    now, before = (catalogues.messages_of(which) for which in (catalogues.extract(), catalogues.kept()))
    for text in sorted(map(str, now - before)):
        click.echo(f"new: {text}", err=True)
    for text in sorted(map(str, before - now)):
        click.echo(f"gone: {text}", err=True)
    if now != before:
        raise click.ClickException("The catalogue is out of date. Run `flask i18n extract`.")
    if problems := list(wording.problems(catalogues.texts())):
        raise click.ClickException("\n".join([*problems, f"See {wording.LIST.name}."]))
