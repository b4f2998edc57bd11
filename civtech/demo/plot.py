"""What the acts of one challenge's story share."""

import random
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import Enum, auto
from zoneinfo import ZoneInfo

from civtech.challenges.models import Challenge
from civtech.demo.cast import Body, Cast, Team
from civtech.demo.director import Director
from civtech.demo.words import Topic, Words
from civtech.programmes.models import Round
from civtech.proposals.models import Proposal

LONDON = ZoneInfo("Europe/London")


class Act(Enum):
    """An act that a play can leave undone, so that visitors to the demonstration find it waiting."""

    CHALLENGE_APPROVAL = auto()
    ANSWER = auto()
    SUBMISSION = auto()
    OPENING = auto()
    SCORES = auto()
    DECISION = auto()
    DECISION_APPROVAL = auto()
    RIGHTS = auto()
    ACCEPTANCE = auto()
    RELEASE_APPROVAL = auto()
    PAYMENT = auto()


FUNDING = (Act.RIGHTS, Act.ACCEPTANCE, Act.RELEASE_APPROVAL, Act.PAYMENT)


@dataclass
class Plot:
    """One challenge: who plays in it, when it starts, and its progress so far.

    `start` is the day proposals open; `answers` is how many teams answer. The `lead` is a team that is certain to
    answer and that the judges like. Acts in `left` are not played. Of those in funding, each funded team leaves one.
    """

    cast: Cast
    words: Words
    rng: random.Random
    director: Director
    topic: Topic
    start: datetime
    weeks_open: int
    answers: int
    judges: int = 3
    lead: Team | None = None
    left: tuple[Act, ...] = ()
    challenge: Challenge = field(init=False)
    proposals: dict[Proposal, Team] = field(default_factory=dict)

    @property
    def body(self) -> Body:
        return self.cast.bodies[self.topic.body]

    @property
    def round(self) -> Round:
        return self.challenge.round

    @property
    def closes(self) -> datetime:
        return self.noon(7 * self.weeks_open)

    def noon(self, days: int, *, hour: int = 12, minute: int = 0) -> datetime:
        """Return a wall clock time in the programme's zone, `days` after the start."""
        day = (self.start.astimezone(LONDON) + timedelta(days=days)).date()
        return datetime.combine(day, time(hour, minute), LONDON)

    def working(self, days: int) -> datetime:
        """Return a random minute of an office day, `days` after the start."""
        return self.noon(days, hour=self.rng.randint(9, 16), minute=self.rng.randint(0, 59))
