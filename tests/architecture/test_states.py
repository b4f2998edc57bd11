"""A noun's declared moves lead to each of its saved states, and only moves change states."""

import re
from enum import Enum
from pathlib import Path

from sqlalchemy import inspect

from civtech.core.db import Model
from civtech.core.state import State
from civtech.core.workflow import moves_of

SOURCE = Path(__file__).parent.parent.parent / "civtech"


def nouns() -> dict[type, type[Enum]]:
    """Nouns with a saved state, and the states it has."""
    found = {}
    for mapper in Model.registry.mappers:
        column = inspect(mapper.class_).columns.get("state")
        kind = getattr(column.type, "enum_class", None) if column is not None else None
        if kind is not None and issubclass(kind, State):
            found[mapper.class_] = kind
    return found


def reached(noun: type, first: State) -> set[State]:
    """The states that declared moves lead to."""
    found: set[State] = {first}
    while more := {move.to for move in moves_of(noun) if move.to and found & set(move.sources)} - found:
        found |= more
    return found


def test_every_state_is_reached_from_the_first_by_declared_moves(app):
    assert len(nouns()) > 10
    for noun, states in nouns().items():
        assert reached(noun, next(iter(states))) == set(states), noun.__name__


def test_nothing_but_a_declared_move_sets_a_state():
    """A release sets its own state inside the move, because the guard on its money reads the state in the database."""
    setting = [
        (str(path.relative_to(SOURCE)), line)
        for path in SOURCE.rglob("*.py")
        for line in path.read_text().splitlines()
        if re.search(r"\.state = \w", line) and "'" not in line and '"' not in line
    ]
    assert {name for name, _line in setting} <= {"funding/models/release.py"}, setting
