"""The ages of a world, and how to build each."""

from collections.abc import Callable
from datetime import datetime
from enum import IntEnum
from typing import Any

from civtech.core.db import db
from civtech.organisations.models import MemberRole
from civtech.programmes import presets
from civtech.programmes.models import Stage
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.factories.programmes import PathwayFactory, RoundFactory
from tests.factories.verbs import DAY
from tests.world.world import World

QUESTION = "How can we count traffic without new cables?"
WORDS = {
    "summary": "Roads are counted by hand.",
    "need": "We do not know.",
    "outcomes": "Every day.",
    "constraints": "None.",
    "adoption": "A contract.",
}
STAFF = {
    "staff": {"name": "Sorcha Staff", "staff": True},
    "colleague": {"name": "Callum Colleague", "staff": True},
    "finance": {"name": "Fiona Finance", "finance": True},
    "auditor": {"name": "Audrey Auditor", "auditor": True},
    "stranger": {"name": "Sam Stranger"},
}
SPONSOR = {
    "head": ("Hamish Head", MemberRole.OWNER),
    "author": ("Ailsa Author", MemberRole.AUTHOR),
    "drafter": ("Sandy Second", MemberRole.AUTHOR),
    "approver": ("Aoife Approver", MemberRole.APPROVER),
    "acceptor": ("Alex Acceptor", MemberRole.ACCEPTOR),
}


class Age(IntEnum):
    """How far a world has come."""

    PREPARED = 1, "a public body with its people, and a round that is open"
    PUBLISHED = 2, "a challenge that takes proposals for ten more days, and two companies that have not answered"
    RECEIVED = 3, "closed an hour ago, its proposals opened; two judges, but no panel"
    JUDGED = 4, "the panel of the sift has scored everything, and nothing is decided"
    FUNDED = 5, "closed sixty days ago; teams were chosen for exploration forty days ago, and have no agreement"
    FINISHED = 6, "every team has done its work in exploration, was paid for it, and its agreement is completed"

    def __new__(cls, number: int, meaning: str) -> "Age":
        made = int.__new__(cls, number)
        made._value_, made.__doc__ = number, meaning
        return made


CLOSES = {Age.PREPARED: 10 * DAY, Age.PUBLISHED: 10 * DAY, Age.RECEIVED: -DAY / 24, Age.JUDGED: -DAY / 24}
"""When the challenge closes, relative to `at`."""
LONG_AGO = -60 * DAY


def build(age: Age, at: datetime, **how: Any) -> World:
    """A world of this age at `at`, with everything committed.

    `how`, for the steps: `pathway`, `opened` (the round), `places` (in every stage, for more teams than the pathway
    has), `question`, `exploration` (its budget in pence), `teams`, `judges` and `words` (of proposals).
    """
    closes_at = at + CLOSES.get(age, LONG_AGO)
    world = World(at=at, since=closes_at - 100 * DAY)
    steps: tuple[Callable[..., None], ...] = (_prepare, _publish, _receive, _judge, _fund, _finish)
    for step in steps[:age]:
        step(world, closes_at=closes_at, **how)
    db.session.commit()
    return world


def _prepare(world: World, *, pathway: str = "civtech", opened: bool = True, places: int = 0, **_: Any) -> None:
    for key, details in STAFF.items():
        world.person(key, **details)
    body = OrganisationFactory(public_body=True, legal_name="Northern Roads Authority", by=world.staff, at=world.since)
    for key, (name, role) in SPONSOR.items():
        MembershipFactory(organisation=body, person=world.person(key, name=name), role=role, at=world.since)
    world.organisations["body"] = body
    current = {known.key: known for known in presets.publish_missing(by=None, at=world.since)}
    if places:
        current[pathway] = PathwayFactory(key=pathway, number=2, places=places, at=world.since)
    world.round = RoundFactory(name="Round 9", pathway=current[pathway], by=world.staff, at=world.since, opened=opened)


def _publish(
    world: World, *, closes_at: datetime, question: str = QUESTION, exploration: int = 1_500_000, **_: Any
) -> None:
    def budget(stage: Stage) -> int:
        return exploration if stage.key == "exploration" else stage.amount_pence or 0

    how = {
        "published": True,
        "budgets": {stage: budget(stage) for stage in world.round.funded_stages},
        "opens_at": closes_at - 20 * DAY,
        "closes_at": closes_at,
        "questions_close_at": closes_at,
        "at": world.since,
    }
    world.challenge = world.drafted(how=how, question=question, **WORDS)
    world.teams(2)


def _receive(world: World, *, teams: int = 3, judges: int = 2, words: str = "Words.", **_: Any) -> None:
    for company in world.teams(teams):
        said = f"{words} {company.legal_name}."
        world.proposals.append(world.submitted(company, f"Idea of {company.legal_name}", words=said))
    world.opened()
    for number in ("one", "two", "three", "four")[:judges]:
        world.judges.append(world.person(f"judge_{number}"))


def _judge(world: World, *, closes_at: datetime, **_: Any) -> None:
    at, world.at = world.at, closes_at
    world.convene()
    world.score_all(dict.fromkeys(world.proposals, 4))
    world.at = at


def _fund(world: World, **_: Any) -> None:
    world.decided(world.proposals, at=world.closes_at)
    world.decide("interview", world.proposals, at=world.at - 40 * DAY)


def _finish(world: World, **_: Any) -> None:
    for team in world.proposals:
        agreement = world.in_force(team)
        for milestone in agreement.milestones:
            world.release(milestone, paid=True)
        agreement.complete(by=world.staff, at=world.at)
        db.session.flush()
