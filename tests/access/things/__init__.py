"""What the world of the access table holds, in the order of a challenge's life."""

from datetime import datetime

from tests.access.things import accounts, challenges, judging, office, privacy, proposals, stages
from tests.access.world import World


def world_at(at: datetime) -> World:
    """The whole world, as it is at `at`."""
    world = World(at)
    for part in (accounts, challenges, proposals, judging, stages, privacy, office):
        part.enter(world)
    return world
