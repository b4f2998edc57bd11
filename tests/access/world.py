"""The world of the access table: one of everything in each state that matters, and somebody of every kind around it.

Everything is about one sponsor and its round; `tests.access.people` says who is who. References are new each time, the
words for states are not, so that the table says the same of every such world.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from civtech.challenges.models import Challenge
from civtech.core.db import db
from civtech.organisations.models import Organisation
from civtech.people.models import User
from tests.access.people import around
from tests.world import Age, World, build

DAY = timedelta(days=1)
TEAMS = 8
Values = dict[str, str | int]


@dataclass(frozen=True)
class Guide:
    """What somebody needs who goes through the doors of a town: no rows, so that it can be written down.

    `things` by what they are and in which state; `marks`, by which pages name a thing; `cookies` by kind of person.
    """

    at: datetime
    things: dict[str, dict[str, Values]]
    marks: dict[str, str]
    cookies: dict[str, dict[str, object]]


class Town:
    """The world while it is made; `people` by their kind, and otherwise what its guide says."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.funded: World = build(Age.FUNDED, at, teams=TEAMS, places=TEAMS, exploration=10_000_000)
        self.companies: list[Organisation] = [team.organisation for team in self.funded.proposals]
        self.people: dict[str, User] = around(self.funded)
        self.things: dict[str, dict[str, Values]] = defaultdict(dict)
        self.marks: dict[str, str] = {}
        self.challenges: dict[str, Challenge] = {}
        self.cookies: dict[str, dict[str, object]] = {}
        db.session.flush()

    def __getattr__(self, kind: str) -> User:
        try:
            return self.__dict__["people"][kind]
        except KeyError:
            raise AttributeError(kind) from None

    def acting_for(self, company: Organisation) -> User:
        """Who answers for a company: the rival for the first, the owner for the others."""
        return self.rival if company == self.companies[0] else self.owner

    def enter(self, what: str, state: str, *, mark: str | None = None, **values: str | int) -> None:
        """A thing in a state, with what its addresses name; pages that name it contain `mark`, or its reference."""
        db.session.flush()
        self.things[what][state] = values
        self.mention(what, state, mark or str(next(iter(values.values()))))

    def mention(self, what: str, state: str, mark: str) -> None:
        """A thing that pages may name by `mark`, and that nobody needs to try the doors of."""
        self.marks[f"{what} {state}"] = mark

    def guide(self) -> Guide:
        return Guide(self.at, dict(self.things), self.marks, self.cookies)
