"""Each world is built once for a worker and a database. Tests start from a saved copy."""

import io
import pickle
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pytest
from flask import Flask, current_app
from sqlalchemy import inspect

from civtech.core import clock, references
from civtech.core.db import Model, db
from tests.factories.verbs import NOW
from tests.support.databases import States
from tests.support.worktime import for_many
from tests.world.ages import Age, build

Builder = Callable[..., Any]
Key = tuple[type[Model], tuple[Any, ...]]
ELSEWHERE = "Another application is at work here: build the world in its database."
NONE = "The test asked for no world, and saw what another left: do without `worlds`."
TOO_LATE = "Something was written before the world was asked for, and would be lost: ask for the world first."


class _Writer(pickle.Pickler):
    """Pickles a world, with the key of a row in place of the row."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file)
        self.keys: dict[Key, None] = {}

    def persistent_id(self, thing: Any) -> Key | None:
        if not isinstance(thing, Model):
            return None
        key = (type(thing), inspect(thing).identity)
        self.keys[key] = None
        return key


class _Reader(pickle.Unpickler):
    def persistent_load(self, key: Key) -> Any:
        return db.session.get(*key)


@dataclass(frozen=True)
class Written:
    """A world as bytes, and the rows that it names."""

    content: bytes
    keys: list[Key]

    @classmethod
    def down(cls, world: Any) -> "Written":
        file = io.BytesIO()
        writer = _Writer(file)
        writer.dump(world)
        return cls(file.getvalue(), list(writer.keys))

    def read(self) -> Any:
        """The same world, with its rows read from the database, in one query for each model."""
        identities = defaultdict(list)
        for model, identity in self.keys:
            identities[model].append(identity)
        rows = [
            db.session.query(model).filter(_is_one_of(model, found)).all()  # kept until the world refers to them
            for model, found in identities.items()
        ]
        world = _Reader(io.BytesIO(self.content)).load()
        del rows
        return world


def _is_one_of(model: type[Model], identities: list[tuple[Any, ...]]) -> Any:
    (column,) = inspect(model).primary_key
    return column.in_([key for (key,) in identities])


class Worlds:
    """Provides worlds: `worlds(Age.FUNDED, teams=2)`, or `worlds(builder)` for one of your own.

    A builder gets the instant and the other arguments, and leaves everything committed.
    """

    def __init__(self, app: Flask, states: States, written: dict[str, Written]) -> None:
        self.app, self.states, self.written = app, states, written
        self.handed_out = 0

    def __call__(self, what: Age | Builder, **how: Any) -> Any:
        name = _name(what, how)
        assert current_app._get_current_object() is self.app, ELSEWHERE
        assert not self.states.changed, TOO_LATE
        if name not in self.written:
            with for_many():
                self.states.put_back()
                self.written[name] = self._built(what, how)
                self.states.keep(name)
        self.states.put_back(name)
        self.handed_out += 1
        return self.written[name].read()

    def _built(self, what: Age | Builder, how: dict[str, Any]) -> Written:
        with clock.at(NOW), references.seeded(7):
            world = build(what, NOW, **how) if isinstance(what, Age) else what(NOW, **how)
            db.session.commit()
            return Written.down(world)


def _name(what: Age | Builder, how: dict[str, Any]) -> str:
    called = what.name if isinstance(what, Age) else f"{what.__module__}.{what.__qualname__}"
    return sha256(f"{called} {sorted(how.items())}".encode()).hexdigest()[:20]


@pytest.fixture(scope="session")
def written_worlds() -> dict[str, dict[str, Written]]:
    """The worlds this worker has built, by database."""
    return defaultdict(dict)


@pytest.fixture
def worlds(
    app: Flask, states: States, database: str, written_worlds: dict[str, dict[str, Written]]
) -> Iterator[Worlds]:
    """Provides worlds."""
    made = Worlds(app, states, written_worlds[database])
    yield made
    assert made.handed_out, NONE
