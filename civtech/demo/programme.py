"""Which rounds there are, when they began, and how much of everything."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from civtech.core import clock
from civtech.core.db import db
from civtech.core.references import seeded
from civtech.demo.cast import Casting
from civtech.demo.director import Director, Story
from civtech.demo.plot import Plot
from civtech.demo.stories.asking import ask
from civtech.demo.stories.challenge import live
from civtech.demo.words import Topic, Words, read
from civtech.notifications.outbox import silenced
from civtech.programmes import presets
from civtech.programmes.models import Pathway, Round

PROPOSALS_BY_SCALE = 100
ANSWERS_AT_SCALE = 50


@dataclass(frozen=True)
class Chapter:
    """A round: its name and pathway, how many days ago proposals opened, and its topics by their place in the file."""

    name: str
    pathway: str
    opened: int
    topics: tuple[int, ...]
    answers: tuple[int, int] = (7, 10)
    finished: bool = False
    spread: int = 0


CHAPTERS = (
    Chapter("Pilot round", "civtech", 700, (0, 1, 2, 3, 4, 5), finished=True),
    Chapter("Round two", "civtech", 175, (6, 7, 8)),
    Chapter("Round three", "civtech", 53, (9, 10, 11)),
    Chapter("Round four", "civtech", 33, (12, 13)),
    Chapter("Round five", "civtech", 26, (14, 15, 16, 17), spread=8),
    Chapter("Feasibility round", "sbri", -40, (18, 19)),
)


def load(*, seed: int, scale: int, now: datetime, batch: int, password: str) -> Director:
    """Play the programme up to `now`. The same seed, scale and instant give the same rows, whatever the batch."""
    words = read()
    rng = random.Random(seed)  # noqa: S311
    director = Director(until=now, batch=batch)
    beginning = now - timedelta(days=max(chapter.opened for chapter in CHAPTERS) + 90)
    with seeded(seed), clock.at(beginning), silenced():
        pathways = {pathway.key: pathway for pathway in presets.publish_missing(by=None, at=beginning)}
        db.session.flush()
        cast = Casting(words, rng, at=beginning, password=password).cast(
            principal_body=words.topics[9].body, principal_teams=4
        )
        chapters = [*CHAPTERS, *_more(scale)]
        for chapter in chapters:
            plots = [
                Plot(
                    cast=cast,
                    words=words,
                    rng=random.Random(rng.random()),  # noqa: S311
                    director=director,
                    topic=_topic(words, place),
                    start=now - timedelta(days=chapter.opened - chapter.spread * number),
                    weeks_open=4,
                    answers=rng.randint(*chapter.answers),
                    judges=2 if chapter.answers[0] == ANSWERS_AT_SCALE else 3,
                )
                for number, place in enumerate(chapter.topics)
            ]
            director.begin(tell(chapter, plots, pathways[chapter.pathway], now))
        director.play()
    return director


def _topic(words: Words, place: int) -> Topic:
    return words.topics[place % len(words.topics)]


def _more(scale: int) -> Iterator[Chapter]:
    """Archived rounds that bring the number of judged proposals to a hundred times the scale."""
    for number in range(1, scale):
        topics = tuple(range(2 * number, 2 * number + PROPOSALS_BY_SCALE // ANSWERS_AT_SCALE))
        answers = (ANSWERS_AT_SCALE, ANSWERS_AT_SCALE)
        yield Chapter(f"Archive round {number}", "civtech", 36 + number % 3, topics, answers)


def tell(chapter: Chapter, plots: list[Plot], pathway: Pathway, now: datetime) -> Story:
    """One round: created, opened, its challenges lived, finished if it is old enough."""
    staff = plots[0].cast.staff
    yield plots[0].working(-60)
    created = Round.create(name=chapter.name, pathway=pathway, by=staff[0], at=clock.now())
    db.session.flush()
    if chapter.opened < 0:
        for plot in plots:
            plot.director.begin(ask(plot, created, drafted=-50))
        return
    yield plots[0].working(-55)
    created.open(by=staff[1], at=clock.now())
    for plot in plots:
        plot.director.begin(live(plot, created))
    if chapter.finished:
        yield now - timedelta(days=5)
        created.finish(by=staff[1], at=clock.now())
