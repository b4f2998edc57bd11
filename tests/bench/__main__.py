"""The command: loads the demonstration, measures every page and prints one table."""

from pathlib import Path
from tempfile import TemporaryDirectory

from civtech.core.db import db
from tests.bench.bare import bare_page
from tests.bench.measuring import measured
from tests.bench.pages import asked, forgetting
from tests.support.demonstration import everybody, played


def main() -> None:
    """Measure the pages of the demonstration."""
    with TemporaryDirectory() as place:
        app = played(Path(place) / "bench.db", Path(place), KEPT_PAGES="500")
        group = None
        print(f"{'page':46}{'ms':>8}{'bare ms':>9}{'ratio':>7}{'most':>6}{'SQL':>5}{'calls':>9}{'bytes':>9}")
        for page, ask, size in asked(app, everybody(app)):
            if page.group != group:
                group = page.group
                print(f"\n{group}")
            cost = measured(ask, bare_page(size), before=forgetting(app, page))
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
