"""The command: loads the demonstration, measures every page and prints one table."""

from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from civtech import create_app
from civtech.core.db import db
from civtech.demo.programme import load
from tests.bench.bare import bare_page
from tests.bench.measuring import measured
from tests.bench.pages import asked
from tests.support.client import Client
from tests.support.demonstration import TODAY, demonstration_settings, everybody


def demonstration(folder: Path, scale: int) -> Flask:
    """The application on the demonstration at `scale`."""
    app = create_app(demonstration_settings(f"sqlite:///{folder}/bench.db", folder))
    app.test_client_class = Client
    app.login_manager.session_protection = None
    with app.app_context():
        db.create_all()
        db.session().expire_on_commit = False
        load(seed=2016, scale=scale, now=TODAY, batch=400, password="not a hash")
        db.session.remove()
    return app


def main() -> None:
    """Measure the pages of the demonstration."""
    with TemporaryDirectory() as place:
        app = demonstration(Path(place), 1)
        group = None
        print(f"{'page':46}{'ms':>8}{'bare ms':>9}{'ratio':>7}{'most':>6}{'SQL':>5}{'calls':>9}{'bytes':>9}")
        for page, ask, size in asked(app, everybody(app)):
            if page.group != group:
                group = page.group
                print(f"\n{group}")
            cost = measured(ask, bare_page(size))
            beyond = " !" if cost.ratio > page.most or (page.sql and cost.statements > page.sql) else ""
            print(
                f"{page.name:46}{cost.ours:8.2f}{cost.bare:9.3f}{cost.ratio:7.1f}{page.most:6.0f}"
                f"{cost.statements:5}{cost.calls:9,}{size:9,}{beyond}",
                flush=True,
            )
        with app.app_context():
            db.engine.dispose()


if __name__ == "__main__":
    main()
