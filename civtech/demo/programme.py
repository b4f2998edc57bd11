"""The rounds of the demonstration, when they began, and how much of everything there is."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from civtech.core import clock
from civtech.core.db import db
from civtech.core.references import seeded
from civtech.demo.cast import Casting
from civtech.demo.director import Director, Story
from civtech.demo.numbering import numbered
from civtech.demo.plot import Act, Plot
from civtech.demo.stories.asking import ask
from civtech.demo.stories.challenge import live
from civtech.demo.stories.considering import consider_what_came_later
from civtech.demo.stories.entrusting import entrust
from civtech.demo.stories.joining import invite
from civtech.demo.stories.privacy import ask_about_data
from civtech.demo.words import Topic, Words, read
from civtech.notifications.outbox import silenced
from civtech.programmes import presets
from civtech.programmes.models import Pathway, Round
from civtech.web.display import programme_currency

PROPOSALS_BY_SCALE = 100
ANSWERS_AT_SCALE = 50


@dataclass(frozen=True)
class Scene:
    """A challenge: its topic by place in the file, how many days ago proposals opened, and the acts left for today.

    The `lead` is a place in the file of companies.
    """

    topic: int
    opened: int
    left: tuple[Act, ...] = ()
    lead: int | None = None


@dataclass(frozen=True)
class Chapter:
    """A round: its name and pathway, its challenges, and how many teams answer each."""

    name: str
    pathway: str
    scenes: tuple[Scene, ...]
    answers: tuple[int, int] = (7, 10)
    finished: bool = False

    @property
    def opened(self) -> int:
        """How many days ago its first challenge opened for proposals."""
        return max(scene.opened for scene in self.scenes)


ENTRUSTED = "Round five"
PRINCIPAL_TOPIC = 7
PRINCIPAL_TEAM = 0
LARGE_COMPANY = 57

CHAPTERS = (
    Chapter(
        "Pilot round",
        "civtech",
        tuple(Scene(topic, 700, lead=LARGE_COMPANY if topic == 2 else None) for topic in range(6)),
        finished=True,
    ),
    Chapter("Round two", "civtech", (Scene(6, 175), Scene(9, 175, lead=PRINCIPAL_TEAM), Scene(8, 175))),
    Chapter(
        "Round three",
        "civtech",
        (
            Scene(PRINCIPAL_TOPIC, 62, left=(Act.RIGHTS, Act.ACCEPTANCE, Act.RELEASE_APPROVAL), lead=PRINCIPAL_TEAM),
            Scene(10, 62, left=(Act.PAYMENT,)),
            Scene(11, 62),
        ),
    ),
    Chapter(
        "Round four", "civtech", (Scene(12, 36, left=(Act.DECISION_APPROVAL,)), Scene(13, 36, left=(Act.DECISION,)))
    ),
    Chapter(
        "Round five",
        "civtech",
        (
            Scene(14, 32, left=(Act.SCORES,)),
            Scene(16, 29, left=(Act.OPENING,)),
            Scene(15, 20, left=(Act.ANSWER, Act.SUBMISSION), lead=PRINCIPAL_TEAM),
            Scene(17, 2),
        ),
    ),
    Chapter("Feasibility round", "sbri", (Scene(18, -40), Scene(19, -40, left=(Act.CHALLENGE_APPROVAL,)))),
)


def load(*, seed: int, scale: int, now: datetime, batch: int, password: str) -> Director:
    """Play the programme up to `now`. The same seed, scale and instant give the same rows with any batch size.

    The session keeps what it has read after each commit, because the stories go on with the same people and things.
    """
    db.session().expire_on_commit = False
    words = read()
    rng = random.Random(seed)  # noqa: S311
    director = Director(until=now, batch=batch)
    beginning = now - timedelta(days=max(chapter.opened for chapter in CHAPTERS) + 90)
    with seeded(seed), clock.at(beginning), silenced(), numbered(db.session()):
        pathways = {pathway.key: pathway for pathway in presets.publish_missing(by=None, at=beginning)}
        db.session.flush()
        principal_body = words.topics[PRINCIPAL_TOPIC].body
        cast = Casting(words, rng, at=beginning, password=password).cast(
            principal_body=principal_body, principal_teams=4
        )
        chapters = [*CHAPTERS, *_more(scale)]
        for chapter in chapters:
            plots = [
                Plot(
                    cast=cast,
                    words=words,
                    rng=random.Random(rng.random()),  # noqa: S311
                    director=director,
                    topic=_topic(words, scene.topic),
                    start=now - timedelta(days=scene.opened),
                    weeks_open=4,
                    answers=rng.randint(*chapter.answers),
                    judges=2 if chapter.answers[0] == ANSWERS_AT_SCALE else 3,
                    lead=None if scene.lead is None else cast.teams[scene.lead],
                    left=scene.left,
                )
                for scene in chapter.scenes
            ]
            director.begin(tell(chapter, plots, pathways[chapter.pathway], now))
        director.begin(invite(cast, principal_body, now=now))
        director.begin(ask_about_data(cast, now=now))
        director.begin(consider_what_came_later(cast, director, now=now))
        director.play()
    return director


def _topic(words: Words, place: int) -> Topic:
    return words.topics[place % len(words.topics)]


def _more(scale: int) -> Iterator[Chapter]:
    """Yield archived rounds that bring the number of judged proposals to a hundred times the scale."""
    for number in range(1, scale):
        scenes = tuple(
            Scene(2 * number + further, 36 + number % 3) for further in range(PROPOSALS_BY_SCALE // ANSWERS_AT_SCALE)
        )
        yield Chapter(f"Archive round {number}", "civtech", scenes, (ANSWERS_AT_SCALE, ANSWERS_AT_SCALE))


def tell(chapter: Chapter, plots: list[Plot], pathway: Pathway, now: datetime) -> Story:
    """Tell one round: created, opened, its challenges played, and finished if it is old enough."""
    staff = plots[0].cast.staff
    yield plots[0].working(-60)
    created = Round.create(
        name=chapter.name, pathway=pathway, currency=programme_currency(), by=staff[0], at=clock.now()
    )
    db.session.flush()
    if chapter.opened < 0:
        for plot in plots:
            plot.director.begin(ask(plot, created, drafted=-50))
        return
    yield plots[0].working(-55)
    created.open(by=staff[1], at=clock.now())
    if chapter.name == ENTRUSTED:
        plots[0].director.begin(entrust(plots[0].cast, plots[0].director, created, now=now))
    for plot in plots:
        plot.director.begin(live(plot, created))
    if chapter.finished:
        yield now - timedelta(days=5)
        created.finish(by=staff[1], at=clock.now())
