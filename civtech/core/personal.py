"""What is held about people, told by each package: what they may take with them, and what goes when they are erased.

    @exported("sessions", N_("Where you signed in."), BrowserSession.user_id)
    def sessions(person): return select(BrowserSession.reference, ...).where(BrowserSession.user_id == person.id)

    @erased("sessions", BrowserSession.user_id)
    def forget_browsers(person, at): ...

Every column that refers to a person says both: what is exported or why it is withheld, what is erased or why it stays.
A test goes through all of them, so that none can be forgotten.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias, cast

from sqlalchemy import ColumnElement, CursorResult, Delete, Select, Update, or_
from sqlalchemy.orm import InstrumentedAttribute

from civtech.core.db import db
from civtech.core.text import Text

Column: TypeAlias = InstrumentedAttribute[Any]
Rows: TypeAlias = Select[*tuple[Any, ...]]
Read = Callable[[Any], Rows]
Step = Callable[[Any, datetime], int]
Sweep = Callable[[datetime, Select[int]], int]
Engagements = Callable[[], Iterable[Rows]]

LAST = 90


@dataclass(frozen=True)
class Hindrance:
    """What a person has to do before they can be erased, and where."""

    text: Text
    url: str | None = None


@dataclass(frozen=True)
class Part:
    """One part of an export: its key, what it holds, and the statement that reads it for a person."""

    name: str
    says: str
    read: Read


PARTS: dict[str, Part] = {}
WITHHELD: dict[str, str] = {}
STAYS: dict[str, str] = {}
EXPORTED: set[str] = set()
ERASED: set[str] = set()
_steps: list[tuple[int, str, Step]] = []
_sweeps: list[tuple[str, Sweep]] = []
_hindrances: list[Callable[[Any, datetime], Iterable[Hindrance]]] = []
_engagements: list[tuple[str, Engagements]] = []


def named_in_full(column: Column) -> str:
    """A column as `table.column`."""
    return f"{column.class_.__tablename__}.{column.key}"


def exported(name: str, says: str, *columns: Column) -> Callable[[Read], Read]:
    """Export what the function `(person)` selects, under the labels of its columns; `columns` say whose it is."""

    def register(read: Read) -> Read:
        PARTS[name] = Part(name, says, read)
        EXPORTED.update(map(named_in_full, columns))
        return read

    return register


def withheld(*columns: Column, because: str) -> None:
    """Leave out of every export what these columns say about a person."""
    WITHHELD.update(dict.fromkeys(map(named_in_full, columns), because))


def erased(name: str, *columns: Column, order: int = 50) -> Callable[[Step], Step]:
    """Erase by the function `(person, at)`, which answers how many rows it changed; lower orders come first."""

    def register(step: Step) -> Step:
        _steps.append((order, name, step))
        _steps.sort(key=lambda entry: entry[0])
        ERASED.update(map(named_in_full, columns))
        return step

    return register


def stays(*columns: Column, because: str) -> None:
    """Keep these columns when a person is erased: they lead to a row that says nothing about anybody any more."""
    STAYS.update(dict.fromkeys(map(named_in_full, columns), because))


def hindrance(
    function: Callable[[Any, datetime], Iterable[Hindrance]],
) -> Callable[[Any, datetime], Iterable[Hindrance]]:
    """Let the function `(person, at)` say what has to be done before the person can be erased."""
    _hindrances.append(function)
    return function


def engagement(category: str) -> Callable[[Engagements], Engagements]:
    """Say why people are kept: the function answers selects of a person's id and when it ended, NULL while it goes on.

    The retention of `category` runs from that instant; somebody is erased once all of theirs have run out.
    """

    def register(function: Engagements) -> Engagements:
        _engagements.append((category, function))
        return function

    return register


def swept(name: str) -> Callable[[Sweep], Sweep]:
    """Forget what nobody needs for long by the function `(before, spared)`, whoever it is about but who is `spared`.

    `spared` selects the ids of people of whom nothing may go. The function answers how many rows it changed.
    """

    def register(sweep: Sweep) -> Sweep:
        _sweeps.append((name, sweep))
        return sweep

    return register


def hindrances(person: Any, at: datetime) -> list[Hindrance]:
    """Everything that has to be done before `person` can be erased."""
    return [found for function in _hindrances for found in function(person, at)]


def erase(person: Any, at: datetime) -> dict[str, int]:
    """Take every step; how many rows of each kind it changed, without the kinds that had none."""
    counts: dict[str, int] = {}
    for _order, name, step in _steps:
        counts[name] = counts.get(name, 0) + step(person, at)
    return {name: count for name, count in counts.items() if count}


def engagements() -> Iterator[tuple[str, Rows]]:
    """Each category with the selects of its people."""
    for category, function in _engagements:
        for query in function():
            yield category, query


def sweep(before: datetime, spared: Select[int]) -> dict[str, int]:
    """Take every sweep; how many rows of each kind it changed."""
    return {name: function(before, spared) for name, function in _sweeps}


def named(person: Any, *columns: Column) -> ColumnElement[bool]:
    """Whether one of these columns names `person`."""
    return or_(*(column == person.id for column in columns))


def acts(person: Any, *columns: Column) -> list[ColumnElement[bool]]:
    """For each of these columns whether it names `person`, labelled as the act: `approved_by` says "you approved"."""
    return [column.is_not_distinct_from(person.id).label(column.key.removesuffix("_id")) for column in columns]


def touched(statement: Update | Delete) -> int:
    """Execute the statement; how many rows it touched."""
    return cast("CursorResult[Any]", db.session.execute(statement)).rowcount
