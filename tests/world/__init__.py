"""The world that most tests happen in: a public body, its challenge and the teams that answer it, at any age."""

from tests.world.ages import Age, build
from tests.world.world import World

__all__ = ["Age", "World", "build"]
