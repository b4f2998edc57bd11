"""The pages that are measured, for whom, and how many times a bare page's processor time each may take."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from civtech.core.db import db
from tests.bench.bare import bare_page
from tests.bench.measuring import measured
from tests.bench.tables import Row, against
from tests.support.demonstration import ROLES, everybody, played
from tests.support.walk import walk

COLUMNS = ("page", "ms", "bare ms", "ratio", "most", "SQL", "calls", "bytes")

FRESH = "visitors, built fresh"
KEPT = "visitors, kept"
UNCHANGED = "visitors, kept and unchanged (304)"


@dataclass(frozen=True)
class Page:
    """A kind of page. `most` is the largest ratio to a bare page, `sql` the largest number of statements."""

    group: str
    who: str
    endpoint: str
    most: float
    sql: int | None = None

    @property
    def name(self) -> str:
        """Which page it is, and for whom."""
        return f"{self.endpoint} ({self.who})"


PUBLIC = (
    "public.front",
    "challenges.index",
    "challenges.show",
    "transparency.register",
    "transparency.certificate",
    "public.how_it_works",
)
PAGES = (
    *(Page(KEPT, "visitor", endpoint, 3) for endpoint in PUBLIC),
    *(Page(UNCHANGED, "visitor", endpoint, 3) for endpoint in PUBLIC),
    *(Page(FRESH, "visitor", endpoint, 20) for endpoint in PUBLIC),
    Page("fixed words", "company", "public.how_it_works", 8),
    Page("fixed words", "staff", "privacy.notice", 8),
    *(Page("Home", who, "people.home", 20, 8) for who in ROLES),
    Page("lists", "staff", "challenges.manage", 25, 6),
    Page("lists", "staff", "proposals.of_challenge", 25, 6),
    Page("lists", "staff", "programmes.rounds", 25, 6),
    Page("lists", "company", "proposals.mine", 25, 6),
    Page("lists", "judge", "judging.queue", 25, 6),
    Page("forms", "company", "proposals.section", 14, 8),
    Page("forms", "judge", "judging.assignment", 14, 8),
    Page("ranking", "staff", "judging.ranking", 60),
)


def asked(app: Flask, clients: dict[str, FlaskClient]) -> Iterator[tuple[Page, Callable[[], object], int]]:
    """Each page with a call that asks for it, and its size in bytes; the longest page of its kind that is linked."""
    longest: dict[tuple[str, str], tuple[int, str]] = {}
    first = {who.partition(".")[0]: client for who, client in reversed(clients.items())}
    for who in {page.who for page in PAGES}:
        for visit in walk(app, first[who], each=3):
            if visit.response.status_code == 200:
                found = (len(visit.response.data), visit.url)
                longest[who, visit.endpoint] = max(found, longest.get((who, visit.endpoint), (0, "")))
    for page in PAGES:
        size, url = longest[page.who, page.endpoint]
        client = app.test_client() if page.who == "visitor" else first[page.who]  # without the cookie of a form
        headers = {"If-None-Match": client.get(url).headers["ETag"]} if page.group == UNCHANGED else {}
        yield page, lambda client=client, url=url, headers=headers: client.get(url, headers=headers), size


def forgetting(app: Flask, page: Page) -> Callable[[], object]:
    """What comes before each ask: a page to be built fresh must not be kept from the last time."""
    return app.extensions["kept"].store.clear if page.group == FRESH else lambda: None


def rows(place: Path) -> Iterator[Row]:
    """Measure each page on the demonstration."""
    app = played(place / "pages.db", place, KEPT_PAGES="500")
    group = None
    for page, ask, size in asked(app, everybody(app)):
        if page.group != group:
            group = page.group
            yield (group,)
        cost = measured(ask, bare_page(size), before=forgetting(app, page))
        yield (
            *(page.name, f"{cost.ours:.2f}", f"{cost.bare:.3f}", against(cost.ratio, page.most), f"{page.most:.0f}"),
            *(against(cost.statements, page.sql or cost.statements, digits=0), f"{cost.calls:,}", f"{size:,}"),
        )
    with app.app_context():
        db.engine.dispose()
