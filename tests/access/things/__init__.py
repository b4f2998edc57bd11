"""The things in the world of the access table, in the order of a challenge's life."""

from datetime import datetime

from tests.access.things import challenges, judging, office, people, privacy, proposals, stages
from tests.access.world import Town


def world_at(at: datetime) -> Town:
    """The whole world, as it is at `at`."""
    world = Town(at)
    for part in (people, challenges, proposals, judging, stages, privacy, office):
        part.enter(world)
    return world
