"""The world of most tests: a public body, its challenge and the teams that answer it, at any age."""

from tests.world.ages import Age, build
from tests.world.world import World

__all__ = ["Age", "World", "build"]
