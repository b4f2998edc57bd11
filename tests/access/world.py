"""The world of the access table: one of everything in each state that matters, and one person of every kind.

Everything is about one sponsor and its round; `tests.access.people` lists the people. References are new each time but
the names of states are not, so the table is the same for every such world.
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
    """What a person needs to try the addresses of a town. It has no rows, so that it can be pickled.

    `things` by what they are and in which state; `marks`, by which pages name a thing; `cookies` by kind of person.
    """

    at: datetime
    things: dict[str, dict[str, Values]]
    marks: dict[str, str]
    cookies: dict[str, dict[str, object]]


class Town:
    """The world while it is made. It has `people` by their kind, and the contents of its guide."""

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
        """The person who answers for a company: the rival for the first, the owner for the others."""
        return self.rival if company == self.companies[0] else self.owner

    def enter(self, what: str, state: str, *, mark: str | None = None, **values: str | int) -> None:
        """Add a thing in a state, with the values of its addresses. Pages that name it have `mark` or its reference."""
        db.session.flush()
        self.things[what][state] = values
        self.mention(what, state, mark or str(next(iter(values.values()))))

    def mention(self, what: str, state: str, mark: str) -> None:
        """Add a thing that pages may name by `mark`, but without addresses to try."""
        self.marks[f"{what} {state}"] = mark

    def guide(self) -> Guide:
        return Guide(self.at, dict(self.things), self.marks, self.cookies)
