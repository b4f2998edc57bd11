"""A walk of 200 acts through the life of a programme. After each, kept pages are what would be built now.

The acts are those of the demonstration's stories, each at its own instant, and forms sent by people. Two applications
serve the same database file, each with a store of its own. The stories run in one of them.
"""

import heapq
import random
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask, request_started
from sqlalchemy import select

from civtech import create_app
from civtech.challenges.models import Challenge
from civtech.challenges.queries import is_public
from civtech.core import clock
from civtech.core.db import db
from civtech.demo import programme
from civtech.demo.director import Director
from civtech.organisations.models import Organisation
from civtech.people.models import User
from civtech.rights.models import RightsStatement
from civtech.transparency.queries import is_accepted
from tests.kept.conftest import PROVES
from tests.support.client import Client
from tests.support.databases import left_at_the_end
from tests.support.demonstration import TODAY, demonstration_settings
from tests.support.loading import as_the_application
from tests.support.messages import wording

ACTS = 200
PAGES = 6
CHAPTERS = ("Round three", "Round five")
PLAYED = range(100, 930)
"""The acts of these rounds' stories of which some are watched; the first ones only make people."""
ALWAYS = ("/", "/challenges", "/register", "/challenges?phase=open")
SEED: int | None = None
"""Put the seed of a failed walk here to walk it again."""


class Walk:
    """Visits both applications after an act, and does a little more itself."""

    def __init__(self, apps: list[Flask], seed: int) -> None:
        self.apps, self.rng, self.seed = apps, random.Random(seed), seed
        self.visitors = [app.test_client(use_cookies=False) for app in apps]
        self.done = Counter[str]()
        self.urls: list[str] = []
        self.renamed = 0
        self.watched = set(self.rng.sample(PLAYED, ACTS))

    def after(self, act: int) -> None:
        """Visit some pages: one from the store has to be what is built from the database as it is."""
        self.rng.choices((self.nothing, self.fail_to_sign_in, self.rename), (3, 2, 1))[0]()
        db.session.commit()
        if self.done.total() % 20 == 0:
            self.urls = [*ALWAYS, *self.some_addresses()]
        self.done["acts"] += 1
        for url in self.rng.sample(self.urls, min(PAGES, len(self.urls))):
            turn, before = self.rng.randrange(2), self.done["built"]
            kept = self.visitors[turn].get(url).text
            if self.done["built"] == before:
                self.done["kept"] += 1
                fresh = self.visitors[1 - turn].get(url, headers=PROVES).text
                assert kept == fresh, f"seed {self.seed}, act {act}, {clock.now()}: {url}"

    def build(self, _app: Flask, **_rest: object) -> None:
        self.done["built"] += 1

    def some_addresses(self) -> list[str]:
        slugs = db.session.scalars(select(Challenge.slug).where(is_public()).order_by(Challenge.id)).all()
        statements = db.session.scalars(select(RightsStatement.reference).where(is_accepted())).all()
        found = [f"/{kind}/{self.rng.choice(slugs)}" for kind in ("challenges", "register") if slugs]
        return found + [f"/rights-statements/{self.rng.choice(statements)}/public" for _one in statements[:1]]

    def nothing(self) -> None:
        """The act of the story is enough."""

    def fail_to_sign_in(self) -> None:
        db.session.commit()
        form = {"email": "nobody@example.org", "password": "wrong"}
        answer = self.apps[1].test_client().post("/sign-in", data=form)
        assert wording("Your email address or password is not correct.") in answer.text
        self.done["forms"] += 1

    def rename(self) -> None:
        """A public body gets another name."""
        body = self.rng.choice(db.session.scalars(select(Organisation).order_by(Organisation.id)).unique().all())
        owner = db.session.get_one(User, body.memberships[0].user_id)
        self.renamed += 1
        number = {"identifier_scheme": body.identifier_scheme, "identifier_number": body.identifier_number}
        name = f"{body.legal_name.partition(' –')[0]} – {self.renamed}"
        body.change(legal_name=name, trading_name=None, about="", **number, by=owner, at=clock.now())
        self.done["names"] += 1


class Watched(Director):
    """Stops after some acts, for a walk."""

    walk: Walk

    def play(self) -> None:
        while self._waiting:
            instant, _number, story = heapq.heappop(self._waiting)
            self._today: datetime = instant
            with clock.at(instant):
                self._wait_for(story)
                self.acts += 1
                if self.acts in self.walk.watched:
                    self.walk.after(self.acts)
        db.session.commit()


@pytest.mark.takes(60, "it plays two rounds of the demonstration, and builds eight pages after each of 200 acts")
def test_after_200_acts_no_kept_page_was_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seed = random.randrange(10**6) if SEED is None else SEED
    settings = demonstration_settings(f"sqlite:///{tmp_path}/walk.db", tmp_path, KEPT_PAGES="100")
    apps = [create_app(settings), create_app(settings)]
    for app in apps:
        app.config["WTF_CSRF_ENABLED"] = False
        app.test_client_class = Client
    Watched.walk = walk = Walk(apps, seed)
    monkeypatch.setattr(programme, "Director", Watched)
    monkeypatch.setattr(programme, "CHAPTERS", [each for each in programme.CHAPTERS if each.name in CHAPTERS])
    with (
        left_at_the_end(apps[1]),
        request_started.connected_to(walk.build),
        apps[0].app_context(),
        left_at_the_end(apps[0]),
        as_the_application(),
    ):
        db.create_all()
        director = programme.load(seed=2016, scale=1, now=TODAY, batch=10**6, password="not a hash")
    assert walk.done["acts"] == ACTS, (seed, director.acts, walk.done)
    assert walk.done["kept"] > 100, (seed, walk.done)
    assert min(walk.done["forms"], walk.done["names"]) > 10, (seed, walk.done)
