"""The world of the access table, made once, and the addresses to try in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.access.addresses import Address, addresses_of
from tests.access.house import crowd_in, moved_into
from tests.access.visitors import Visitors
from tests.access.world import Guide


@pytest.fixture(scope="session")
def furnished_house(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, Guide]]:
    with moved_into(folder, tmp_path_factory) as made:
        yield made


@pytest.fixture(scope="session")
def house(furnished_house: tuple[Flask, Guide]) -> Flask:
    return furnished_house[0]


@pytest.fixture(scope="session")
def world(furnished_house: tuple[Flask, Guide]) -> Guide:
    return furnished_house[1]


@pytest.fixture(scope="session")
def visitors(house: Flask, world: Guide) -> Visitors:
    return Visitors(house, world)


@pytest.fixture(scope="session")
def visitors_of_the_crowd(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitors]:
    """The same people where there are a thousand of everything."""
    with crowd_in(folder, tmp_path_factory) as (app, guide):
        yield Visitors(app, guide)


@pytest.fixture(scope="session")
def all_addresses(house: Flask, world: Guide) -> list[Address]:
    return addresses_of(house, world)
