"""Every page that can be kept is kept, shows nothing made for one reader, and shows another process's changes."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask, current_app, has_request_context, request

from civtech import create_app
from civtech.core import clock
from civtech.core.db import db
from civtech.web.kept.declaring import arguments_of
from tests.support.client import Client
from tests.support.demonstration import demonstration_settings
from tests.support.markup import parsed
from tests.support.walk import Visit, walk
from tests.world import Age

MADE_FOR_ONE = ("csrf", "idempotency", "nonce", 'type="hidden"')
ASKS_FOR_THE_TIME = {
    "challenges/views/page.py": "the phase of the challenge",
    "challenges/views/parts.py": "whether questions are open",
    "challenges/views/public.py": "phases",
    "oversight/views.py": "days that have ended; a page lasts until midnight",
    "proposals/panels.py": "whether the challenge is open",
    "templates/components/closing.html": "the dates of the challenge",
    "templates/components/timeline.html": "the dates of the challenge; what else is in the history has passed",
    "templates/transparency/register.html": "the dates of challenges",
    "transparency/panels.py": "whether the challenge is closed",
    "transparency/views/front.py": "phases",
    "transparency/views/register.py": "the phase of the challenge",
    "viewing/looking.py": "about people who are signed in",
    "web/display.py": "`relative` and `is_urgent`, which note when they change",
}
"""What it is compared with. The dates of challenges are declared columns; see `turns`."""
ANOTHER_PROCESS = """
from sqlalchemy import select
from civtech import create_app
from civtech.challenges.models import Challenge
from civtech.challenges.queries import to_read
from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.people.models import User, people
from datetime import datetime

with create_app().app_context(), clock.at(datetime.fromisoformat({at!r})), unit_of_work():
    who = db.session.scalars(people().where(User.reference == {who!r})).unique().one()
    wanted = to_read(select(Challenge)).where(Challenge.reference == {reference!r})
    challenge = db.session.scalars(wanted).unique().one()
    challenge.cancel(message="No one needs it any more.", by=who, at=clock.now())
"""


class Clock:
    """The clock, noting which of our files ask it while a page is built that can be kept."""

    def __init__(self) -> None:
        self.asked_by: set[str] = set()
        self.real = clock.now

    def now(self) -> datetime:
        if has_request_context() and arguments_of(current_app, request.endpoint) is not None:
            self.note(sys._getframe(1))
        return self.real()

    def note(self, frame: FrameType | None) -> None:
        """Note the first of our files on the way; a template rather than the function behind its `now()`."""
        while frame is not None and (frame.f_code.co_name == "<lambda>" or "/civtech/" not in frame.f_code.co_filename):
            frame = frame.f_back
        if frame is not None:
            self.asked_by.add(frame.f_code.co_filename.rpartition("/civtech/")[2])


@pytest.fixture(scope="module")
def watched_clock() -> Iterator[Clock]:
    """What asked for the time during `visits`."""
    watching = Clock()
    with pytest.MonkeyPatch.context() as patching:
        patching.setattr(clock, "now", watching.now)
        yield watching


@pytest.fixture(scope="module")
def visits(demonstration_file: Path, folder: Path, watched_clock: Clock) -> Iterator[tuple[Flask, list[Visit]]]:
    """What a visitor without a cookie sees on a walk through the demonstration."""
    copy = shutil.copy(demonstration_file, folder / "visited.db")
    app = create_app(demonstration_settings(f"sqlite:///{copy}", folder, KEPT_PAGES="1000"))
    app.test_client_class = Client
    yield app, list(walk(app, app.test_client(use_cookies=False), each=6))
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_every_kind_of_keepable_page_is_kept(visits: tuple[Flask, list[Visit]]) -> None:
    app, seen = visits
    declared = {endpoint for endpoint in app.view_functions if arguments_of(app, endpoint) is not None}
    kept = {visit.endpoint for visit in seen if "ETag" in visit.response.headers}
    assert kept == declared
    assert [
        visit.url
        for visit in seen
        if visit.endpoint in declared and visit.response.status_code == 200 and "ETag" not in visit.response.headers
    ] == []


@pytest.mark.parametrize("address", ["/challenges", "/register"])
def test_what_a_filter_form_sends_is_kept(visits: tuple[Flask, list[Visit]], address: str) -> None:
    app, _found = visits
    visitor = app.test_client()
    form = next(form for form in parsed(visitor.get(address).text).iter("form") if form.get("method", "get") == "get")
    names = [field.get("name") for field in form.iter() if field.tag in {"select", "input"} and field.get("name")]
    assert names
    for values in ([""] * len(names), ["open", ""][: len(names)]):
        answer = visitor.get(f"{form.get('action')}?{urlencode(list(zip(names, values, strict=True)))}")
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, no-cache"


def test_no_kept_page_contains_anything_made_for_one_reader(visits: tuple[Flask, list[Visit]]) -> None:
    app, seen = visits
    kept = [visit for visit in seen if "ETag" in visit.response.headers]
    assert len(kept) > 20
    assert [(visit.url, word) for visit in kept for word in MADE_FOR_ONE if word in visit.response.text] == []
    assert [visit.url for visit in kept if "Set-Cookie" in visit.response.headers] == []
    later = app.test_client(use_cookies=False)
    assert [visit.url for visit in kept if later.get(visit.url).data != visit.response.data] == []


def test_every_other_page_has_the_headers_it_had(visits: tuple[Flask, list[Visit]]) -> None:
    """They set a cookie with the token of their forms, and are neither kept nor compressed."""
    _app, seen = visits
    others = [visit.response for visit in seen if "ETag" not in visit.response.headers]
    assert len(others) > 3
    assert [answer.headers.get("Cache-Control") for answer in others if "public" in str(answer.cache_control)] == []
    assert [answer for answer in others if "Content-Encoding" in answer.headers] == []


def test_nothing_new_asks_for_the_time(visits: tuple[Flask, list[Visit]], watched_clock: Clock) -> None:
    """What a page for visitors does with the time has to end its life: read “Kept pages” in ARCHITECTURE.md."""
    assert watched_clock.asked_by == set(ASKS_FOR_THE_TIME)


@pytest.mark.takes(10, "it starts another process, which loads the whole application")
def test_a_change_made_by_another_process_shows_on_the_next_request(worlds: Any, visiting: Any, now: Any) -> None:
    world = worlds(Age.PUBLISHED)
    act = ANOTHER_PROCESS.format(
        at=world.at.isoformat(), who=world.approver.reference, reference=world.challenge.reference
    )
    visitor = visiting()
    urls = ("/", "/challenges", "/register", f"/challenges/{world.challenge.slug}")
    before = {url: visitor.get(url).text for url in urls}
    environment = {"DATABASE_URL": visitor.app.config["SQLALCHEMY_DATABASE_URI"], "CIVTECH_ENV": "testing"}
    subprocess.run([sys.executable, "-c", act], env=environment, check=True, timeout=60)
    after = {url: visitor.get(url).text for url in urls}
    assert [url for url in urls if after[url] == before[url]] == []
    assert after == {url: visitor.fresh(url).text for url in urls}
