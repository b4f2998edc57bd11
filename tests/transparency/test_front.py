"""The front page: what is open, and what opens later."""

from datetime import datetime
from html import unescape

from flask.testing import FlaskClient

from civtech.core.db import db
from tests.support.messages import wording
from tests.world import Age
from tests.world.kept import Worlds


def headings(page: str) -> list[str]:
    """The headings of challenge lists that the front page has, in their order."""
    titles = [wording("Open now"), wording("Opening soon"), wording("No challenges are open now")]
    return sorted((title for title in titles if f">{title}<" in page), key=page.index)


def test_what_opens_later_is_not_listed_as_open(worlds: Worlds, now: datetime, client: FlaskClient) -> None:
    world = worlds(Age.PUBLISHED)
    world.published(question="When do gulls sleep?", opens=3, closes=20)
    db.session.commit()
    page = unescape(client.get("/").text)
    assert headings(page) == ["Open now", "Opening soon"]
    assert page.index(">Open now<") < page.index(world.challenge.question) < page.index(">Opening soon<")
    assert page.index(">Opening soon<") < page.index("When do gulls sleep?")
    assert wording("View the open challenge") in page
    assert client.get("/challenges?phase=open").text.count('class="question__title"') == 1


def test_a_programme_with_nothing_open_says_what_opens_soon(worlds: Worlds, client: FlaskClient) -> None:
    world = worlds(Age.PREPARED)
    assert "No challenges are open now" in headings(client.get("/").text)
    world.published(opens=3, closes=20)
    db.session.commit()
    assert headings(client.get("/").text) == ["Opening soon"]
