"""The world of the access table, made once, and the doors into it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.access.doors import Door, doors
from tests.access.house import furnished
from tests.access.world import Town


@pytest.fixture(scope="session")
def furnished_house(folder: Path) -> Iterator[tuple[Flask, Town]]:
    with furnished(folder) as made:
        yield made


@pytest.fixture(scope="session")
def house(furnished_house: tuple[Flask, Town]) -> Flask:
    return furnished_house[0]


@pytest.fixture(scope="session")
def world(furnished_house: tuple[Flask, Town]) -> Town:
    return furnished_house[1]


@pytest.fixture(scope="session")
def all_doors(house: Flask, world: Town) -> list[Door]:
    return doors(house, world)
